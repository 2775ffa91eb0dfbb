import { z } from 'zod'
import {
  adadeltaSchema,
  adafactorSchema,
  adagradSchema,
  adamaxSchema,
  beta,
  epsilon,
  ftrlSchema,
  lambSchema,
  learningRate,
  lionSchema,
  nadamSchema,
  rmspropSchema,
  weightDecay,
} from './optimizers/optimizer-schemas.ts'
import { recipeSchema } from './recipes/recipe-config.ts'
import { earlyStoppingSchema } from './schedules/early-stopping.ts'
import { scheduleSchema } from './schedules/schedule-config.ts'
import { warmUpSchema } from './schedules/warm-up.ts'
import { weightUpdateFields } from './weight-update-config.ts'

/** Names, fields and defaults as in Keras 3. */
export const optimizerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sgd'),
    learningRate: learningRate.default(0.01),
    weightDecay: weightDecay.default(0),
  }),
  z.object({
    kind: z.literal('momentum'),
    learningRate: learningRate.default(0.01),
    momentum: beta.default(0.9),
    weightDecay: weightDecay.default(0),
  }),
  z.object({
    kind: z.literal('nesterov'),
    learningRate: learningRate.default(0.01),
    momentum: beta.default(0.9),
    weightDecay: weightDecay.default(0),
  }),
  z.object({
    kind: z.literal('adam'),
    learningRate: learningRate.default(0.001),
    beta1: beta.default(0.9),
    beta2: beta.default(0.999),
    epsilon: epsilon.default(1e-7),
    weightDecay: weightDecay.optional(),
    amsgrad: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('adamw'),
    learningRate: learningRate.default(0.001),
    beta1: beta.default(0.9),
    beta2: beta.default(0.999),
    epsilon: epsilon.default(1e-7),
    weightDecay: weightDecay.default(0.004),
    amsgrad: z.boolean().optional(),
  }),
  rmspropSchema,
  adagradSchema,
  adadeltaSchema,
  adamaxSchema,
  nadamSchema,
  ftrlSchema,
  lionSchema,
  lambSchema,
  adafactorSchema,
])
export type OptimizerConfig = z.output<typeof optimizerSchema>
export type OptimizerKind = OptimizerConfig['kind']
export const optimizerKinds = [
  'sgd',
  'momentum',
  'nesterov',
  'adam',
  'adamw',
  'rmsprop',
  'adagrad',
  'adadelta',
  'adamax',
  'nadam',
  'ftrl',
  'lion',
  'lamb',
  'adafactor',
] as const satisfies readonly OptimizerKind[]

export const lossKinds = [
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
  'binaryCrossentropy',
  'meanSquaredError',
  'meanAbsoluteError',
  'binaryFocalCrossentropy',
  'categoricalFocalCrossentropy',
  'klDivergence',
  'poisson',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'huber',
  'logCosh',
  'cosineSimilarity',
  'hinge',
  'squaredHinge',
  'categoricalHinge',
  'dice',
  'tversky',
  'tripletSemiHard',
  'supervisedContrastive',
  'ctc',
] as const
export type LossKind = (typeof lossKinds)[number]

export const metricKinds = [
  'accuracy',
  'meanAbsoluteError',
  'binaryAccuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
  'topKAccuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'prAuc',
  'iou',
  'meanIou',
  'perplexity',
  'klDivergence',
  'meanSquaredError',
  'rootMeanSquaredError',
  'meanAbsolutePercentageError',
  'r2',
  'cosineSimilarity',
  'sequenceAccuracy',
  'labelErrorRate',
] as const
export type MetricKind = (typeof metricKinds)[number]

/** What people ask for; `auto` takes the fastest that is proved right on this machine. */
export const engineChoices = ['auto', 'cpu', 'webgpu', 'cuda', 'tensorflow'] as const
export type EngineChoice = (typeof engineChoices)[number]

/** float32; or float16 where it pays, with float32 weights and a scaled loss: docs/decisions/mixed-precision.md. */
export const precisions = ['float32', 'mixed16'] as const
export type Precision = (typeof precisions)[number]

/** none: values as stored; standard: zero mean, unit variance; minMax: to 0..1; auto: images minMax by 255, numbers standard. Statistics come from the training part only. */
export const normalizationKinds = ['auto', 'none', 'standard', 'minMax'] as const
export type NormalizationKind = (typeof normalizationKinds)[number]

export const splitSchema = z
  .object({
    train: z.number().gt(0).max(1).default(0.8),
    validation: z.number().min(0).lt(1).default(0.1),
    test: z.number().min(0).lt(1).default(0.1),
    /** Keep the class shares in every part (category targets only). */
    stratify: z.boolean().default(true),
  })
  .refine((split) => Math.abs(split.train + split.validation + split.test - 1) < 1e-6, {
    message: 'train, validation and test must add up to 1',
  })
export type SplitConfig = z.output<typeof splitSchema>

/** none: every row counts the same; balanced: every class does; or weights by class name, 1 for those without one. */
export const classWeightsSchema = z.union([
  z.enum(['none', 'balanced']),
  // A weight of 0 could leave a batch without any weight.
  z.record(z.string().min(1), z.number().positive().max(1_000_000)),
])
export type ClassWeights = z.output<typeof classWeightsSchema>

export const mixingKinds = ['mixup', 'cutMix'] as const
/** Blending of every sample, and its target, with another of its batch while training. */
export const mixingSchema = z.object({
  kind: z.enum(mixingKinds).default('mixup'),
  /** Both parameters of the beta distribution of blends: small ones leave most samples nearly as they are. */
  alpha: z.number().min(0.01).max(10).default(0.2),
})
export type MixingSettings = z.output<typeof mixingSchema>

export const trainingSettingsSchema = z.object({
  epochs: z.int().min(1).max(100_000).default(10),
  batchSize: z.int().min(1).max(65_536).default(32),
  optimizer: optimizerSchema.prefault({ kind: 'adam' }),
  /** Seeds initial weights, split, shuffling and dropout. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(42),
  split: splitSchema.prefault({}),
  /**
   * Whether every epoch has an order of its own; on when absent. Off, rows come in the order of the dataset, and the parts of
   * the split are stretches of it.
   */
  shuffle: z.boolean().optional(),
  normalization: z.enum(normalizationKinds).default('auto'),
  engine: z.enum(engineChoices).default('auto'),
  schedule: scheduleSchema.prefault({ kind: 'constant' }),
  warmUp: warmUpSchema.nullable().default(null),
  earlyStopping: earlyStoppingSchema.nullable().default(null),
  /** How much rows of each class count in training; validation and test count every row the same. Absent is none. */
  classWeights: classWeightsSchema.optional(),
  /** Off when absent. */
  mixing: mixingSchema.optional(),
  /** float32 when absent. */
  precision: z.enum(precisions).optional(),
  /** What a step does; absent: every output's loss against its target is descended (supervised). */
  recipe: recipeSchema.optional(),
  ...weightUpdateFields,
})
/** How a document wants to be trained; the loss belongs to each output layer. */
export type TrainingSettings = z.output<typeof trainingSettingsSchema>
