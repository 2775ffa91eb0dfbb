import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { uniform } from '../../src-core/training/random.ts'
import { trainingSettingsSchema } from '../../src-core/training/run-config.ts'
import {
  earlyStoppingAfter,
  earlyStoppingSchema,
  earlyStoppingStart,
} from '../../src-core/training/schedules/early-stopping.ts'
import { learningRateSchedule } from '../../src-core/training/schedules/learning-rate.ts'
import {
  plateauAfter,
  plateauScheduleSchema,
  plateauStart,
} from '../../src-core/training/schedules/reduce-on-plateau.ts'
import { scheduleKinds, scheduleSchema } from '../../src-core/training/schedules/schedule-config.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'

const recorded = new LargestDifference()
afterAll(() =>
  recorded.save('schedules', 'Learning rate schedules over 200 steps, against Keras and PyTorch'),
)

/** 20 epochs of 10 steps. */
const steps = 200
const stepsPerEpoch = 10
const base = 0.02

interface ScheduleCase {
  readonly schedule: object
  readonly warmUp?: object
  readonly peer: 'keras' | 'torch'
  readonly class: string
  readonly arguments: object
}

const inSteps = (count: number) => ({ unit: 'steps', count })
const inEpochs = (count: number) => ({ unit: 'epochs', count })
const start = { initial_learning_rate: base }
const momentum = { cycle_momentum: false }

const cases: Record<string, ScheduleCase> = {
  'step, every 3 epochs': {
    schedule: { kind: 'step', every: inEpochs(3), factor: 0.5 },
    peer: 'torch',
    class: 'StepLR',
    arguments: { step_size: 30, gamma: 0.5 },
  },
  'piecewise, against MultiStepLR': {
    schedule: {
      kind: 'piecewise',
      unit: 'steps',
      pieces: [
        { at: 50, factor: 0.2 },
        { at: 120, factor: 0.04 },
      ],
    },
    peer: 'torch',
    class: 'MultiStepLR',
    arguments: { milestones: [50, 120], gamma: 0.2 },
  },
  // Keras changes after its boundary, so that its boundary is one step earlier.
  'piecewise, against PiecewiseConstantDecay': {
    schedule: {
      kind: 'piecewise',
      pieces: [
        { at: 4, factor: 0.5 },
        { at: 9.5, factor: 2 },
        { at: 15, factor: 0.125 },
      ],
    },
    peer: 'keras',
    class: 'PiecewiseConstantDecay',
    arguments: { boundaries: [39, 94, 149], values: [base, base * 0.5, base * 2, base * 0.125] },
  },
  'exponential over the whole run': {
    schedule: { kind: 'exponential', decayRate: 0.05 },
    peer: 'keras',
    class: 'ExponentialDecay',
    arguments: { ...start, decay_steps: steps, decay_rate: 0.05 },
  },
  'exponential in stairs': {
    schedule: { kind: 'exponential', decayLength: inSteps(37), decayRate: 0.6, staircase: true },
    peer: 'keras',
    class: 'ExponentialDecay',
    arguments: { ...start, decay_steps: 37, decay_rate: 0.6, staircase: true },
  },
  'inverse time': {
    schedule: { kind: 'inverseTime', decayLength: inEpochs(2), decayRate: 0.7 },
    peer: 'keras',
    class: 'InverseTimeDecay',
    arguments: { ...start, decay_steps: 20, decay_rate: 0.7 },
  },
  'inverse time in stairs': {
    schedule: { kind: 'inverseTime', decayLength: inSteps(23), decayRate: 1.5, staircase: true },
    peer: 'keras',
    class: 'InverseTimeDecay',
    arguments: { ...start, decay_steps: 23, decay_rate: 1.5, staircase: true },
  },
  polynomial: {
    schedule: { kind: 'polynomial', decayLength: inSteps(150), endLearningRate: 0.001, power: 0.5 },
    peer: 'keras',
    class: 'PolynomialDecay',
    arguments: { ...start, decay_steps: 150, end_learning_rate: 0.001, power: 0.5 },
  },
  'polynomial in cycles': {
    schedule: {
      kind: 'polynomial',
      decayLength: inSteps(35),
      endLearningRate: 0.002,
      power: 2,
      cycle: true,
    },
    peer: 'keras',
    class: 'PolynomialDecay',
    arguments: { ...start, decay_steps: 35, end_learning_rate: 0.002, power: 2, cycle: true },
  },
  'cosine over the whole run': {
    schedule: { kind: 'cosine' },
    peer: 'keras',
    class: 'CosineDecay',
    arguments: { ...start, decay_steps: steps },
  },
  'cosine with warm-up and alpha': {
    schedule: { kind: 'cosine', decayLength: inSteps(140), alpha: 0.1 },
    warmUp: { length: inEpochs(3), startFactor: 0.2 },
    peer: 'keras',
    class: 'CosineDecay',
    arguments: {
      initial_learning_rate: base * 0.2,
      decay_steps: 140,
      alpha: 0.1,
      warmup_target: base,
      warmup_steps: 30,
    },
  },
  'cosine with restarts': {
    schedule: { kind: 'cosineRestarts', firstDecayLength: inSteps(27), tMul: 2, mMul: 0.8, alpha: 0.05 },
    peer: 'keras',
    class: 'CosineDecayRestarts',
    arguments: { ...start, first_decay_steps: 27, t_mul: 2, m_mul: 0.8, alpha: 0.05 },
  },
  'cosine with restarts of equal length': {
    schedule: { kind: 'cosineRestarts', firstDecayLength: inEpochs(4), tMul: 1, mMul: 0.5 },
    peer: 'keras',
    class: 'CosineDecayRestarts',
    arguments: { ...start, first_decay_steps: 40, t_mul: 1, m_mul: 0.5 },
  },
  'cosine with restarts of fractional length': {
    schedule: { kind: 'cosineRestarts', firstDecayLength: inSteps(31), tMul: 1.3, mMul: 0.9 },
    peer: 'keras',
    class: 'CosineDecayRestarts',
    arguments: { ...start, first_decay_steps: 31, t_mul: 1.3, m_mul: 0.9 },
  },
  'one cycle, cosine': {
    schedule: { kind: 'oneCycle' },
    peer: 'torch',
    class: 'OneCycleLR',
    arguments: { max_lr: base, total_steps: steps, ...momentum },
  },
  'one cycle, linear': {
    schedule: {
      kind: 'oneCycle',
      annealStrategy: 'linear',
      pctStart: 0.4,
      divFactor: 10,
      finalDivFactor: 50,
    },
    peer: 'torch',
    class: 'OneCycleLR',
    arguments: {
      max_lr: base,
      total_steps: steps,
      anneal_strategy: 'linear',
      pct_start: 0.4,
      div_factor: 10,
      final_div_factor: 50,
      ...momentum,
    },
  },
  'cyclical, triangular': {
    schedule: { kind: 'cyclical', lengthUp: inEpochs(2), lengthDown: inSteps(33), maxFactor: 5 },
    peer: 'torch',
    class: 'CyclicLR',
    arguments: { base_lr: base, max_lr: base * 5, step_size_up: 20, step_size_down: 33, ...momentum },
  },
  'cyclical, triangular2': {
    schedule: { kind: 'cyclical', mode: 'triangular2', lengthUp: inSteps(17), maxFactor: 3 },
    peer: 'torch',
    class: 'CyclicLR',
    arguments: { base_lr: base, max_lr: base * 3, step_size_up: 17, mode: 'triangular2', ...momentum },
  },
  'cyclical, expRange': {
    schedule: { kind: 'cyclical', mode: 'expRange', lengthUp: inSteps(25), maxFactor: 10, gamma: 0.99 },
    peer: 'torch',
    class: 'CyclicLR',
    arguments: {
      base_lr: base,
      max_lr: base * 10,
      step_size_up: 25,
      mode: 'exp_range',
      gamma: 0.99,
      ...momentum,
    },
  },
  'a warm-up alone': {
    schedule: { kind: 'constant' },
    warmUp: { length: inSteps(60), startFactor: 0.25 },
    peer: 'torch',
    class: 'LinearLR',
    arguments: { start_factor: 0.25, end_factor: 1, total_iters: 60 },
  },
}

/** Values as validation gives them: falling, with noise, in hundredths so that some are equal. */
function monitored(name: string, index: number, length: number, rising: boolean): number[] {
  return Array.from({ length }, (_, epoch) => {
    const fall = 0.8 * Math.exp(-epoch / 6) + 0.3 * uniform(5, name, index, epoch)
    return Number((rising ? 1 - fall : fall).toFixed(2))
  })
}

const sequences = 50
const pick = <T>(options: readonly T[], name: string, index: number): T => {
  const option = options[Math.floor(uniform(11, name, index, 0) * options.length)]
  if (option === undefined) throw new Error('nothing to pick from')
  return option
}

const plateaus = Array.from({ length: sequences }, (_, index) => {
  const rising = index % 3 === 0
  const config = plateauScheduleSchema.parse({
    kind: 'reduceOnPlateau',
    monitor: { metric: rising ? 'accuracy' : 'loss' },
    factor: pick([0.1, 0.5, 0.7], 'factor', index),
    patience: pick([1, 2, 3, 5], 'patience', index),
    minDelta: pick([0, 1e-4, 0.05], 'minDelta', index),
    cooldown: pick([0, 1, 3], 'cooldown', index),
    minLearningRate: pick([0, 1e-3], 'minLearningRate', index),
  })
  return { config, rising, values: monitored('plateau', index, 40, rising) }
})

const stops = Array.from({ length: sequences }, (_, index) => {
  const rising = index % 3 === 0
  const config = earlyStoppingSchema.parse({
    monitor: { metric: rising ? 'accuracy' : 'loss' },
    patience: pick([1, 2, 4, 8, 20], 'stop patience', index),
    minDelta: pick([0, 0.01, 0.05], 'stop minDelta', index),
    restoreBestWeights: index % 2 === 0,
  })
  return { config, rising, values: monitored('stop', index, 30, rising) }
})

const monitorArguments = (rising: boolean) => ({
  monitor: rising ? 'val_accuracy' : 'val_loss',
  mode: rising ? 'max' : 'min',
})

const answerSchema = z.object({
  keras: z.record(z.string(), z.array(z.number())),
  torch: z.record(z.string(), z.array(z.number())),
  plateaus: z.array(z.array(z.number())),
  stops: z.array(z.object({ epochs: z.int(), stopped: z.boolean(), kept: z.int() })),
})

function specs(peer: ScheduleCase['peer']) {
  const mine = Object.entries(cases).filter(([, entry]) => entry.peer === peer)
  return Object.fromEntries(
    mine.map(([name, entry]) => [name, { class: entry.class, arguments: entry.arguments, base }]),
  )
}

it('compares every schedule', () => {
  const compared = Object.values(cases).map(({ schedule }) => scheduleSchema.parse(schedule).kind)
  expect(new Set([...compared, 'reduceOnPlateau'])).toEqual(new Set(scheduleKinds))
})

describeWithPython('learning rate schedules against Keras and PyTorch', () => {
  let peers: z.output<typeof answerSchema>

  beforeAll(async () => {
    const input = {
      steps,
      keras: specs('keras'),
      torch: specs('torch'),
      plateaus: plateaus.map(({ config, rising, values }) => ({
        base,
        values,
        arguments: {
          ...monitorArguments(rising),
          factor: config.factor,
          patience: config.patience,
          min_delta: config.minDelta,
          cooldown: config.cooldown,
          min_lr: config.minLearningRate,
        },
      })),
      stops: stops.map(({ config, rising, values }) => ({
        values,
        arguments: {
          ...monitorArguments(rising),
          patience: config.patience,
          min_delta: config.minDelta,
          restore_best_weights: config.restoreBestWeights,
        },
      })),
    }
    peers = answerSchema.parse(await runPython('tests/parity/schedules.py', { input }))
  })

  it.each(Object.keys(cases))('%s gives the same rate at every one of 200 steps', (name) => {
    const entry = cases[name]
    const expected = entry && peers[entry.peer][name]
    if (!entry || !expected) throw new Error(`no case ${name}`)
    const rate = learningRateSchedule(
      trainingSettingsSchema.parse({
        epochs: steps / stepsPerEpoch,
        optimizer: { kind: 'sgd', learningRate: base },
        schedule: entry.schedule,
        warmUp: entry.warmUp ?? null,
      }),
      stepsPerEpoch,
    )
    expect(expected).toHaveLength(steps)
    expect(new Set(expected).size).toBeGreaterThan(2)
    const largest = Math.max(...expected.map((value, step) => Math.abs(rate(step) - value) / value))
    recorded.record(largest, name)
    console.log(`${name}: largest relative difference to ${entry.class} ${largest.toExponential(1)}`)
    expect(largest).toBeLessThan(1e-6)
  })

  it('reduceOnPlateau lowers the rate as Keras does, for 50 random sequences', () => {
    let reductions = 0
    let largest = 0
    for (const [index, { config, values }] of plateaus.entries()) {
      let state = plateauStart(base)
      for (const [epoch, value] of values.entries()) {
        const before = state.learningRate
        state = plateauAfter(config, state, value)
        if (state.learningRate < before) reductions += 1
        const expected = peers.plateaus[index]?.[epoch] ?? Number.NaN
        const difference = Math.abs(state.learningRate - expected) / expected
        largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference)
      }
    }
    console.log(
      `reduceOnPlateau: ${reductions} reductions, largest relative difference ${largest.toExponential(1)}`,
    )
    expect(reductions).toBeGreaterThan(100)
    expect(largest).toBeLessThan(1e-6)
  })

  it('early stopping ends and keeps the weights of the same epochs as Keras, for 50 random sequences', () => {
    const outcomes = stops.map(({ config, values }) => {
      let state = earlyStoppingStart
      let epochs = 0
      for (const value of values) {
        epochs += 1
        state = earlyStoppingAfter(config, state, epochs, value)
        if (state.isOver) break
      }
      return { epochs, stopped: state.isOver, kept: config.restoreBestWeights ? state.bestEpoch : epochs }
    })
    expect(outcomes).toEqual(peers.stops)
    expect(outcomes.filter(({ stopped }) => stopped).length).toBeGreaterThan(20)
    expect(outcomes.filter(({ stopped }) => !stopped).length).toBeGreaterThan(3)
  })
})
