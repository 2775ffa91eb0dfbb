import { useMemo } from 'react'
import { z } from 'zod'
import { assertNever } from '../../../src-core/assert-never.ts'
import { trainingFacts } from '../../../src-core/compile/training-facts.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { lengthSchema } from '../../../src-core/training/schedules/length.ts'
import {
  type ScheduleConfig,
  scheduleKinds,
  scheduleSchema,
} from '../../../src-core/training/schedules/schedule-config.ts'
import { useCompile } from '../../state/compile-store.ts'
import { useDatasets } from '../../state/dataset-store.ts'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { EarlyStoppingSettings } from './early-stopping-settings.tsx'
import { LengthField } from './length-field.tsx'
import { MonitorField } from './monitor-field.tsx'
import { PiecesField } from './pieces-field.tsx'
import { ProblemList } from './problem-list.tsx'
import {
  type ScheduleField,
  scheduleDescriptions,
  scheduleFields,
  scheduleLabel,
  scheduleText,
} from './schedule-fields.ts'
import { SchedulePreview } from './schedule-preview.tsx'
import { SettingNumber } from './setting-number.tsx'
import { WarmUpSettings } from './warm-up-settings.tsx'
import './schedule-settings.css'

interface ScheduleSettingsProps {
  readonly document: ModelDocument
  readonly onChange: (part: Partial<TrainingSettings>) => void
}

/** How the learning rate changes and when training ends, with a picture of it and what is wrong with it. */
export function ScheduleSettings({ document, onChange }: ScheduleSettingsProps) {
  const { training } = document
  const facts = useTrainingFacts(document)
  const metrics = facts.metrics ?? ['loss']
  const problems = useCompile((state) => state.problems)
  const complaints = problems.filter(({ code }) => code === 'run.config')
  return (
    <>
      <ScheduleForm
        schedule={training.schedule}
        metrics={metrics}
        onChange={(schedule) => onChange({ schedule })}
      />
      <WarmUpSettings warmUp={training.warmUp} onChange={(warmUp) => onChange({ warmUp })} />
      {complaints.length > 0 && (
        <div className="training-settings__wide">
          <ProblemList title={t('These settings do not go together')} problems={complaints} />
        </div>
      )}
      <SchedulePreview training={training} stepsPerEpoch={facts.stepsPerEpoch} />
      <EarlyStoppingSettings
        earlyStopping={training.earlyStopping}
        metrics={metrics}
        onChange={(earlyStopping) => onChange({ earlyStopping })}
      />
    </>
  )
}

/** Steps per epoch and metrics, as far as model and data tell. */
function useTrainingFacts({ dataset: binding, training }: ModelDocument) {
  const plan = useCompile((state) => state.plan)
  const datasets = useDatasets((state) => state.datasets)
  return useMemo(() => {
    const dataset = datasets?.find(({ name }) => name === binding?.name)
    return trainingFacts(plan, binding, dataset, training)
  }, [plan, binding, datasets, training])
}

interface ScheduleFormProps {
  readonly schedule: ScheduleConfig
  readonly metrics: readonly string[]
  readonly onChange: (schedule: ScheduleConfig) => void
}

function ScheduleForm({ schedule, metrics, onChange }: ScheduleFormProps) {
  const set = (key: string, value: unknown) => {
    const parsed = scheduleSchema.safeParse({ ...schedule, [key]: value })
    if (parsed.success) onChange(parsed.data)
  }
  return (
    <>
      <SelectField
        layout="column"
        label={t('Schedule')}
        description={t('How the learning rate changes. {{what}}', {
          what: t(scheduleDescriptions[schedule.kind]),
        })}
        value={schedule.kind}
        options={scheduleKinds.map((value) => ({ value, label: scheduleLabel(value) }))}
        onChange={(kind) => onChange(scheduleSchema.parse({ kind }))}
      />
      {schedule.kind === 'piecewise' && <PiecesField schedule={schedule} onChange={onChange} />}
      {schedule.kind === 'reduceOnPlateau' && (
        <MonitorField
          label={t('Falls by')}
          value={schedule.monitor}
          metrics={metrics}
          onChange={(monitor) => onChange({ ...schedule, monitor })}
        />
      )}
      {scheduleFields(schedule).map((field) => (
        <PlainField
          key={`${schedule.kind}-${field.key}`}
          field={field}
          schedule={schedule}
          onChange={(value) => set(field.key, value)}
        />
      ))}
    </>
  )
}

interface PlainFieldProps {
  readonly field: ScheduleField
  readonly schedule: ScheduleConfig
  readonly onChange: (value: unknown) => void
}

function PlainField({ field, schedule, onChange }: PlainFieldProps) {
  const { key } = field
  const label = scheduleText(field.label)
  const description = t(field.description)
  const value: unknown = new Map<string, unknown>(Object.entries(schedule)).get(key)
  const texts = { label, description, layout: 'column' } as const
  switch (field.type) {
    case 'number':
      return (
        <SettingNumber
          label={label}
          description={description}
          value={Number(value)}
          step={field.step}
          schema={numberOf(schedule, key)}
          onChange={onChange}
        />
      )
    case 'switch':
      return <SwitchField {...texts} checked={value === true} onChange={onChange} />
    case 'choice':
      return (
        <SelectField
          {...texts}
          value={String(value)}
          options={Object.entries(field.options).map(([choice, text]) => ({
            value: choice,
            label: scheduleText(text),
          }))}
          onChange={onChange}
        />
      )
    case 'length': {
      const parsed = lengthSchema.nullable().safeParse(value)
      const length = parsed.success ? parsed.data : null
      return (
        <LengthField
          label={label}
          description={description}
          value={length}
          open={t(field.open)}
          onChange={onChange}
        />
      )
    }
    default:
      return assertNever(field)
  }
}

/** What a number of this schedule may be: whatever leaves the schedule valid. */
function numberOf(schedule: ScheduleConfig, key: string): z.ZodType {
  return z.number().superRefine((value, context) => {
    const parsed = scheduleSchema.safeParse({ ...schedule, [key]: value })
    if (parsed.success) return
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? t('is not allowed') })
  })
}
