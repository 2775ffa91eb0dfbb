import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { blocksOf } from '../../../src-core/document/blocks/block-kinds.ts'
import { exposeEdit } from '../../../src-core/document/blocks/expose-parameter.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { unpackBlock } from '../../../src-core/document/blocks/unpack-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildInferenceGraph } from '../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { documentOf, planOf, smallResNet } from '../../support/models.ts'
import { relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { runOnnx } from '../../support/run-onnx.ts'

const whole = documentOf('residual', smallResNet())
const inner = whole.layers.map(({ id }) => id).filter((id) => id !== 'input' && id !== 'output')
const ownName = (name: string) => name.replace(/^.*\//, '')

/** A document after making a block, or as it is where these layers cannot be one. */
function madeFrom(document: ModelDocument, ids: readonly string[]): ModelDocument {
  const made = makeBlock(document, new Set(ids))
  return made.ok ? applyEdit(document, made.value.edit).document : document
}

/** Layers and what feeds them, without their places: what a plan is up to names and order. */
function structureOf(document: ModelDocument) {
  const { layers, parameterCount, flops } = planOf(document)
  const names = new Map(layers.map(({ id, name }) => [id, ownName(name)]))
  const lines = layers.map(({ name, kind, parameters, inputs, outputShape, weights }) => ({
    name: ownName(name),
    kind,
    parameters,
    inputs: inputs.map(({ layerId, port, shape }) => ({ from: names.get(layerId), port, shape })),
    outputShape,
    weights,
  }))
  return { parameterCount, flops, lines: lines.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

const sample = new Float32Array(3 * 12 * 12)
fillUniform(sample, 4, 'sample', 0)
/** Weights by the names they have outside of blocks; statistics away from 0 and 1, so that they count. */
const weights = new Map(
  [...initializeWeights(planOf(whole), 11)].map(([name, tensor]): [string, NamedTensor] => {
    const data = new Float32Array(tensor.data.length)
    fillUniform(data, 12, name, 0)
    return [
      name,
      { ...tensor, data: data.map((value) => (name.endsWith('kernel') ? value - 0.5 : value + 0.5)) },
    ]
  }),
)

async function predict(document: ModelDocument): Promise<number[]> {
  const plan = planOf(document)
  const named = new Map(
    [...initializeWeights(plan, 0).keys()].map((name): [string, NamedTensor] => {
      const tensor = weights.get(ownName(name))
      if (!tensor) throw new Error(`${name} is no weight of the original`)
      return [name, tensor]
    }),
  )
  const results = await runOnnx(buildInferenceGraph(plan, named, new Map()), { input: sample })
  return Array.from(results.output?.data ?? [], Number)
}

describe('making a block and unpacking it', () => {
  it('leaves the plan what it was, whatever layers are chosen, nested blocks included', () => {
    const choice = fc.subarray(inner, { minLength: 1 })
    fc.assert(
      fc.property(choice, choice, (first, second) => {
        const once = madeFrom(whole, first)
        // Of what the first block left, with the block itself among it.
        const left = once.layers
          .map(({ id }) => id)
          .filter((id) => second.includes(id) || id.startsWith('block'))
        const twice = madeFrom(once, left)
        expect(structureOf(twice)).toEqual(structureOf(whole))
        let unpacked = twice
        for (let block = blockLayer(unpacked); block; block = blockLayer(unpacked)) {
          const result = unpackBlock(unpacked, block)
          if (!result.ok) throw new Error(result.problems[0]?.message)
          unpacked = applyEdit(unpacked, result.value.edit).document
        }
        expect(structureOf(unpacked)).toEqual(structureOf(whole))
        expect('blocks' in unpacked).toBe(false)
        expect(unpacked.layers.map(({ id }) => id).sort()).toEqual(whole.layers.map(({ id }) => id).sort())
      }),
      { numRuns: 60 },
    )
  })

  it('computes the same function in onnxruntime with the same weights', async () => {
    const expected = await predict(whole)
    const residual = ['a1', 'a1Bn', 'a1Relu', 'a2', 'a2Bn', 'aAdd', 'aRelu']
    const block = madeFrom(whole, residual)
    const nested = madeFrom(madeFrom(whole, ['a1', 'a1Bn']), ['block_1', 'a1Relu', 'a2', 'a2Bn', 'aAdd'])
    const branch = madeFrom(whole, ['shortcut', 'shortcutBn'])
    expect([block, nested, branch].map((document) => blocksOf(document).length)).toEqual([1, 2, 1])
    const differences: number[] = []
    for (const document of [block, nested, branch]) {
      differences.push(relativeDifference(await predict(document), expected))
      const result = unpackBlock(document, blockLayer(document) ?? '')
      if (!result.ok) throw new Error(result.problems[0]?.message)
      const unpacked = applyEdit(document, result.value.edit).document
      differences.push(relativeDifference(await predict(unpacked), expected))
    }
    console.info(`blocks made and unpacked: largest relative difference ${Math.max(...differences)}`)
    expect(Math.max(...differences)).toBeLessThan(1e-6)
  })

  it('says which layer stands between those that were chosen', () => {
    const made = makeBlock(whole, new Set(['a1', 'a1Relu']))
    expect(made.ok ? [] : made.problems).toMatchObject([
      { code: 'block.selection', message: expect.stringContaining('a1Bn stands between') },
    ])
    const ends = makeBlock(whole, new Set(['input', 'stem']))
    expect(ends.ok ? [] : ends.problems).toMatchObject([{ hint: 'Leave input out.' }])
  })

  it('unpacks a block in a row as often as it stands there, with the values it sets', () => {
    const document = documentOf('row', [
      ['input', 'input', { shape: [4] }],
      ['dense', 'dense', { units: 6 }],
      ['relu', 'activation', { activation: 'relu' }],
      ['output', 'output'],
    ])
    const made = madeFrom(document, ['dense', 'relu'])
    const row = [
      exposeEdit(made, 'block_1', 'dense', 'units'),
      { type: 'setParameters', layerId: 'block_1', parameters: { units: 5 } },
      { type: 'setRepeat', layerId: 'block_1', repeat: 3 },
    ].reduce((current, edit) => (edit ? applyEdit(current, edit as Edit).document : current), made)
    const before = planOf(row)
    expect(before.layers.map(({ name }) => name)).toEqual([
      'input',
      'block_1/1/dense',
      'block_1/1/relu',
      'block_1/2/dense',
      'block_1/2/relu',
      'block_1/3/dense',
      'block_1/3/relu',
      'output',
    ])
    expect(before.parameterCount).toBe(4 * 5 + 5 + 2 * (5 * 5 + 5))
    const result = unpackBlock(row, 'block_1')
    if (!result.ok) throw new Error(result.problems[0]?.message)
    const after = planOf(applyEdit(row, result.value.edit).document)
    expect(after.layers.map(({ outputShape }) => outputShape)).toEqual(
      before.layers.map(({ outputShape }) => outputShape),
    )
    expect(after.parameterCount).toBe(before.parameterCount)
    expect(after.layers.map(({ name }) => name).slice(1, 4)).toEqual(['dense', 'relu', 'dense_1'])
  })
})

function blockLayer(document: ModelDocument): string | undefined {
  return document.layers.find(({ kind }) => kind.startsWith('block:'))?.id
}

type Gesture = (document: ModelDocument, one: number, other: number) => Edit | undefined

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length]
const value = <T extends { readonly edit: Edit }>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
) => (result.ok ? result.value.edit : undefined)

const gestures: readonly Gesture[] = [
  (document, one, other) => {
    const from = one % document.layers.length
    const ids = document.layers.slice(from, from + 1 + (other % 6)).map(({ id }) => id)
    return value(makeBlock(document, new Set(ids)))
  },
  (document, one) => value(unpackBlock(document, pick(document.layers, one)?.id ?? '')),
  (document, one) =>
    value(unpackBlock(document, blockLayer(document) ?? '', document)) && {
      type: 'setRepeat',
      layerId: blockLayer(document) ?? '',
      repeat: 1 + (one % 4),
    },
  (document, one, other) => {
    const block = pick(blocksOf(document), one)
    const layer = block && pick(block.layers, other)
    return block && layer && exposeEdit(document, block.id, layer.id, 'filters')
  },
  (document, one) => ({
    type: 'renameBlock',
    blockId: pick(blocksOf(document), one)?.id ?? '',
    name: `b${one % 5}`,
  }),
  (document, one, other) => {
    const block = pick(blocksOf(document), one)
    const layerId = pick(block?.layers ?? [], other)?.id
    if (!block || layerId === undefined) return undefined
    const inside: readonly Edit[] = [
      { type: 'removeLayer', layerId },
      { type: 'setParameters', layerId, parameters: { filters: 1 + (one % 9) } },
      { type: 'renameLayer', layerId, name: `inner ${one % 3}` },
      { type: 'moveLayers', positions: { [layerId]: { x: one % 90, y: other % 90 } } },
    ]
    const edit = pick(inside, one + other)
    return edit && { type: 'editBlock', blockId: block.id, edit }
  },
  (document, one) => ({ type: 'removeBlock', blockId: pick(blocksOf(document), one)?.id ?? '' }),
  (document, one) => ({ type: 'removeLayer', layerId: pick(document.layers, one)?.id ?? '' }),
]

it('any sequence of edits of blocks is undone to the identical document, and every state can be saved and opened', () => {
  const gesture = fc.tuple(fc.nat(gestures.length - 1), fc.nat(), fc.nat())
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 40, maxLength: 40, size: 'max' }), (sequence) => {
      let document = whole
      const inverses: Edit[] = []
      for (const [which, one, other] of sequence) {
        const edit = gestures[which]?.(document, one, other)
        if (!edit) continue
        const applied = applyEdit(document, edit)
        document = applied.document
        inverses.push(applied.inverse)
        const read = parseDocument(serialiseDocument(document))
        expect(read.ok && serialiseDocument(read.value)).toBe(serialiseDocument(document))
        // Whatever was done, it compiles or says why not, and where.
        const { plan, problems } = compileModel(document)
        expect(plan !== undefined || problems.length > 0).toBe(true)
        const ids = new Set(document.layers.map(({ id }) => id))
        const lost = problems.filter(({ code, layerId }) => {
          return code !== 'graph.danglingConnection' && layerId !== undefined && !ids.has(layerId)
        })
        expect(lost).toEqual([])
      }
      for (const inverse of inverses.reverse()) document = applyEdit(document, inverse).document
      expect(document).toEqual(whole)
      expect(serialiseDocument(document)).toBe(serialiseDocument(whole))
    }),
    { numRuns: 15 },
  )
})
