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
] as const
export type LossKind = (typeof lossKinds)[number]

export const metricKinds = ['accuracy', 'meanAbsoluteError'] as const
export type MetricKind = (typeof metricKinds)[number]

/** What people ask for; `auto` takes the fastest that is proved right on this machine. */
export const engineChoices = ['auto', 'cpu', 'webgpu'] as const
export type EngineChoice = (typeof engineChoices)[number]

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
  normalization: z.enum(normalizationKinds).default('auto'),
  engine: z.enum(engineChoices).default('auto'),
  ...weightUpdateFields,
})
/** How a document wants to be trained; the loss belongs to each output layer. */
export type TrainingSettings = z.output<typeof trainingSettingsSchema>
