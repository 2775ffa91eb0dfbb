import type { TrainingSettings } from './run-config.ts'
import { type Length, lengthSchema, lengthText } from './schedules/length.ts'
import { type Monitor, monitorSchema, monitorText } from './schedules/monitor.ts'

/** One setting in words. */
export interface SettingFact {
  readonly name: string
  readonly value: string
}

/** How settings are said in a language. Texts are English ones with places `{{name}}`. */
export interface SettingPhrases {
  readonly text: (text: string, values?: Readonly<Record<string, string | number>>) => string
  readonly length: (length: Length) => string
  readonly monitor: (monitor: Monitor) => string
}

const english: SettingPhrases = {
  text: (text, values = {}) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name])),
  length: lengthText,
  monitor: monitorText,
}

/**
 * What a run was asked for beyond optimizer, learning rate, epochs, batch size and seed, in words: only what is switched on,
 * with its details. For people who compare runs; in English where nothing else is said.
 */
export function describeSettings(settings: TrainingSettings, say = english): readonly SettingFact[] {
  const { optimizer, schedule, warmUp, earlyStopping, clipping, mixing, shuffle, weightAverage } = settings
  const { gradientAccumulationSteps: accumulated, excludeFromWeightDecay } = settings
  const { kind: _optimizer, learningRate: _rate, ...ownNumbers } = optimizer
  const details = (values: object) => detailsText(values, say)
  const fact = (name: string, value: string | undefined | false): SettingFact[] =>
    value ? [{ name: say.text(name), value }] : []
  return [
    ...fact('Optimizer details', details(ownNumbers)),
    ...fact('Schedule details', schedule.kind !== 'constant' && details(withoutKind(schedule))),
    ...fact(
      'Warm-up',
      warmUp !== null &&
        [say.length(warmUp.length), details({ startFactor: warmUp.startFactor })].join(say.text(', ')),
    ),
    ...fact('Early stopping', earlyStopping !== null && details(earlyStopping)),
    ...fact(
      'Gradient clipping',
      clipping &&
        say.text('{{kind}} at {{limit}}', { kind: say.text(words(clipping.kind)), limit: clipping.limit }),
    ),
    ...fact(
      'Gradient accumulation',
      accumulated !== undefined &&
        accumulated > 1 &&
        say.text('{{batches}} batches per step', { batches: accumulated }),
    ),
    ...fact('Shuffling', shuffle === false && say.text('off')),
    ...fact('Weight decay', excludeFromWeightDecay && say.text('not of biases and normalizations')),
    ...fact('Weight average', weightAverage && details(weightAverage)),
    ...fact(
      'Mixing',
      mixing && [say.text(words(mixing.kind)), details({ alpha: mixing.alpha })].join(say.text(', ')),
    ),
  ]
}

function withoutKind({ kind: _, ...rest }: TrainingSettings['schedule']): object {
  return rest
}

/** `decay length 5 epochs, alpha 0.1`; what is null or off is left out. */
function detailsText(values: object, say: SettingPhrases): string {
  return Object.entries(values)
    .flatMap(([name, value]) => {
      const text = valueText(value, say)
      return text === undefined ? [] : [`${say.text(words(name))} ${text}`.trimEnd()]
    })
    .join(say.text(', '))
}

/** Undefined for what says nothing; the empty text for what is simply on. */
function valueText(value: unknown, say: SettingPhrases): string | undefined {
  if (value === null || value === undefined || value === false) return undefined
  if (value === true) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return say.text(words(value))
  const length = lengthSchema.safeParse(value)
  if (length.success) return say.length(length.data)
  if (Array.isArray(value)) return value.map((part) => `(${detailsText(part, say)})`).join(' ')
  const monitor = monitorSchema.strict().safeParse(value)
  return monitor.success ? say.monitor(monitor.data) : detailsText(value, say)
}

/** `decayLength` as `decay length`, `l1RegularizationStrength` as `L1 regularization strength`. */
function words(name: string): string {
  return name
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^l(?=[12] )/, 'L')
}
