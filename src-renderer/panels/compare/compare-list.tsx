import type { ReactNode } from 'react'
import type { Change } from '../../../src-core/document/changes-between.ts'
import type { DocumentDiff, LayerDifference } from '../../../src-core/document/diff.ts'
import { blockLines, valueText, wireLine } from '../../../src-core/document/diff-text.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { classNames } from '../../ui/class-names.ts'
import { type CompareMark, nodeIdOf } from './compare-elements.ts'
import { CompareMarkBadge } from './compare-mark.tsx'

interface CompareListProps {
  readonly diff: DocumentDiff
  readonly chosen: string | undefined
  readonly onChoose: (nodeId: string) => void
}

/** Every difference; choosing a layer brings it into the middle of the drawing. */
export function CompareList({ diff, chosen, onChoose }: CompareListProps) {
  return (
    <div className="compare-list">
      <Section title="Layers" count={diff.layers.length}>
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
                <Changes changes={difference.changes} kind={difference.after.kind} />
              )}
            </li>
          )
        })}
      </Section>
      <Section title="Wires" count={diff.wires.length}>
        {diff.wires.map((wire) => {
          const [mark, what, detail] = wireLine(wire)
          return <Line key={`${mark} ${what} ${detail}`} mark={mark} text={`${what} ${detail}`} />
        })}
      </Section>
      <Section title="Blocks" count={diff.blocks.length}>
        {diff.blocks.flatMap(blockLines).map(([mark, what, detail]) => (
          <Line key={`${mark} ${what} ${detail}`} mark={mark} text={`${what} ${detail}`} />
        ))}
      </Section>
      <Settings title="Data" changes={diff.dataset} />
      <Settings title="Training settings" changes={diff.training} />
      <Settings title="Document" changes={diff.document} />
    </div>
  )
}

function Line({ mark, text }: { readonly mark: CompareMark; readonly text: string }) {
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

function Settings({ title, changes }: { readonly title: string; readonly changes: readonly Change[] }) {
  if (changes.length === 0) return null
  return (
    <section className="compare-list__section">
      <h3>{title}</h3>
      <Changes changes={changes} />
    </section>
  )
}

/** Values that differ, old and new beside each other. */
function Changes({ changes, kind }: { readonly changes: readonly Change[]; readonly kind?: string }) {
  return (
    <table className="compare-changes">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path.join('.')}>
            <th scope="row">{titleOf(path, kind)}</th>
            <td className="compare-changes__before">{valueText(before)}</td>
            <td className="compare-changes__arrow" aria-hidden>
              →
            </td>
            <td>{valueText(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A parameter as the inspector calls it; settings as the file does, in words. */
function titleOf(path: readonly string[], kind: string | undefined): string {
  const [first, second] = path
  const field = first === 'parameters' && second !== undefined && kind !== undefined
  if (field) return layerDefinition(kind)?.parameters[second]?.label ?? second
  const words = path.join(' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
