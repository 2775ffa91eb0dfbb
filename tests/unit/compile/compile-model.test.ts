import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { chain, drawing, layer } from './drawings.ts'

/** LeNet as the first users drew it. */
const digits = chain(
  layer('image', 'input', { shape: [1, 28, 28] }),
  layer('conv_1', 'conv2d', { filters: 10, kernelSize: [5, 5], activation: 'relu' }),
  layer('pool_1', 'maxPooling2d'),
  layer('conv_2', 'conv2d', { filters: 20, kernelSize: [5, 5], activation: 'relu' }),
  layer('pool_2', 'maxPooling2d'),
  layer('flat', 'flatten'),
  layer('dense_1', 'dense', { units: 50, activation: 'relu' }),
  layer('drop', 'dropout'),
  layer('dense_2', 'dense', { units: 10, activation: 'logSoftmax' }),
  layer('digit', 'output'),
)

function problemsOf(document: ModelDocument): readonly Problem[] {
  return compileModel(document).problems
}

function onlyProblem(document: ModelDocument): Problem {
  const problems = problemsOf(document)
  const [first] = problems
  expect(problems.map(({ message }) => message)).toHaveLength(1)
  if (!first) throw new Error('no problem')
  return first
}

/** The document after the fix of its first problem with this code. */
function fixed(document: ModelDocument, code: Problem['code']): ModelDocument {
  const fix = problemsOf(document).find((one) => one.code === code)?.fix
  if (!fix) throw new Error(`${code} has no fix`)
  return applyEdit(document, { type: 'group', label: fix.label, edits: fix.edits }).document
}

describe('compileModel', () => {
  it('plans a model: order, shapes, weights, sizes', () => {
    const { plan, problems } = compileModel(digits)
    expect(problems).toEqual([])
    expect(plan?.layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ['image', [1, 28, 28]],
      ['conv_1', [10, 24, 24]],
      ['pool_1', [10, 12, 12]],
      ['conv_2', [20, 8, 8]],
      ['pool_2', [20, 4, 4]],
      ['flat', [320]],
      ['dense_1', [50]],
      ['drop', [50]],
      ['dense_2', [10]],
      ['digit', [10]],
    ])
    expect(plan?.inputIds).toEqual(['image'])
    expect(plan?.outputIds).toEqual(['digit'])
    expect(plan?.parameterCount).toBe(260 + 5020 + 16050 + 510)
    expect(plan?.trainableCount).toBe(plan?.parameterCount)
    expect(plan?.layers[3]?.inputs).toEqual([{ layerId: 'pool_1', port: 'input', shape: [10, 12, 12] }])
    expect(plan?.layers[3]?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [20, 10, 5, 5]],
      ['bias', [20]],
    ])
  })

  it('orders layers along the data, whatever order they were drawn in', () => {
    const shuffled: ModelDocument = { ...digits, layers: digits.layers.toReversed() }
    expect(compileModel(shuffled).plan?.layers.map(({ name }) => name)).toEqual(
      digits.layers.map(({ name }) => name),
    )
  })

  it('hands wires to a merging layer in the order of the document', () => {
    const document = drawing(
      [
        layer('a', 'input', { shape: [2] }),
        layer('b', 'input', { shape: [3] }),
        layer('both', 'concatenate'),
        layer('out', 'output'),
      ],
      ['b > both', 'a > both', 'both > out'],
    )
    const both = compileModel(document).plan?.layers.find(({ id }) => id === 'both')
    expect(both?.inputs.map(({ layerId }) => layerId)).toEqual(['b', 'a'])
    expect(both?.outputShape).toEqual([5])
  })

  it('leaves out what no output depends on, with a warning', () => {
    const document = drawing(
      [
        layer('in', 'input', { shape: [4] }),
        layer('used', 'dense'),
        layer('dead', 'dense'),
        layer('out', 'output'),
      ],
      ['in > used', 'used > out', 'in > dead'],
    )
    const { plan, problems } = compileModel(document)
    expect(plan?.layers.map(({ id }) => id)).toEqual(['in', 'used', 'out'])
    expect(problems).toMatchObject([
      {
        code: 'graph.unusedOutput',
        severity: 'warning',
        layerId: 'dead',
        message: 'The result of dead is not used.',
      },
    ])
    expect(problemsOf(fixed(document, 'graph.unusedOutput'))).toEqual([])
  })

  it('infers every shape that can be known in a broken drawing', () => {
    const document = drawing(
      [
        layer('in', 'input', { shape: [8, 4, 4] }),
        layer('big', 'conv2d', { kernelSize: [5, 5] }),
        layer('after', 'flatten'),
        layer('fine', 'flatten'),
        layer('alone', 'dense'),
      ],
      ['in > big', 'big > after', 'in > fine'],
    )
    const { plan, layers } = compileModel(document)
    expect(plan).toBeUndefined()
    expect(layers.get('big')).toEqual({ inputShapes: [[8, 4, 4]] })
    expect(layers.get('after')).toEqual({ inputShapes: [undefined] })
    expect(layers.get('fine')).toMatchObject({
      inputShapes: [[8, 4, 4]],
      outputShape: [128],
      parameterCount: 0,
    })
    expect(layers.get('alone')).toEqual({ inputShapes: [] })
  })
})

describe('problems of the drawing', () => {
  const input = layer('in', 'input', { shape: [4] })
  const output = layer('out', 'output')

  it('says that a model is empty', () => {
    expect(onlyProblem(drawing([], []))).toMatchObject({
      code: 'graph.empty',
      message: 'The model has no layers.',
    })
  })

  it('adds a missing output after the last layer', () => {
    const document = chain(input, layer('dense_1', 'dense'))
    expect(onlyProblem(document)).toMatchObject({
      code: 'graph.noOutput',
      message: 'The model has no output layer, so it predicts nothing.',
      fix: { label: 'Add an output layer' },
    })
    expect(problemsOf(fixed(document, 'graph.noOutput'))).toEqual([])
  })

  it('adds a missing input before the first layer', () => {
    const document = chain(layer('flatten_1', 'flatten'), output)
    expect(problemsOf(document).map(({ code }) => code)).toEqual(['graph.noInput', 'graph.unconnectedInput'])
    expect(problemsOf(fixed(document, 'graph.noInput'))).toEqual([])
  })

  it('connects the one layer that leads nowhere', () => {
    const document = drawing([input, layer('dense_1', 'dense'), output], ['in > dense_1'])
    expect(problemsOf(document)).toMatchObject([
      {
        code: 'graph.unconnectedInput',
        layerId: 'out',
        port: 'input',
        message: 'out has no input: nothing is wired to it.',
        fix: { label: 'Connect dense_1' },
      },
      { code: 'graph.unusedOutput', layerId: 'dense_1' },
    ])
    expect(problemsOf(fixed(document, 'graph.unconnectedInput'))).toEqual([])
  })

  it('offers no wire when several could be meant, or one would close a cycle', () => {
    const two = drawing([input, layer('a', 'dense'), layer('b', 'dense'), output], ['in > a', 'in > b'])
    expect(problemsOf(two).find(({ layerId }) => layerId === 'out')?.fix).toBeUndefined()
    const own = drawing([input, layer('a', 'dense'), output], ['in > out'])
    expect(problemsOf(own).find(({ code }) => code === 'graph.unconnectedInput')?.fix).toBeUndefined()
  })

  it('asks a merging layer’s second wire', () => {
    const document = drawing([input, layer('add_1', 'add'), output], ['in > add_1', 'add_1 > out'])
    expect(onlyProblem(document)).toMatchObject({
      code: 'graph.unconnectedInput',
      port: 'inputs',
      message: 'add_1 needs at least 2 inputs, but only in is wired to it.',
    })
  })

  it('names the wires at a doubly connected port and removes the later ones', () => {
    const document = drawing(
      [input, layer('a', 'dense'), layer('b', 'dense'), output],
      ['in > a', 'in > b', 'a > out', 'b > out'],
    )
    expect(onlyProblem(document)).toMatchObject({
      code: 'graph.doublyConnectedInput',
      layerId: 'out',
      message: 'out takes one wire, but a and b are wired to it.',
      fix: { label: 'Remove the wire from b', edits: [{ type: 'disconnect', connectionId: 'w3' }] },
    })
    expect(compileModel(document).layers.get('out')).toMatchObject({ outputShape: [32] })
    expect(problemsOf(fixed(document, 'graph.doublyConnectedInput')).map(({ code }) => code)).toEqual([
      'graph.unusedOutput',
    ])
  })

  it('takes exactly two wires to subtract', () => {
    const document = drawing(
      [input, layer('subtract_1', 'subtract'), output],
      ['in > subtract_1', 'in > subtract_1', 'in > subtract_1', 'subtract_1 > out'],
    )
    expect(onlyProblem(document).message).toBe('subtract_1 takes 2 wires, but in, in and in are wired to it.')
    expect(problemsOf(fixed(document, 'graph.doublyConnectedInput'))).toEqual([])
  })

  it('names a cycle in the direction of the data and removes the wire drawn last', () => {
    const document = drawing(
      [input, layer('add_1', 'add'), layer('a', 'dense'), layer('b', 'dense'), output],
      ['in > add_1', 'add_1 > a', 'a > b', 'b > out', 'b > add_1'],
    )
    expect(onlyProblem(document)).toMatchObject({
      code: 'graph.cycle',
      message: 'Layers form a cycle: add_1 → a → b → add_1.',
      layerId: 'add_1',
      port: 'inputs',
      fix: { edits: [{ type: 'disconnect', connectionId: 'w4' }] },
    })
  })

  it('names every one of several cycles once', () => {
    const document = drawing(
      [layer('a', 'add'), layer('b', 'add'), layer('c', 'dense'), input, output],
      ['in > a', 'b > a', 'a > b', 'c > b', 'b > c', 'c > out'],
    )
    const cycles = problemsOf(document).filter(({ code }) => code === 'graph.cycle')
    expect(cycles.map(({ message }) => message).sort()).toEqual([
      'Layers form a cycle: b → a → b.',
      'Layers form a cycle: c → b → c.',
    ])
  })

  it('says that a layer is wired to itself', () => {
    const document = drawing([input, layer('a', 'add'), output], ['in > a', 'a > a', 'a > out'])
    expect(onlyProblem(document)).toMatchObject({ code: 'graph.cycle', message: 'a is wired to itself.' })
  })

  it('finds a cycle of ten thousand layers without running out of stack', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `d${index}`)
    const document = drawing(
      names.map((name) => layer(name, 'flatten')),
      names.map((name, index) => `${name} > ${names[(index + 1) % names.length]}`),
    )
    expect(problemsOf(document).filter(({ code }) => code === 'graph.cycle')).toHaveLength(1)
  })

  it.each([
    [{ source: 'gone' }, 'The wire "w1" names a layer "gone" that does not exist.'],
    [{ target: 'gone' }, 'The wire "w1" names a layer "gone" that does not exist.'],
    [{ sourcePort: 'side' }, 'The wire "w1" names an output "side" that in does not have.'],
    [{ targetPort: 'side' }, 'The wire "w1" names an input "side" that out does not have.'],
  ])('reports and removes a wire with %j', (end, message) => {
    const whole = drawing([input, output], ['in > out', 'in > out'])
    const connections = whole.connections.map((wire, index) => (index === 1 ? { ...wire, ...end } : wire))
    const document = { ...whole, connections }
    expect(onlyProblem(document)).toMatchObject({ code: 'graph.danglingConnection', message })
    expect(problemsOf(fixed(document, 'graph.danglingConnection'))).toEqual([])
  })

  it('reports layers with one id or one name', () => {
    const twin = { ...layer('a', 'dense'), name: 'dense_1' }
    const other = { ...layer('b', 'dense'), name: 'dense_1' }
    const names = drawing([input, twin, other, output], ['in > a', 'a > b', 'b > out'])
    expect(onlyProblem(names)).toMatchObject({
      code: 'graph.duplicateName',
      message: 'Two layers have the name "dense_1".',
      layerId: 'b',
      fix: { label: 'Rename to dense_2' },
    })
    expect(problemsOf(fixed(names, 'graph.duplicateName'))).toEqual([])
    const ids = drawing([input, twin, { ...twin, name: 'dense_2' }, output], ['in > a', 'a > out'])
    expect(problemsOf(ids)[0]).toMatchObject({
      code: 'graph.duplicateId',
      message: 'dense_2 and dense_1 have the same id "a".',
    })
  })

  it('reports a kind that is not known and leaves the rest alone', () => {
    const document = chain(input, layer('x', 'quantumDense'), layer('dense_1', 'dense'), output)
    expect(onlyProblem(document)).toMatchObject({
      code: 'layer.unknownKind',
      layerId: 'x',
      message: 'x is of the kind "quantumDense", which is not known.',
    })
  })

  it('reports a bad parameter and does not guess the shape', () => {
    const document = chain(input, layer('dense_1', 'dense', { units: 0 }), output)
    expect(onlyProblem(document)).toMatchObject({
      code: 'layer.badParameter',
      layerId: 'dense_1',
      parameter: 'units',
      message: 'dense_1 has Units 0, but it must be a whole number from 1 to 65,536.',
    })
    expect(compileModel(document).layers.get('dense_1')?.outputShape).toBeUndefined()
    expect(problemsOf(fixed(document, 'layer.badParameter'))).toEqual([])
  })
})

describe('problems of shapes', () => {
  const image = layer('in', 'input', { shape: [32, 5, 5] })
  const output = layer('out', 'output')

  it('names both layers and both shapes, and pads a window that is too large', () => {
    const document = chain(image, layer('conv2d_1', 'conv2d', { kernelSize: [7, 7] }), output)
    expect(onlyProblem(document)).toMatchObject({
      code: 'shape.tooSmall',
      layerId: 'conv2d_1',
      port: 'input',
      message: 'conv2d_1 expects an image of at least 7 × 7 for its 7 × 7 kernel, but in gives 32 × 5 × 5.',
      fix: { label: 'Set padding to same' },
    })
    expect(problemsOf(fixed(document, 'shape.tooSmall'))).toEqual([])
  })

  it('refuses a list where an image is needed', () => {
    const document = chain(image, layer('flat', 'flatten'), layer('pool', 'maxPooling2d'), output)
    expect(onlyProblem(document)).toMatchObject({
      code: 'shape.rank',
      message: 'pool expects an image of 3 axes (channels × height × width), but flat gives 800.',
    })
  })

  it('names all inputs of a merging layer', () => {
    const document = drawing(
      [
        image,
        layer('a', 'conv2d', { filters: 8 }),
        layer('b', 'conv2d', { filters: 8, padding: 'same' }),
        layer('add_1', 'add'),
        output,
      ],
      ['in > a', 'in > b', 'a > add_1', 'b > add_1', 'add_1 > out'],
    )
    expect(onlyProblem(document).message).toBe(
      'add_1 expects inputs of one shape (an axis of size 1 is repeated), but a gives 8 × 3 × 3 and b gives 8 × 5 × 5.',
    )
  })

  it('warns when an image goes into a dense layer, and inserts Flatten', () => {
    const document = chain(image, layer('dense_1', 'dense', { units: 10 }), output)
    expect(onlyProblem(document)).toMatchObject({
      code: 'shape.rank',
      severity: 'warning',
      message:
        'dense_1 gets an image of 32 × 5 × 5 and works on its last axis only, which gives 32 × 5 × 10.',
      fix: { label: 'Insert Flatten' },
    })
    expect(compileModel(document).plan).toBeDefined()
    const { plan, problems } = compileModel(fixed(document, 'shape.rank'))
    expect(problems).toEqual([])
    expect(plan?.layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ['in', [32, 5, 5]],
      ['flatten_1', [800]],
      ['dense_1', [10]],
      ['out', [10]],
    ])
  })
})
