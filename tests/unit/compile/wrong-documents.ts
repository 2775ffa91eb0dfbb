import type { Connection, LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { column, dataset } from './data-sets.ts'
import { chain, drawing, layer } from './drawings.ts'
import { wrongBlocks } from './wrong-blocks.ts'
import type { WrongDocument } from './wrong-document.ts'

const input = (...shape: number[]) => layer('image', 'input', { shape })
const output = layer('output_1', 'output')
const conv = (name: string, parameters: LayerNode['parameters'] = {}) => layer(name, 'conv2d', parameters)
const dense = (name: string, units: number, activation = 'linear') =>
  layer(name, 'dense', { units, activation })

/** Two ways of an image, merged. */
function merged(kind: string, one: LayerNode, other: LayerNode, shape = [3, 32, 32]): ModelDocument {
  return drawing(
    [
      input(...shape),
      one,
      other,
      layer('merge', kind),
      layer('flatten_1', 'flatten'),
      dense('head', 2),
      output,
    ],
    [
      `image > ${one.name}`,
      `image > ${other.name}`,
      `${one.name} > merge`,
      `${other.name} > merge`,
      'merge > flatten_1',
      'flatten_1 > head',
      'head > output_1',
    ],
  )
}

function withWire(
  document: ModelDocument,
  ends: Partial<Connection> & Pick<Connection, 'id'>,
): ModelDocument {
  const wire = { source: 'image', sourcePort: 'output', target: 'head', targetPort: 'input', ...ends }
  return { ...document, connections: [...document.connections, wire] }
}

/** A layer that goes on from batch to batch, and how it is to be trained. */
function statefulLstm(training: Partial<ModelDocument['training']>): ModelDocument {
  const document = chain(
    layer('sequence', 'input', { shape: [5, 3] }),
    layer('lstm_1', 'lstm', { units: 4, stateful: true }),
    dense('head', 3),
    output,
  )
  return { ...document, training: { ...document.training, ...training } }
}

const classifier = (units: number, activation: string, outputParameters: LayerNode['parameters'] = {}) =>
  chain(input(4), dense('head', units, activation), layer('output_1', 'output', outputParameters))
const good = classifier(3, 'softmax')
const iris = dataset('iris', 'species', [
  ...['sepal length', 'sepal width', 'petal length', 'petal width'].map((name) => column(name, 'number')),
  column('species', 'category', { categories: ['setosa', 'versicolor', 'virginica'] }),
])
const houses = dataset('houses', 'price', [
  ...['rooms', 'area', 'age', 'floor'].map((name) => column(name, 'number')),
  column('price', 'number'),
])
const lists = dataset('lists', 'label 1', [
  ...['at 1', 'at 2', 'at 3', 'at 4'].map((name) => column(name, 'number')),
  ...['label 1', 'label 2'].map((name) => column(name, 'number')),
])
const bind = (document: ModelDocument, inputs: Record<string, string[]> = {}): ModelDocument => ({
  ...document,
  dataset: { name: 'iris', inputs, targets: {} },
})
const words = dataset('words', 'price', [
  column('word', 'number', {
    statistics: { minimum: 0, maximum: 499, mean: 9, standardDeviation: 3, missing: 0 },
  }),
  column('price', 'number'),
])

const structure: readonly WrongDocument[] = [
  { title: 'Nothing is drawn', code: 'graph.empty', document: drawing([], []) },
  { title: 'No input layer', code: 'graph.noInput', document: chain(dense('head', 3), output) },
  { title: 'No output layer', code: 'graph.noOutput', document: chain(input(4), dense('head', 3)) },
  {
    title: 'A cycle',
    code: 'graph.cycle',
    document: drawing(
      [input(4), layer('add_1', 'add'), dense('head', 4), output],
      ['image > add_1', 'add_1 > head', 'head > output_1', 'head > add_1'],
    ),
  },
  {
    title: 'A layer without input, and one without use',
    code: 'graph.unconnectedInput',
    document: drawing(
      [input(4), dense('dense_1', 8), dense('head', 3), output],
      ['image > dense_1', 'head > output_1'],
    ),
  },
  {
    title: 'Two wires at a port for one',
    code: 'graph.doublyConnectedInput',
    document: withWire(chain(input(4), dense('dense_1', 4), dense('head', 3), output), { id: 'second' }),
  },
  {
    title: 'A result that goes nowhere',
    code: 'graph.unusedOutput',
    document: drawing(
      [input(4), dense('dense_1', 8), dense('head', 3), output],
      ['image > dense_1', 'image > head', 'head > output_1'],
    ),
  },
  {
    title: 'A wire to nowhere',
    code: 'graph.danglingConnection',
    document: withWire(good, { id: 'loose', target: 'gone' }),
  },
  {
    title: 'Two layers of one name',
    code: 'graph.duplicateName',
    document: chain(input(4), { ...dense('first', 4), name: 'head' }, dense('head', 3), output),
  },
  {
    title: 'Two layers of one id',
    code: 'graph.duplicateId',
    document: { ...good, layers: [...good.layers, { ...dense('head', 3), name: 'copy' }] },
  },
  {
    title: 'A kind of a newer version',
    code: 'layer.unknownKind',
    document: chain(input(4), layer('new', 'ofTheFuture'), output),
  },
  {
    title: 'A parameter out of range',
    code: 'layer.badParameter',
    document: chain(input(4), dense('head', 0), output),
  },
  {
    title: 'A parameter of another kind',
    code: 'layer.unknownParameter',
    document: chain(input(4), layer('head', 'dense', { filters: 3 }), output),
  },
  {
    title: 'An output that is bypassed',
    code: 'layer.bypassed',
    document: chain(input(4), dense('head', 3), { ...output, bypassed: true }),
  },
]

const shapes: readonly WrongDocument[] = [
  {
    title: 'A Dense on an image',
    code: 'shape.rank',
    document: chain(input(3, 32, 32), dense('head', 3), output),
  },
  {
    title: 'A convolution on a list',
    code: 'shape.rank',
    document: chain(input(784), conv('conv2d_1'), output),
  },
  {
    title: 'A convolution on a matrix',
    code: 'shape.rank',
    document: chain(input(28, 28), conv('conv2d_1'), output),
  },
  {
    title: 'A convolution behind Flatten',
    code: 'shape.rank',
    document: chain(input(3, 32, 32), layer('flatten_1', 'flatten'), conv('conv2d_1'), output),
  },
  {
    title: 'An LSTM on a list',
    code: 'shape.rank',
    document: chain(input(100), layer('lstm_1', 'lstm'), output),
  },
  {
    title: 'An LSTM on rows of an image',
    code: 'shape.rank',
    document: chain(input(1, 28, 28), layer('lstm_1', 'lstm'), output),
  },
  {
    title: 'A window larger than the image',
    code: 'shape.tooSmall',
    document: chain(input(1, 3, 3), conv('conv2d_1', { kernelSize: [5, 5] }), output),
  },
  {
    title: 'Add with lists of different lengths',
    code: 'shape.mismatch',
    document: merged('add', dense('dense_1', 8), dense('dense_2', 16), [4]),
  },
  {
    title: 'Add with different numbers of filters',
    code: 'shape.mismatch',
    document: merged('add', conv('conv2d_1', { filters: 16 }), conv('conv2d_2', { filters: 32 })),
  },
  {
    title: 'Add behind a strided convolution (a residual block)',
    code: 'shape.mismatch',
    document: drawing(
      [
        input(16, 32, 32),
        conv('conv2d_1', { filters: 64, strides: [2, 2], padding: 'same' }),
        layer('add_1', 'add'),
        output,
      ],
      ['image > conv2d_1', 'image > add_1', 'conv2d_1 > add_1', 'add_1 > output_1'],
    ),
  },
  {
    title: 'Concatenate with images of different sizes, one twice the other',
    code: 'shape.mismatch',
    document: merged('concatenate', conv('conv2d_1', { padding: 'same' }), layer('pool_1', 'maxPooling2d')),
  },
  {
    title: 'Concatenate with images of nearly one size',
    code: 'shape.mismatch',
    document: merged('concatenate', conv('conv2d_1', { padding: 'same' }), conv('conv2d_2')),
  },
  {
    title: 'Concatenate of an image and a list',
    code: 'shape.mismatch',
    document: merged('concatenate', conv('conv2d_1'), layer('flatten_2', 'flatten')),
  },
  {
    title: 'A Reshape with another number of values',
    code: 'shape.mismatch',
    document: chain(input(10), layer('reshape_1', 'reshape', { targetShape: [3, 4] }), output),
  },
  {
    title: 'Padding that is taken for data',
    code: 'mask.ignored',
    document: chain(
      input(20),
      layer('embedding_1', 'embedding', { maskZero: true }),
      layer('flatten_1', 'flatten'),
      dense('head', 1),
      output,
    ),
  },
]

const data: readonly WrongDocument[] = [
  { title: 'No dataset is chosen', code: 'data.missing', document: good, data: iris },
  {
    title: 'Another number of columns than the input has values',
    code: 'data.inputShape',
    document: bind(chain(input(7), dense('head', 3, 'softmax'), output)),
    data: iris,
  },
  {
    title: 'Nothing to predict',
    code: 'data.targetMissing',
    document: bind(good),
    data: { ...iris, defaultTarget: null },
  },
  {
    title: 'A column that the dataset does not have',
    code: 'data.column',
    document: bind(good, { image: ['height'] }),
    data: iris,
  },
  {
    title: 'Fewer units than classes',
    code: 'data.tooManyClasses',
    document: bind(classifier(2, 'softmax')),
    data: iris,
  },
  {
    title: 'More units than classes',
    code: 'data.unitsMismatch',
    document: bind(classifier(10, 'softmax')),
    data: iris,
  },
  {
    title: 'A head that does not end in probabilities',
    code: 'loss.head',
    document: bind(classifier(3, 'relu', { loss: 'sparseCategoricalCrossentropy' })),
    data: iris,
  },
  {
    title: 'A loss for numbers against classes',
    code: 'loss.target',
    document: bind(classifier(3, 'softmax', { loss: 'meanSquaredError' })),
    data: iris,
  },
  {
    title: 'A list of labels for an output without steps',
    code: 'loss.head',
    document: bind(classifier(4, 'softmax', { loss: 'ctc' })),
    data: lists,
  },
  {
    title: 'More labels than classes',
    code: 'data.tooManyClasses',
    document: bind(
      chain(
        layer('sequence', 'input', { shape: [4, 1] }),
        dense('head', 3, 'softmax'),
        layer('output_1', 'output', { loss: 'ctc' }),
      ),
      { sequence: ['at 1', 'at 2', 'at 3', 'at 4'] },
    ),
    data: lists,
  },
  {
    title: 'More units than numbers to predict',
    code: 'data.unitsMismatch',
    document: bind(classifier(2, 'linear', { loss: 'meanSquaredError' })),
    data: houses,
  },
  {
    title: 'Words that an Embedding does not know',
    code: 'data.vocabulary',
    document: bind(
      chain(
        input(1),
        layer('embedding_1', 'embedding', { inputDim: 100 }),
        layer('flatten_1', 'flatten'),
        dense('head', 1),
        output,
      ),
    ),
    data: words,
  },
  {
    title: 'A metric for numbers where classes are told',
    code: 'metric.unfit',
    document: bind(classifier(3, 'softmax', { metrics: ['r2'] })),
    data: iris,
  },
  {
    title: 'A part of a GAN in another training',
    code: 'recipe.drawing',
    document: withWire(
      drawing(
        [
          input(4),
          layer('noise_1', 'noise', { shape: [2] }),
          dense('generator', 4),
          layer('pair_1', 'adversarialPair'),
          dense('head', 1),
          output,
        ],
        ['image > pair_1', 'noise_1 > generator', 'pair_1 > head', 'head > output_1'],
      ),
      { id: 'generated', source: 'generator', target: 'pair_1', targetPort: 'generated' },
    ),
  },
  {
    title: 'A stateful layer whose rows are shuffled',
    code: 'run.config',
    document: statefulLstm({}),
  },
  {
    title: 'A stateful layer that sees every batch twice',
    code: 'run.config',
    document: statefulLstm({ shuffle: false, recipe: { kind: 'contrastive', temperature: 0.1 } }),
  },
  {
    title: 'A stateful layer whose rows are blended',
    code: 'run.config',
    document: statefulLstm({ shuffle: false, mixing: { kind: 'mixup', alpha: 0.2 } }),
  },
]

/** A mistake of every kind that a drawing can have, by itself or against its data. */
export const wrongDocuments: Readonly<Record<string, readonly WrongDocument[]>> = {
  'The drawing': structure,
  Shapes: shapes,
  Blocks: wrongBlocks,
  'The drawing against its data': data,
}
