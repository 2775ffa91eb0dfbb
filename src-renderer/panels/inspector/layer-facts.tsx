import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import type { AnyLayerDefinition } from '../../../src-core/layers/catalogue.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { useCompile } from '../../state/compile-store.ts'
import type { LayerView } from '../../state/compile-view.ts'
import { formatBytes, formatCount, formatShape, formatShort } from '../../ui/format.ts'
import { listed } from '../../ui/listed.ts'
import { Facts, Section } from '../../ui/panel.tsx'

interface LayerFactsProps {
  readonly layer: LayerNode
  readonly definition: AnyLayerDefinition | undefined
}

const bytesPerElement = 4

/** Shapes, weights and costs of a layer, and where its definition comes from. */
export function LayerFacts({ layer, definition }: LayerFactsProps) {
  const view = useCompile((state) => state.layers.get(layer.id))
  return (
    <>
      <Section title={t('Shapes and sizes, per sample')}>
        <Facts facts={view ? sizesOf(view, definition) : []} />
      </Section>
      <Weights layerId={layer.id} />
      {definition && (
        <Section title={t('Definition')}>
          <code className="inspector__formula">{definition.formula}</code>
          <p className="inspector__text">{definition.reference}</p>
        </Section>
      )}
    </>
  )
}

const unknown = mark('unknown yet')

function sizesOf(view: LayerView, definition: AnyLayerDefinition | undefined) {
  const known = (value: number | undefined, show: (value: number) => string) =>
    value === undefined ? t(unknown) : show(value)
  const shapeText = (shape: Shape | undefined) => (shape ? formatShape(shape) : t(unknown))
  const incoming = view.inputShapes.length === 0 ? t(unknown) : listed(view.inputShapes.map(shapeText))
  return [
    ...(definition && definition.inputs.length > 0 ? [{ name: t('In'), value: incoming }] : []),
    { name: t('Out'), value: shapeText(view.outputShape) },
    { name: t('Parameters'), value: known(view.parameterCount, formatCount) },
    ...(view.trainableCount === view.parameterCount
      ? []
      : [{ name: t('of them trained'), value: known(view.trainableCount, formatCount) }]),
    { name: t('Operations'), value: known(view.flops, (flops) => `${formatShort(flops)} FLOP`) },
    {
      name: t('Activations'),
      value: known(view.activationElements, (elements) => formatBytes(elements * bytesPerElement)),
    },
  ]
}

function Weights({ layerId }: { readonly layerId: string }) {
  const weights = useCompile((state) => state.plan?.layers.find((layer) => layer.id === layerId)?.weights)
  if (!weights || weights.length === 0) return null
  return (
    <Section title={t('Weights')}>
      <Facts facts={weights.map((weight) => ({ name: weight.name, value: formatShape(weight.shape) }))} />
    </Section>
  )
}
