import { z } from 'zod'

/** Fields that optimizers have in common, with Keras 3's limits. */
export const learningRate = z.number().positive().max(10)
export const beta = z.number().min(0).lt(1)
export const epsilon = z.number().positive()
/** Decoupled from the gradient: 1 − learningRate · weightDecay times the weight, before each update. */
export const weightDecay = z.number().min(0)

const common = { learningRate: learningRate.default(0.001), weightDecay: weightDecay.default(0) }

export const rmspropSchema = z.object({
  kind: z.literal('rmsprop'),
  ...common,
  rho: beta.default(0.9),
  momentum: beta.default(0),
  epsilon: epsilon.default(1e-7),
  /** Divides by the deviation of the gradients instead of their root mean square. */
  centered: z.boolean().default(false),
})

export const adagradSchema = z.object({
  kind: z.literal('adagrad'),
  ...common,
  initialAccumulatorValue: z.number().min(0).default(0.1),
  epsilon: epsilon.default(1e-7),
})

export const adadeltaSchema = z.object({
  kind: z.literal('adadelta'),
  ...common,
  rho: beta.default(0.95),
  epsilon: epsilon.default(1e-7),
})

const moments = {
  ...common,
  beta1: beta.default(0.9),
  beta2: beta.default(0.999),
  epsilon: epsilon.default(1e-7),
}

export const adamaxSchema = z.object({ kind: z.literal('adamax'), ...moments })

export const nadamSchema = z.object({ kind: z.literal('nadam'), ...moments })

export const lambSchema = z.object({ kind: z.literal('lamb'), ...moments })

export const ftrlSchema = z.object({
  kind: z.literal('ftrl'),
  ...common,
  learningRatePower: z.number().max(0).default(-0.5),
  initialAccumulatorValue: z.number().min(0).default(0.1),
  l1RegularizationStrength: z.number().min(0).default(0),
  l2RegularizationStrength: z.number().min(0).default(0),
  l2ShrinkageRegularizationStrength: z.number().min(0).default(0),
  beta: z.number().min(0).default(0),
})

export const lionSchema = z.object({
  kind: z.literal('lion'),
  ...common,
  beta1: z.number().positive().max(1).default(0.9),
  beta2: beta.default(0.99),
})

export const adafactorSchema = z.object({
  kind: z.literal('adafactor'),
  ...common,
  beta2Decay: z.number().min(-1).lt(0).default(-0.8),
  epsilon1: epsilon.default(1e-30),
  epsilon2: epsilon.default(1e-3),
  clipThreshold: z.number().positive().default(1),
})
