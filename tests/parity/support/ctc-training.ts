import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../../support/models.ts'
import type { Batch } from '../../support/train-loop.ts'
import { type CtcCase, ctcData, ctcMask, uniform } from './ctc-cases.ts'
import { momentum, steps as trainingSteps } from './ten-step-model.ts'

const activations = { Softmax: 'softmax', LogSoftmax: 'logSoftmax', none: 'linear' }

/** Steps are small where scores are large, and where they are probabilities, which must stay above 0. */
function learningRateOf({ range: [low, high], head, fromScores }: CtcCase): number {
  const rate = head === 'none' && !fromScores ? 1e-4 : 0.1
  return rate / Math.max(1, low * low, high * high)
}

/** A Dense layer that hands the scores of a case on nearly as they are, and ends in its head. */
function startOf(classes: number): Map<string, NamedTensor> {
  const noise = uniform('kernel', classes * classes, 0, 0.01)
  const kernel = noise.map((value, index) => Math.fround(value + (index % (classes + 1) === 0 ? 1 : 0)))
  const bias = new Float32Array(classes).fill(0.01)
  const named = (name: string, shape: readonly number[], data: Float32Array): [string, NamedTensor] => [
    `head.${name}`,
    { name: `head.${name}`, dtype: 'float32', shape, data },
  ]
  return new Map([named('kernel', [classes, classes], kernel), named('bias', [classes], bias)])
}

/** Scores with zeros at padding, which a Masking layer takes for it. */
function paddedScores(given: CtcCase): Float32Array {
  const data = ctcData(given)
  const mask = ctcMask(given, data)
  return data.scores.map((score, at) => score * (mask[Math.floor(at / given.classes)] ?? 0))
}

/** A model with the loss behind its Dense layer, ready for ten steps of SGD with momentum. */
export function ctcModel(given: CtcCase, weighted = true) {
  const { batch, steps, classes, width, head, fromScores, masked } = given
  const plan = planOf(
    documentOf('ctc', [
      ['input', 'input', { shape: [steps, classes] }],
      ...(masked ? [['masking', 'masking'] as const] : []),
      ['head', 'dense', { units: classes, activation: activations[head] }],
      ['output', 'output', { loss: 'ctc' }],
    ]),
  )
  const learningRate = learningRateOf(given)
  const options: TrainStepOptions = {
    plan,
    optimizer: optimizerSchema.parse({ kind: 'momentum', learningRate, momentum }),
    losses: new Map([['output', { kind: 'ctc', target: 'labels', labels: width, fromScores, weight: 1 }]]),
    normalization: new Map(),
    batchSize: batch,
    stepsPerRun: 1,
  }
  const { targets, sampleWeight } = ctcData(given)
  const one: Batch = {
    features: { input: paddedScores(given) },
    targets: { output: targets },
    ...(weighted && { sampleWeight }),
  }
  const batches = new Array<Batch>(trainingSteps).fill(one)
  return { options, step: buildTrainStep(options), start: startOf(classes), batches }
}

/** A case and its training as tests/parity/torch-ctc.py reads them. */
export function ctcQuestion(given: CtcCase, training: boolean) {
  const { targets, lengths, sampleWeight, scores } = ctcData(given)
  const start = startOf(given.classes)
  const values = (weight: string) => Array.from(start.get(`head.${weight}`)?.data ?? [], Number)
  return {
    ...given,
    lengths,
    scores: Array.from(training ? paddedScores(given) : scores),
    targets: [...targets],
    sampleWeight: [...sampleWeight],
    ...(training && {
      training: {
        kernel: values('kernel'),
        bias: values('bias'),
        steps: trainingSteps,
        learningRate: learningRateOf(given),
        momentum,
      },
    }),
  }
}
