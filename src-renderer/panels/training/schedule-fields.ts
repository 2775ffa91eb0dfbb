import type { ScheduleConfig, ScheduleKind } from '../../../src-core/training/schedules/schedule-config.ts'

/** Schedules by the names people know them by. */
export const scheduleLabels: Readonly<Record<ScheduleKind, string>> = {
  constant: 'Constant',
  step: 'Every few epochs',
  piecewise: 'In given steps',
  exponential: 'Exponential',
  inverseTime: 'Inverse time',
  polynomial: 'Polynomial',
  cosine: 'Cosine',
  cosineRestarts: 'Cosine with restarts',
  oneCycle: 'One cycle',
  cyclical: 'Cyclical',
  reduceOnPlateau: 'On a plateau',
}

/** What each schedule does with the optimizer's learning rate. */
export const scheduleDescriptions: Readonly<Record<ScheduleKind, string>> = {
  constant: 'The learning rate of the optimizer, from the first step to the last.',
  step: 'Multiplied by a factor at regular distances.',
  piecewise: 'A factor of its own from each named point on.',
  exponential: 'Loses the same share over every decay length.',
  inverseTime: 'Falls as 1 / time: fast at first, then ever more slowly.',
  polynomial: 'Falls to an end rate along a power of the time left; with power 1 in a straight line.',
  cosine: 'Falls along half a cosine: slowly, fast, slowly. A good first choice.',
  cosineRestarts: 'Cosine decays one after the other, each longer than the one before.',
  oneCycle: 'Rises to the learning rate, then falls to nearly nothing.',
  cyclical: 'Goes up from the learning rate and down again, over and over.',
  reduceOnPlateau: 'Falls when a metric has stopped getting better.',
}

interface FieldText {
  readonly label: string
  readonly description: string
}

interface NumberText extends FieldText {
  readonly step: number
}

const numbers: Readonly<Record<string, NumberText>> = {
  factor: { label: 'Factor', description: 'The rate is multiplied by this.', step: 0.1 },
  decayRate: {
    label: 'Decay rate',
    description: 'How much is left, or lost, after a decay length.',
    step: 0.1,
  },
  endLearningRate: { label: 'End rate', description: 'The rate it falls to.', step: 0.0001 },
  power: { label: 'Power', description: '1 is a straight line; more falls faster at first.', step: 0.5 },
  alpha: { label: 'Share that stays', description: 'Of the learning rate, in the end.', step: 0.01 },
  tMul: { label: 'Length factor', description: 'How many times as long each decay is.', step: 0.5 },
  mMul: { label: 'Height factor', description: 'How many times as high each decay starts.', step: 0.1 },
  pctStart: { label: 'Share that rises', description: 'Of the cycle.', step: 0.05 },
  divFactor: {
    label: 'Start divisor',
    description: 'It starts at the learning rate divided by this.',
    step: 1,
  },
  finalDivFactor: {
    label: 'End divisor',
    description: 'It ends at the first rate divided by this.',
    step: 1000,
  },
  maxFactor: { label: 'Top factor', description: 'The top is the learning rate times this.', step: 1 },
  gamma: { label: 'Gamma', description: 'The height is multiplied by this at every step.', step: 0.001 },
  patience: { label: 'Patience', description: 'Epochs without improvement before it acts.', step: 1 },
  minDelta: { label: 'Least gain', description: 'What is less counts as no improvement.', step: 0.0001 },
  cooldown: { label: 'Cooldown', description: 'Epochs after a reduction that do not count.', step: 1 },
  minLearningRate: { label: 'Smallest rate', description: 'It never falls below this.', step: 0.0001 },
}

const switches: Readonly<Record<string, FieldText>> = {
  staircase: { label: 'In stairs', description: 'One stair per decay length instead of a smooth curve.' },
  cycle: {
    label: 'Start over',
    description: 'From a longer decay length, instead of staying at the end rate.',
  },
}

const choices: Readonly<Record<string, FieldText & { readonly options: Readonly<Record<string, string>> }>> =
  {
    annealStrategy: {
      label: 'Shape',
      description: 'How it rises and falls.',
      options: { cosine: 'Cosine', linear: 'Straight lines' },
    },
    mode: {
      label: 'Mode',
      description: 'How the height changes from cycle to cycle.',
      options: { triangular: 'Always as high', triangular2: 'Half each time', expRange: 'By gamma' },
    },
  }

/** `open` is what the length means when it is left open. */
const lengths: Readonly<Record<string, FieldText & { readonly open: string }>> = {
  every: { label: 'Every', description: 'Distance of the changes.', open: 'Whole run' },
  decayLength: { label: 'Decay length', description: 'How long the decay takes.', open: 'Whole run' },
  firstDecayLength: { label: 'First decay', description: 'How long the first one takes.', open: 'Whole run' },
  totalLength: { label: 'Cycle length', description: 'How long the cycle takes.', open: 'Whole run' },
  lengthUp: { label: 'Way up', description: 'How long it rises in each cycle.', open: 'Whole run' },
  lengthDown: { label: 'Way down', description: 'How long it falls in each cycle.', open: 'As the way up' },
}

export type ScheduleField = { readonly key: string } & (
  | ({ readonly type: 'number' } & NumberText)
  | ({ readonly type: 'switch' } & FieldText)
  | ({ readonly type: 'choice' } & FieldText & { readonly options: Readonly<Record<string, string>> })
  | ({ readonly type: 'length' } & FieldText & { readonly open: string })
)

/** The plain fields of a schedule, in the order of its definition; monitors and pieces have forms of their own. */
export function scheduleFields(schedule: ScheduleConfig): readonly ScheduleField[] {
  return Object.keys(schedule).flatMap((key) => fieldOf(key))
}

function fieldOf(key: string): ScheduleField[] {
  const number = numbers[key]
  if (number) return [{ key, type: 'number', ...number }]
  const onOff = switches[key]
  if (onOff) return [{ key, type: 'switch', ...onOff }]
  const choice = choices[key]
  if (choice) return [{ key, type: 'choice', ...choice }]
  const length = lengths[key]
  return length ? [{ key, type: 'length', ...length }] : []
}
