import { mark, t } from '../../../src-core/language/t.ts'
import {
  type AdversarialRecipe,
  adversarialLosses,
  adversarialSchema,
  type ContrastiveRecipe,
  contrastiveSchema,
} from '../../../src-core/training/recipes/recipe-config.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { SelectField } from '../../ui/select.tsx'
import { SettingNumber } from './setting-number.tsx'

type RecipeChoice = TrainingSettings['recipe']

const recipes = [
  { value: 'supervised', label: mark('Supervised') },
  { value: 'adversarial', label: mark('Adversarial (GAN)') },
  { value: 'contrastive', label: mark('Contrastive') },
] as const
const descriptions = {
  supervised: mark('What the model learns by. Supervised: it is to predict the target of every sample.'),
  adversarial: mark(
    'What the model learns by. Adversarial: a generator makes samples of noise, a discriminator tells them from real ones; needs an AdversarialPair in the drawing.',
  ),
  contrastive: mark(
    'What the model learns by. Contrastive: two augmented views of a sample are to lie closer together than those of different samples; no target is needed.',
  ),
} as const
const lossLabels = {
  nonSaturating: mark('Cross-entropy (non-saturating)'),
  leastSquares: mark('Least squares'),
  hinge: mark('Hinge'),
  wasserstein: mark('Wasserstein'),
} as const

interface RecipeFieldsProps {
  readonly recipe: RecipeChoice
  readonly onChange: (recipe: RecipeChoice) => void
}

/** What one step of training does, and the settings that go with it. */
export function RecipeFields({ recipe, onChange }: RecipeFieldsProps) {
  const kind = recipe?.kind ?? 'supervised'
  return (
    <>
      <div className="training-settings__wide">
        <SelectField
          layout="column"
          label={t('Recipe')}
          description={t(descriptions[kind])}
          value={kind}
          options={recipes.map(({ value, label }) => ({ value, label: t(label) }))}
          onChange={(chosen) => {
            if (chosen !== kind) onChange(recipeOf(chosen))
          }}
        />
      </div>
      {recipe?.kind === 'adversarial' && <AdversarialFields recipe={recipe} onChange={onChange} />}
      {recipe?.kind === 'contrastive' && <ContrastiveFields recipe={recipe} onChange={onChange} />}
    </>
  )
}

function recipeOf(kind: (typeof recipes)[number]['value']): RecipeChoice {
  switch (kind) {
    case 'supervised':
      return undefined
    case 'adversarial':
      return adversarialSchema.parse({ kind })
    case 'contrastive':
      return contrastiveSchema.parse({ kind })
  }
}

interface AdversarialFieldsProps {
  readonly recipe: AdversarialRecipe
  readonly onChange: (recipe: AdversarialRecipe) => void
}

function AdversarialFields({ recipe, onChange }: AdversarialFieldsProps) {
  const { shape } = adversarialSchema
  return (
    <>
      <div className="training-settings__wide">
        <SelectField
          layout="column"
          label={t('Adversarial loss')}
          description={t(
            'How the two networks are scored. Wasserstein needs a discriminator with a bounded slope, of SpectralConv2D and SpectralDense.',
          )}
          value={recipe.loss}
          options={adversarialLosses.map((value) => ({ value, label: t(lossLabels[value]) }))}
          onChange={(loss) => onChange({ ...recipe, loss })}
        />
      </div>
      <SettingNumber
        label={t('Discriminator steps')}
        description={t('Updates of the discriminator for each one of the generator.')}
        value={recipe.discriminatorSteps}
        schema={shape.discriminatorSteps}
        onChange={(discriminatorSteps) => onChange({ ...recipe, discriminatorSteps })}
      />
      <SettingNumber
        label={t('Discriminator rate')}
        description={t('The discriminator’s share of the learning rate: below 1 where it wins too easily.')}
        value={recipe.discriminatorLearningRateFactor}
        step={0.1}
        schema={shape.discriminatorLearningRateFactor}
        onChange={(factor) => onChange({ ...recipe, discriminatorLearningRateFactor: factor })}
      />
      <SettingNumber
        label={t('Label smoothing')}
        description={t(
          'Real samples are to be told with 1 minus this, so that the discriminator is never too sure. 0.1 is usual.',
        )}
        value={recipe.labelSmoothing}
        step={0.05}
        schema={shape.labelSmoothing}
        onChange={(labelSmoothing) => onChange({ ...recipe, labelSmoothing })}
      />
    </>
  )
}

interface ContrastiveFieldsProps {
  readonly recipe: ContrastiveRecipe
  readonly onChange: (recipe: ContrastiveRecipe) => void
}

function ContrastiveFields({ recipe, onChange }: ContrastiveFieldsProps) {
  return (
    <SettingNumber
      label={t('Temperature')}
      description={t(
        'What similarities are divided by: small ones make the nearest other samples count most.',
      )}
      value={recipe.temperature}
      step={0.1}
      schema={contrastiveSchema.shape.temperature}
      onChange={(temperature) => onChange({ ...recipe, temperature })}
    />
  )
}
