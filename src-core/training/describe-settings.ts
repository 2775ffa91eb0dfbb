import type { TrainingSettings } from './run-config.ts'
import { lengthSchema, lengthText } from './schedules/length.ts'
import { monitorSchema, monitorText } from './schedules/monitor.ts'

/** One setting in words. */
export interface SettingFact {
  readonly name: string
  readonly value: string
}

/**
 * What a run was asked for beyond optimizer, learning rate, epochs, batch size and seed, in words: only what is switched on,
 * with its details. For people who compare runs.
 */
export function describeSettings(settings: TrainingSettings): readonly SettingFact[] {
  const { optimizer, schedule, warmUp, earlyStopping, clipping, mixing, weightAverage } = settings
  const { gradientAccumulationSteps: accumulated, excludeFromWeightDecay } = settings
  const { kind: _optimizer, learningRate: _rate, ...ownNumbers } = optimizer
  const fact = (name: string, value: string | undefined | false): SettingFact[] =>
    value ? [{ name, value }] : []
  return [
    ...fact('Optimizer details', details(ownNumbers)),
    ...fact('Schedule details', schedule.kind !== 'constant' && details(withoutKind(schedule))),
    ...fact(
      'Warm-up',
      warmUp !== null && `${lengthText(warmUp.length)}, ${details({ startFactor: warmUp.startFactor })}`,
    ),
    ...fact('Early stopping', earlyStopping !== null && details(earlyStopping)),
    ...fact('Gradient clipping', clipping && `${words(clipping.kind)} at ${clipping.limit}`),
    ...fact('Gradient accumulation', (accumulated ?? 1) > 1 && `${accumulated} batches per step`),
    ...fact('Weight decay', excludeFromWeightDecay && 'not of biases and normalizations'),
    ...fact('Weight average', weightAverage && `momentum ${weightAverage.momentum}`),
    ...fact('Mixing', mixing && `${words(mixing.kind)}, alpha ${mixing.alpha}`),
  ]
}

function withoutKind({ kind: _, ...rest }: TrainingSettings['schedule']): object {
  return rest
}

/** `decay length 5 epochs, alpha 0.1`; what is null or off is left out. */
function details(values: object): string {
  return Object.entries(values)
    .flatMap(([name, value]) => {
      const text = valueText(value)
      return text === undefined ? [] : [`${words(name)} ${text}`.trimEnd()]
    })
    .join(', ')
}

/** Undefined for what says nothing; the empty text for what is simply on. */
function valueText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === false) return undefined
  if (value === true) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return words(value)
  const length = lengthSchema.safeParse(value)
  if (length.success) return lengthText(length.data)
  if (Array.isArray(value)) return value.map((part) => `(${details(part)})`).join(' ')
  const monitor = monitorSchema.strict().safeParse(value)
  return monitor.success ? monitorText(monitor.data) : details(value)
}

/** `decayLength` as `decay length`. */
function words(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
