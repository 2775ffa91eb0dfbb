import { type Problem, problem } from '../../problems.ts'
import { checkRecipe } from '../recipes/check-recipe.ts'
import { type LossKind, splitSchema, type TrainingSettings } from '../run-config.ts'
import { warmUpSteps } from './learning-rate.ts'
import { type Length, lengthText } from './length.ts'
import { type Monitor, monitorText } from './monitor.ts'

/** What is known of the model and its data; what is not known is not checked. */
export interface TrainingFacts {
  readonly stepsPerEpoch?: number
  /** Names of the metrics that every epoch reports, `loss` among them. */
  readonly metrics?: readonly string[]
  /** Losses of the outputs. */
  readonly losses?: readonly LossKind[]
}

/**
 * Settings that are fine by themselves and make no sense together, or beside the model. All are `run.config`: errors keep
 * training from starting, warnings name what will have no effect or take long.
 */
export function checkTraining(settings: TrainingSettings, facts: TrainingFacts): readonly Problem[] {
  return [
    ...checkRecipe(settings),
    ...checkSplit(settings),
    ...checkWarmUp(settings, facts),
    ...checkSchedule(settings, facts),
    ...checkPlateau(settings, facts),
    ...checkEarlyStopping(settings, facts),
    ...checkComparisons(settings, facts),
  ]
}

/** Documents are checked when they are read; settings that programs put together may be anything. */
function checkSplit({ split }: TrainingSettings): Problem[] {
  if (splitSchema.safeParse(split).success) return []
  const [train, validation, test] = [split.train, split.validation, split.test].map(percent)
  const message = `The split gives ${train} of the rows to training, ${validation} to validation and ${test} to testing, but these must be from 0 to 100 %, some of it for training, and add up to 100 %.`
  return [wrong(message, 'Change the shares of training, validation and test.')]
}

/** `12.5 %`; sums of fractions are not quite what they seem. */
function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))} %`
}

/** Batches from which on comparing their samples with each other takes longer than most models. */
const largeBatches = { tripletSemiHard: 512, supervisedContrastive: 4096 } as const

/** Losses of embeddings compare the samples of a batch with each other: two by two, or three by three. */
function checkComparisons(
  { batchSize }: TrainingSettings,
  { losses = [], stepsPerEpoch }: TrainingFacts,
): Problem[] {
  // All rows together may be fewer than a batch could take.
  if (stepsPerEpoch === 1) return []
  const found: Problem[] = []
  if (losses.includes('tripletSemiHard') && batchSize > largeBatches.tripletSemiHard) {
    const message = `The triplet loss compares every three of the ${number(batchSize)} samples of a batch: ${number(batchSize ** 3)} triplets at every step.`
    found.push(warn(message, `Choose a batch size of at most ${largeBatches.tripletSemiHard}.`))
  }
  if (losses.includes('supervisedContrastive') && batchSize > largeBatches.supervisedContrastive) {
    const message = `The supervised contrastive loss compares every two of the ${number(batchSize)} samples of a batch, in tables of ${number(batchSize ** 2)} numbers.`
    found.push(warn(message, `Choose a batch size of at most ${largeBatches.supervisedContrastive}.`))
  }
  return found
}

function number(count: number): string {
  return count.toLocaleString('en')
}

function checkWarmUp(settings: TrainingSettings, { stepsPerEpoch }: TrainingFacts): Problem[] {
  const { warmUp, epochs } = settings
  if (warmUp === null || (warmUp.length.unit === 'steps' && stepsPerEpoch === undefined)) return []
  const perEpoch = stepsPerEpoch ?? 1
  const tooLong =
    stepsPerEpoch === undefined
      ? warmUp.length.count >= epochs
      : warmUpSteps(settings, perEpoch) >= epochs * perEpoch
  if (!tooLong) return []
  return [
    wrong(
      `The warm-up takes ${lengthText(warmUp.length)}, but the whole run has only ${runText(settings, stepsPerEpoch)}.`,
      'Shorten the warm-up, or train longer.',
    ),
  ]
}

/** What of a schedule can only be seen beside the run and the optimizer. */
function checkSchedule(settings: TrainingSettings, { stepsPerEpoch }: TrainingFacts): Problem[] {
  const { schedule, optimizer, epochs } = settings
  const base = optimizer.learningRate
  if (schedule.kind === 'polynomial' && schedule.endLearningRate >= base) {
    return [
      wrong(
        `The polynomial decay ends at the learning rate ${schedule.endLearningRate}, but the optimizer starts at ${base}, which is not above it.`,
        'Lower the end, or raise the learning rate of the optimizer.',
      ),
    ]
  }
  const change = lastChange(settings)
  const known = change?.unit === 'epochs' ? epochs : stepsPerEpoch && epochs * stepsPerEpoch
  if (!change || known === undefined || change.count < known) return []
  const which = schedule.kind === 'step' ? 'changes' : 'is to change for the last time'
  return [
    warn(
      `The learning rate ${which} after ${lengthText(change)}, but the whole run has only ${runText(settings, stepsPerEpoch)}.`,
      'Let it change earlier, or train longer.',
    ),
  ]
}

/** The first regular change, or the last that is named; undefined for schedules without stairs of their own. */
function lastChange({ schedule }: TrainingSettings): Length | undefined {
  if (schedule.kind === 'step') return schedule.every ?? undefined
  if (schedule.kind !== 'piecewise') return undefined
  const last = schedule.pieces.at(-1)
  return last && { unit: schedule.unit, count: last.at }
}

function checkPlateau(settings: TrainingSettings, facts: TrainingFacts): Problem[] {
  const { schedule, optimizer, epochs } = settings
  if (schedule.kind !== 'reduceOnPlateau') return []
  const who = 'The reduction on a plateau'
  const found = checkMonitor(who, schedule.monitor, settings, facts)
  const { learningRate } = optimizer
  if (schedule.minLearningRate >= learningRate) {
    const message = `${who} stops at the learning rate ${schedule.minLearningRate}, but the optimizer starts at ${learningRate}, which is not above it.`
    found.push(wrong(message, 'Lower the smallest rate, or raise the learning rate of the optimizer.'))
  }
  return schedule.patience < epochs ? found : [...found, tooPatient(who, schedule.patience, epochs)]
}

function checkEarlyStopping(settings: TrainingSettings, facts: TrainingFacts): Problem[] {
  const { earlyStopping, epochs } = settings
  if (earlyStopping === null) return []
  const found = checkMonitor('Early stopping', earlyStopping.monitor, settings, facts)
  const { patience } = earlyStopping
  return patience < epochs ? found : [...found, tooPatient('Early stopping', patience, epochs)]
}

function checkMonitor(
  who: string,
  monitor: Monitor,
  { split }: TrainingSettings,
  { metrics }: TrainingFacts,
): Problem[] {
  if (monitor.part === 'validation' && split.validation === 0) {
    const message = `${who} watches the ${monitorText(monitor)}, but the split has no validation part.`
    return [wrong(message, 'Give validation a share of the rows, or watch the training part.')]
  }
  if (metrics === undefined || metrics.includes(monitor.metric)) return []
  const message = `${who} watches the metric "${monitor.metric}", but this model reports ${metrics.join(', ')}.`
  return [wrong(message, 'Choose one of these.')]
}

function tooPatient(who: string, patience: number, epochs: number): Problem {
  return warn(
    `${who} waits ${patience} epochs, but the whole run has only ${epochs}, so it can never act.`,
    'Lower its patience, or train longer.',
  )
}

function runText({ epochs }: TrainingSettings, stepsPerEpoch: number | undefined): string {
  const text = lengthText({ unit: 'epochs', count: epochs })
  if (stepsPerEpoch === undefined) return text
  return stepsPerEpoch === 1 ? `${text} of 1 step` : `${text} of ${stepsPerEpoch} steps`
}

function wrong(message: string, hint: string): Problem {
  return problem('run.config', message, { hint })
}

function warn(message: string, hint: string): Problem {
  return problem('run.config', message, { hint, severity: 'warning' })
}
