import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { blockKind } from '../../../src-core/document/blocks/block-kinds.ts'
import {
  asSavedBlock,
  fittingParameters,
  type ReadyBlock,
} from '../../../src-core/document/blocks/ready/ready-block.ts'
import { readyBlocks } from '../../../src-core/document/blocks/ready/ready-blocks.ts'
import { adoptSavedBlock } from '../../../src-core/document/blocks/saved-block.ts'
import { unpackBlock } from '../../../src-core/document/blocks/unpack-block.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildInferenceGraph } from '../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { documentOf, planOf } from '../../support/models.ts'
import { relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { runOnnx } from '../../support/run-onnx.ts'

/** A ready block beside the layer kind of the catalogue that computes the same. */
interface Twin {
  readonly id: string
  readonly shape: readonly number[]
  /** What the block's layer sets. */
  readonly set: LayerNode['parameters']
  readonly kind: string
  readonly parameters: Record<string, unknown>
  /** The kind's name of a weight of the block. */
  weight(name: string): string
}

const camel = (text: string) => text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const twins: readonly Twin[] = [
  {
    id: 'residual',
    shape: [6, 9, 9],
    set: { filters: 6 },
    kind: 'residualBlock',
    parameters: { filters: 6 },
    weight: camel,
  },
  {
    id: 'projected_residual',
    shape: [6, 9, 9],
    set: { filters: 10, strides: [2, 2] },
    kind: 'residualBlock',
    parameters: { filters: 10, strides: [2, 2] },
    weight: camel,
  },
  {
    id: 'inception',
    shape: [5, 8, 8],
    set: { filters1x1: 3, reduce3x3: 4, filters3x3: 5, reduce5x5: 2, filters5x5: 6, poolFilters: 7 },
    kind: 'inceptionBlock',
    parameters: { filters1x1: 3, reduce3x3: 4, filters3x3: 5, reduce5x5: 2, filters5x5: 6, poolFilters: 7 },
    weight: (name) => name,
  },
  {
    id: 'dense_block',
    shape: [4, 7, 7],
    set: { growthRate: 3, bottleneckFilters: 6 },
    kind: 'denseBlock',
    parameters: { layers: 3, growthRate: 3, bottleneck: 2 },
    weight: (name) => name.replace(/_([a-z])/, (_, letter: string) => letter.toUpperCase()),
  },
  {
    id: 'squeeze_excite',
    shape: [12, 5, 5],
    set: { channels: 12, squeezed: 3 },
    kind: 'squeezeExcite',
    parameters: { ratio: 4 },
    weight: (name) => name,
  },
  {
    id: 'transformer',
    shape: [7, 12],
    set: { features: 12, numHeads: 3, keyDim: 4, intermediateDim: 20 },
    kind: 'transformerEncoder',
    parameters: { numHeads: 3, intermediateDim: 20 },
    weight: transformerWeight,
  },
]

function transformerWeight(name: string): string {
  const [layer = '', weight = ''] = name.split('.')
  const upper = weight.charAt(0).toUpperCase() + weight.slice(1)
  if (layer === 'attention') return `attention${upper}`
  if (layer === 'feed_forward') return `feedForwardOutput${upper}`
  return `${camel(layer)}${upper}`
}

function readyBlock(id: string): ReadyBlock {
  const found = readyBlocks.find(({ block }) => block.id === id)
  if (!found) throw new Error(`there is no ready block ${id}`)
  return found
}

/** input → the layer in the middle → output */
function around(shape: readonly number[], kind: string, parameters: Record<string, unknown>): ModelDocument {
  return documentOf('twin', [
    ['input', 'input', { shape }],
    ['middle', kind, parameters],
    ['output', 'output'],
  ])
}

function withBlock({ id, shape, set }: Pick<Twin, 'id' | 'shape' | 'set'>): ModelDocument {
  const bare = around(shape, 'activation', {})
  const { document, kind } = adoptSavedBlock(bare, asSavedBlock(readyBlock(id)))
  const wires = document.connections.map((wire) =>
    wire.target === 'middle'
      ? { ...wire, targetPort: 'input' }
      : { ...wire, sourcePort: wire.source === 'middle' ? 'output' : wire.sourcePort },
  )
  const layers = document.layers.map((layer) =>
    layer.id === 'middle' ? { ...layer, kind, parameters: set } : layer,
  )
  return { ...document, layers, connections: wires }
}

async function results(
  document: ModelDocument,
  weights: ReadonlyMap<string, NamedTensor>,
  input: Float32Array,
) {
  const outputs = await runOnnx(buildInferenceGraph(planOf(document), weights, new Map()), { input })
  return Array.from(outputs.output?.data ?? [], Number)
}

describe('the ready blocks', () => {
  it('each have a layer kind that they are compared with', () => {
    expect(readyBlocks.map(({ block }) => block.id)).toEqual(twins.map(({ id }) => id))
  })

  it.each(twins)('$id computes what the layer $kind does, with the same weights', async (twin) => {
    const block = withBlock(twin)
    const kind = around(twin.shape, twin.kind, twin.parameters)
    expect(planOf(block).parameterCount).toBe(planOf(kind).parameterCount)
    // Statistics and scales away from 0 and 1, so that they count.
    const ofKind = new Map(
      [...initializeWeights(planOf(kind), 5)].map(([name, tensor]): [string, NamedTensor] => {
        const data = new Float32Array(tensor.data.length)
        fillUniform(data, 7, name, 0)
        return [
          name,
          {
            ...tensor,
            data: data.map((value) => (/variance|gamma/i.test(name) ? value + 0.5 : value - 0.5)),
          },
        ]
      }),
    )
    const ofBlock = new Map(
      [...initializeWeights(planOf(block), 5)].map(([name, tensor]): [string, NamedTensor] => {
        const twinName = `middle.${nameIn(ofKind, twin, name.replace('middle/', ''))}`
        const found = ofKind.get(twinName)
        if (!found)
          throw new Error(`${twinName} is no weight of ${twin.kind}: ${[...ofKind.keys()].join(', ')}`)
        expect(tensor.shape).toEqual(found.shape)
        return [name, found]
      }),
    )
    expect(new Set([...ofBlock.values()]).size).toBe(ofKind.size)
    const input = new Float32Array(twin.shape.reduce((product, size) => product * size, 1))
    fillUniform(input, 4, 'sample', 0)
    const expected = await results(kind, ofKind, input)
    const difference = relativeDifference(await results(block, ofBlock, input), expected)
    console.info(`${twin.id} against ${twin.kind}: largest relative difference ${difference}`)
    expect(expected.some((value) => value !== 0)).toBe(true)
    expect(difference).toBeLessThan(1e-6)
  })

  it.each(readyBlocks)(
    '$label can be written, read, unpacked and set in all its parameters',
    ({ block, label }) => {
      const twin = twins.find(({ id }) => id === block.id)
      if (!twin) throw new Error(`${label} has no twin`)
      expect(new Set(block.parameters.map(({ name }) => name))).toEqual(
        new Set([...Object.keys(twin.set), ...(block.id === 'transformer' ? ['useCausalMask'] : [])]),
      )
      const document = withBlock(twin)
      const read = parseDocument(serialiseDocument(document))
      if (!read.ok) throw new Error(read.problems[0]?.message)
      expect(read.value.blocks).toEqual(document.blocks)
      const unpacked = unpackBlock(document, 'middle')
      if (!unpacked.ok) throw new Error(unpacked.problems[0]?.message)
      const flat = applyEdit(document, unpacked.value.edit).document
      expect('blocks' in flat).toBe(false)
      expect(planOf(flat).parameterCount).toBe(planOf(document).parameterCount)
      expect(planOf(flat).flops).toBe(planOf(document).flops)
    },
  )

  it.each(readyBlocks.filter(({ fits }) => fits))('$label fits what comes in', (ready) => {
    const { block, fits } = ready
    const shape = block.id === 'transformer' ? [5, 24] : [24, 6, 6]
    const fitted = withBlock({ id: block.id, shape, set: fittingParameters(ready, shape) })
    expect(compileModel(fitted).problems).toEqual([])
    expect(fittingParameters(ready, undefined)).toEqual({})
    const unfit = withBlock({ id: block.id, shape, set: { [fits?.parameter ?? '']: 23 } })
    expect(compileModel(unfit).problems.map(({ code }) => code)).toContain('shape.mismatch')
  })

  it('is one definition however often it is added, unless it was changed inside', () => {
    const saved = asSavedBlock(readyBlock('residual'))
    const once = adoptSavedBlock(around([4], 'dense', {}), saved)
    const twice = adoptSavedBlock(once.document, saved)
    expect(twice.edits).toEqual([])
    expect(twice.kind).toBe(blockKind('residual'))
    const changed = applyEdit(once.document, {
      type: 'editBlock',
      blockId: 'residual',
      edit: { type: 'setParameters', layerId: 'conv1', parameters: { useBias: true } },
    }).document
    expect(adoptSavedBlock(changed, saved).kind).toBe(blockKind('residual_1'))
  })
})

/** Weights of a layer that holds others are named with a dot or in one word. */
function nameIn(weights: ReadonlyMap<string, NamedTensor>, twin: Twin, name: string): string {
  const plain = twin.weight(name)
  const joined = plain.replace(/\.(\w)/, (_, letter: string) => letter.toUpperCase())
  return weights.has(`middle.${plain}`) ? plain : joined
}
