import type { ReactNode } from 'react'
import type { Change } from '../../../src-core/document/changes-between.ts'
import type { DocumentDiff, LayerDifference } from '../../../src-core/document/diff.ts'
import { t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { classNames } from '../../ui/class-names.ts'
import { nodeIdOf } from './compare-elements.ts'
import { blockLines, type CompareLine, wireLine } from './compare-lines.ts'
import { CompareMarkBadge } from './compare-mark.tsx'
import { type ChangedPart, changedName, changedValue } from './compare-words.ts'

interface CompareListProps {
  readonly diff: DocumentDiff
  readonly chosen: string | undefined
  readonly onChoose: (nodeId: string) => void
}

/** Every difference; choosing a layer brings it into the middle of the drawing. */
export function CompareList({ diff, chosen, onChoose }: CompareListProps) {
  return (
    <div className="compare-list">
      <Section title={t('Layers')} count={diff.layers.length}>
        {diff.layers.map((difference) => {
          const id = nodeIdOf(difference)
          return (
            <li key={id}>
              <button
                type="button"
                className={classNames('compare-list__layer', id === chosen && 'compare-list__layer--chosen')}
                aria-current={id === chosen || undefined}
                onClick={() => onChoose(id)}
              >
                <LayerTitle difference={difference} />
              </button>
              {difference.type === 'changed' && (
                <Changes part="layer" changes={difference.changes} kind={difference.after.kind} />
              )}
            </li>
          )
        })}
      </Section>
      <Section title={t('Wires')} count={diff.wires.length}>
        {diff.wires.map(wireLine).map((line) => (
          <Line key={`${line.mark} ${line.text}`} {...line} />
        ))}
      </Section>
      <Section title={t('Blocks')} count={diff.blocks.length}>
        {diff.blocks.flatMap(blockLines).map((line) => (
          <Line key={`${line.mark} ${line.text}`} {...line} />
        ))}
      </Section>
      <Settings title={t('Data')} part="dataset" changes={diff.dataset} />
      <Settings title={t('Training settings')} part="training" changes={diff.training} />
      <Settings title={t('Document')} part="document" changes={diff.document} />
    </div>
  )
}

function Line({ mark, text }: CompareLine) {
  return (
    <li className="compare-list__wire">
      <span>{text}</span>
      <CompareMarkBadge mark={mark} />
    </li>
  )
}

function LayerTitle({ difference }: { readonly difference: LayerDifference }) {
  const layer = difference.type === 'removed' ? difference.before : difference.after
  return (
    <>
      <span className="truncate">{layer.name}</span>
      <span className="compare-list__kind truncate">{layerDefinition(layer.kind)?.label ?? layer.kind}</span>
      <CompareMarkBadge mark={difference.type} />
    </>
  )
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <section className="compare-list__section">
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

interface ChangesProps {
  readonly part: ChangedPart
  readonly changes: readonly Change[]
  /** Of the layer that changed. */
  readonly kind?: string
}

function Settings({ title, part, changes }: ChangesProps & { readonly title: string }) {
  if (changes.length === 0) return null
  return (
    <section className="compare-list__section">
      <h3>{title}</h3>
      <Changes part={part} changes={changes} />
    </section>
  )
}

/** Values that differ, old and new beside each other. */
function Changes({ part, changes, kind }: ChangesProps) {
  return (
    <table className="compare-changes">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('What')}</th>
          <th scope="col">{t('Before')}</th>
          <th scope="col">{t('After')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path.join('.')}>
            <th scope="row">{changedName(part, change.path, kind)}</th>
            <td className="compare-changes__before">
              {changedValue(part, change.path, change.before, kind)}
            </td>
            <td className="compare-changes__arrow" aria-hidden>
              →
            </td>
            <td>{changedValue(part, change.path, change.after, kind)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
