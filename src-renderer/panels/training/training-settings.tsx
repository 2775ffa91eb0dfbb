import { z } from 'zod'
import { mark, t } from '../../../src-core/language/t.ts'
import {
  engineChoices,
  normalizationKinds,
  type OptimizerConfig,
  optimizerKinds,
  optimizerSchema,
  splitSchema,
  type TrainingSettings,
  trainingSettingsSchema,
} from '../../../src-core/training/run-config.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { EnginesButton } from '../engines/engines-button.tsx'
import { ClassWeightsField } from './class-weights-field.tsx'
import { MemoryNote } from './memory-note.tsx'
import { MixingFields } from './mixing-fields.tsx'
import { optimizerFields, optimizerLabels, optimizerSwitches } from './optimizer-fields.ts'
import { PrecisionField } from './precision-field.tsx'
import { RecipeFields } from './recipe-fields.tsx'
import { ScheduleSettings } from './schedule-settings.tsx'
import { SettingNumber } from './setting-number.tsx'
import { ShuffleField } from './shuffle-field.tsx'
import { SplitField } from './split-field.tsx'
import { WeightUpdateFields } from './weight-update-fields.tsx'

const engineLabels = {
  auto: mark('Fastest'),
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  cuda: 'GPU (CUDA)',
  tensorflow: 'TensorFlow',
} as const
const normalizationLabels = {
  auto: mark('Automatic'),
  none: mark('None'),
  standard: mark('Zero mean, unit variance'),
  minMax: mark('To 0…1'),
} as const

function change(training: TrainingSettings, key: string): void {
  dispatch({ type: 'setTraining', training }, { coalesceKey: `training-${key}` })
}

/** How the open model is to be trained; saved with the document. */
export function TrainingSettingsForm() {
  const document = useProject((state) => state.document)
  if (!document) return null
  const { training } = document
  const { shape } = trainingSettingsSchema
  const set = (part: Partial<TrainingSettings>) => change({ ...training, ...part }, Object.keys(part).join())
  const setOptimizer = (optimizer: OptimizerConfig) => set({ optimizer })
  return (
    <form
      className="training-settings"
      aria-label={t('Training settings')}
      onSubmit={(event) => event.preventDefault()}
    >
      <SettingNumber
        label={t('Epochs')}
        description={t('How often every training sample is seen.')}
        value={training.epochs}
        schema={shape.epochs}
        onChange={(epochs) => set({ epochs })}
      />
      <SettingNumber
        label={t('Batch size')}
        description={t('Samples per optimizer step.')}
        value={training.batchSize}
        schema={shape.batchSize}
        onChange={(batchSize) => set({ batchSize })}
      />
      <MemoryNote training={training} />
      <RecipeFields recipe={training.recipe} onChange={(recipe) => set({ recipe })} />
      <SelectField
        layout="column"
        label={t('Optimizer')}
        description={t('How weights move along their gradients.')}
        value={training.optimizer.kind}
        options={optimizerKinds.map((value) => ({ value, label: t(optimizerLabels[value]) }))}
        onChange={(kind) => setOptimizer(optimizerSchema.parse({ kind }))}
      />
      <OptimizerNumbers optimizer={training.optimizer} onChange={setOptimizer} advanced={false} />
      <ScheduleSettings document={document} onChange={set} />
      <SelectField
        layout="column"
        label={t('Train on')}
        description={t(
          'Fastest measures your model for about two seconds on every device that works here and takes the winner.',
        )}
        value={training.engine}
        options={engineChoices.map((value) => ({ value, label: t(engineLabels[value]) }))}
        onChange={(engine) => set({ engine })}
      />
      <EnginesButton />
      <SettingNumber
        label={t('Seed')}
        description={t('The same seed gives the same split, initial weights and loss curve.')}
        value={training.seed}
        schema={shape.seed}
        onChange={(seed) => set({ seed })}
      />
      <SplitField split={training.split} schema={splitSchema} onChange={(split) => set({ split })} />
      <ShuffleField shuffle={training.shuffle} onChange={(shuffle) => set({ shuffle })} />
      <details className="training-settings__more">
        <summary>{t('More')}</summary>
        <div className="training-settings">
          <SelectField
            layout="column"
            label={t('Normalization')}
            description={t(
              'How input values are brought to a common scale. Fitted on the training part only. Automatic: pixels to 0…1, numbers to zero mean and unit variance.',
            )}
            value={training.normalization}
            options={normalizationKinds.map((value) => ({ value, label: t(normalizationLabels[value]) }))}
            onChange={(normalization) => set({ normalization })}
          />
          <PrecisionField precision={training.precision} onChange={(precision) => set({ precision })} />
          {needsTargets(training) && (
            <>
              <ClassWeightsField document={document} onChange={(classWeights) => set({ classWeights })} />
              <MixingFields mixing={training.mixing} onChange={(mixing) => set({ mixing })} />
            </>
          )}
          <OptimizerNumbers optimizer={training.optimizer} onChange={setOptimizer} advanced />
          <OptimizerSwitches optimizer={training.optimizer} onChange={setOptimizer} />
          <WeightUpdateFields training={training} onChange={set} />
        </div>
      </details>
    </form>
  )
}

/** Settings about targets are shown where there are some, and where they are to be switched off. */
function needsTargets({ recipe, mixing, classWeights = 'none' }: TrainingSettings): boolean {
  return recipe === undefined || mixing !== undefined || classWeights !== 'none'
}

interface OptimizerNumbersProps {
  readonly optimizer: OptimizerConfig
  readonly onChange: (optimizer: OptimizerConfig) => void
  /** Whether those that are rarely changed are meant, or the others. */
  readonly advanced: boolean
}

function OptimizerNumbers({ optimizer, onChange, advanced }: OptimizerNumbersProps) {
  const fields = optimizerFields(optimizer).filter((field) => field.advanced === advanced)
  return fields.map((field) => (
    <SettingNumber
      key={`${optimizer.kind}-${field.key}`}
      label={t(field.label)}
      description={t(field.description)}
      value={field.value}
      step={field.step}
      schema={z
        .number()
        .refine((value) => optimizerSchema.safeParse({ ...optimizer, [field.key]: value }).success, {
          error: t(field.range),
        })}
      onChange={(value) => onChange(optimizerSchema.parse({ ...optimizer, [field.key]: value }))}
    />
  ))
}

type OptimizerSwitchesProps = Omit<OptimizerNumbersProps, 'advanced'>

function OptimizerSwitches({ optimizer, onChange }: OptimizerSwitchesProps) {
  return optimizerSwitches(optimizer).map(({ key, label, description, value }) => (
    <SwitchField
      key={`${optimizer.kind}-${key}`}
      layout="column"
      label={t(label)}
      description={t(description)}
      checked={value}
      onChange={(checked) => onChange(optimizerSchema.parse({ ...optimizer, [key]: checked }))}
    />
  ))
}
