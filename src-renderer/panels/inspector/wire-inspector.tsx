import { Trash2 } from 'lucide-react'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import { deleteSelection } from '../../canvas/selection-actions.ts'
import { useCompile } from '../../state/compile-store.ts'
import { useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatShape } from '../../ui/format.ts'
import { Facts, Section } from '../../ui/panel.tsx'

/** The selected wire: where it leads, what flows through it. */
export function WireInspector({ connectionId }: { readonly connectionId: string }) {
  const wire = useProject((state) => state.drawing?.connections.find(({ id }) => id === connectionId))
  const layers = useProject((state) => state.drawing?.layers)
  const shape = useCompile((state) => (wire ? state.layers.get(wire.source)?.outputShape : undefined))
  const problem = useCompile((state) => state.wires.get(connectionId))
  if (!wire || !layers) return null
  const name = (id: string) => layers.find((layer) => layer.id === id)?.name ?? t('a layer that is gone')
  const values = shape?.reduce((product, size) => product * size, 1)
  return (
    <Section title={t('Wire')}>
      <Facts
        facts={[
          { name: t('From'), value: name(wire.source) },
          { name: t('To'), value: name(wire.target) },
          { name: t('Shape'), value: shape ? formatShape(shape) : t('unknown yet') },
          {
            name: t('Values per sample'),
            value: values === undefined ? t('unknown yet') : formatCount(values),
          },
        ]}
      />
      {problem && <p className="is-danger">{sentence(problem.message)}</p>}
      <div className="inspector__buttons">
        <Button size="small" icon={Trash2} onClick={deleteSelection}>
          {t('Delete wire')}
        </Button>
      </div>
    </Section>
  )
}
