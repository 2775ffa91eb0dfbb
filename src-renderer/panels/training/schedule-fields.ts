import { mark, t } from '../../../src-core/language/t.ts'
import type { ScheduleConfig, ScheduleKind } from '../../../src-core/training/schedules/schedule-config.ts'

/** Schedules by the names people know them by. */
const scheduleLabels: Readonly<Record<ScheduleKind, string>> = {
  constant: mark('Constant', 'schedule'),
  step: mark('Every few epochs'),
  piecewise: mark('In given steps'),
  exponential: mark('Exponential', 'schedule'),
  inverseTime: mark('Inverse time'),
  polynomial: mark('Polynomial'),
  cosine: mark('Cosine', 'schedule'),
  cosineRestarts: mark('Cosine with restarts'),
  oneCycle: mark('One cycle'),
  cyclical: mark('Cyclical'),
  reduceOnPlateau: mark('On a plateau'),
}

/** Whatever is named here is named so as part of a schedule: layers have the same names. */
export function scheduleText(text: string): string {
  return t(text, { context: 'schedule' })
}

/** A schedule by the name people know it by. */
export function scheduleLabel(kind: ScheduleKind): string {
  return scheduleText(scheduleLabels[kind])
}

/** What each schedule does with the optimizer's learning rate. */
export const scheduleDescriptions: Readonly<Record<ScheduleKind, string>> = {
  constant: mark('The learning rate of the optimizer, from the first step to the last.'),
  step: mark('Multiplied by a factor at regular distances.'),
  piecewise: mark('A factor of its own from each named point on.'),
  exponential: mark('Loses the same share over every decay length.'),
  inverseTime: mark('Falls as 1 / time: fast at first, then ever more slowly.'),
  polynomial: mark('Falls to an end rate along a power of the time left; with power 1 in a straight line.'),
  cosine: mark('Falls along half a cosine: slowly, fast, slowly. A good first choice.'),
  cosineRestarts: mark('Cosine decays one after the other, each longer than the one before.'),
  oneCycle: mark('Rises to the learning rate, then falls to nearly nothing.'),
  cyclical: mark('Goes up from the learning rate and down again, over and over.'),
  reduceOnPlateau: mark('Falls when a metric has stopped getting better.'),
}

interface FieldText {
  readonly label: string
  readonly description: string
}

interface NumberText extends FieldText {
  readonly step: number
}

const numbers: Readonly<Record<string, NumberText>> = {
  factor: { label: mark('Factor'), description: mark('The rate is multiplied by this.'), step: 0.1 },
  decayRate: {
    label: mark('Decay rate'),
    description: mark('How much is left, or lost, after a decay length.'),
    step: 0.1,
  },
  endLearningRate: { label: mark('End rate'), description: mark('The rate it falls to.'), step: 0.0001 },
  power: {
    label: mark('Power', 'schedule'),
    description: mark('1 is a straight line; more falls faster at first.'),
    step: 0.5,
  },
  alpha: {
    label: mark('Share that stays'),
    description: mark('Of the learning rate, in the end.'),
    step: 0.01,
  },
  tMul: {
    label: mark('Length factor'),
    description: mark('How many times as long each decay is.'),
    step: 0.5,
  },
  mMul: {
    label: mark('Height factor', 'schedule'),
    description: mark('How many times as high each decay starts.'),
    step: 0.1,
  },
  pctStart: { label: mark('Share that rises'), description: mark('Of the cycle.'), step: 0.05 },
  divFactor: {
    label: mark('Start divisor'),
    description: mark('It starts at the learning rate divided by this.'),
    step: 1,
  },
  finalDivFactor: {
    label: mark('End divisor'),
    description: mark('It ends at the first rate divided by this.'),
    step: 1000,
  },
  maxFactor: {
    label: mark('Top factor'),
    description: mark('The top is the learning rate times this.'),
    step: 1,
  },
  gamma: {
    label: mark('Gamma'),
    description: mark('The height is multiplied by this at every step.'),
    step: 0.001,
  },
  patience: {
    label: mark('Patience'),
    description: mark('Epochs without improvement before it acts.'),
    step: 1,
  },
  minDelta: {
    label: mark('Least gain'),
    description: mark('What is less counts as no improvement.'),
    step: 0.0001,
  },
  cooldown: {
    label: mark('Cooldown'),
    description: mark('Epochs after a reduction that do not count.'),
    step: 1,
  },
  minLearningRate: {
    label: mark('Smallest rate'),
    description: mark('It never falls below this.'),
    step: 0.0001,
  },
}

const switches: Readonly<Record<string, FieldText>> = {
  staircase: {
    label: mark('In stairs'),
    description: mark('One stair per decay length instead of a smooth curve.'),
  },
  cycle: {
    label: mark('Start over'),
    description: mark('From a longer decay length, instead of staying at the end rate.'),
  },
}

const choices: Readonly<Record<string, FieldText & { readonly options: Readonly<Record<string, string>> }>> =
  {
    annealStrategy: {
      label: mark('Shape'),
      description: mark('How it rises and falls.'),
      options: { cosine: mark('Cosine', 'schedule'), linear: mark('Straight lines') },
    },
    mode: {
      label: mark('Mode'),
      description: mark('How the height changes from cycle to cycle.'),
      options: {
        triangular: mark('Always as high'),
        triangular2: mark('Half each time'),
        expRange: mark('By gamma'),
      },
    },
  }

/** `open` is what the length means when it is left open. */
const lengths: Readonly<Record<string, FieldText & { readonly open: string }>> = {
  every: { label: mark('Every'), description: mark('Distance of the changes.'), open: mark('Whole run') },
  decayLength: {
    label: mark('Decay length'),
    description: mark('How long the decay takes.'),
    open: mark('Whole run'),
  },
  firstDecayLength: {
    label: mark('First decay'),
    description: mark('How long the first one takes.'),
    open: mark('Whole run'),
  },
  totalLength: {
    label: mark('Cycle length'),
    description: mark('How long the cycle takes.'),
    open: mark('Whole run'),
  },
  lengthUp: {
    label: mark('Way up'),
    description: mark('How long it rises in each cycle.'),
    open: mark('Whole run'),
  },
  lengthDown: {
    label: mark('Way down'),
    description: mark('How long it falls in each cycle.'),
    open: mark('As the way up'),
  },
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
