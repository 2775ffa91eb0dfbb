import type { ModelPlan, PlannedLayer } from '../../compile/model-plan.ts'
import { type Problem, problem } from '../../problems.ts'
import { outputHead } from '../losses/output-head.ts'
import { plannedLayer } from '../planned-layer.ts'
import {
  type AdversarialParts,
  adversarialParts,
  dependencies,
  noiseKind,
  pairKind,
} from './adversarial-parts.ts'
import type { AdversarialRecipe } from './recipe-config.ts'

/** What keeps a planned model from being trained as a GAN, and what is probably not meant. */
export function adversarialProblems(plan: ModelPlan, recipe: AdversarialRecipe): Problem[] {
  const missing = missingParts(plan)
  if (missing.length > 0) return missing
  const parts = adversarialParts(plan)
  return [
    ...noiseProblems(plan, parts),
    ...sharedLayers(plan, parts),
    ...emptyNetworks(parts),
    ...headProblems(plan, recipe),
    ...unboundedCritic(parts, recipe),
  ]
}

function missingParts(plan: ModelPlan): Problem[] {
  const [pair, second] = plan.layers.filter(({ kind }) => kind === pairKind)
  if (!pair) {
    return [
      wrong(
        'The recipe is adversarial, but no AdversarialPair leads to the output.',
        'Wire the data to the real port of an AdversarialPair, the generator to its generated port, and lead its result through the discriminator to the output; or train supervised.',
      ),
    ]
  }
  if (second) {
    return [
      wrong(
        `A GAN has one AdversarialPair, but ${pair.name} and ${second.name} are two.`,
        'Remove one of them.',
        second,
      ),
    ]
  }
  const [outputId, otherId] = plan.outputIds
  if (outputId === undefined || otherId === undefined) return []
  return [
    wrong(
      `A GAN has one output, the discriminator’s judgement, but this model has ${plan.outputIds.length}.`,
      'Remove the others.',
      plannedLayer(plan, otherId),
    ),
  ]
}

function noiseProblems(plan: ModelPlan, { pair, generator }: AdversarialParts): Problem[] {
  const making = new Set(generator.map(({ id }) => id))
  const noise = plan.layers.filter(({ kind }) => kind === noiseKind)
  const astray = noise
    .filter(({ id }) => !making.has(id))
    .map((layer) =>
      wrong(
        `${layer.name} does not lead to the generated port of ${pair.name}, and only generated samples are made from noise.`,
        'Wire it into the generator, or remove it; to disturb a layer’s input, use GaussianNoise.',
        layer,
      ),
    )
  if (noise.some(({ id }) => making.has(id))) return astray
  return [
    ...astray,
    wrong(
      `The generated samples of ${pair.name} come from no noise, so that all of them would be alike.`,
      'Put a Noise layer at the beginning of the generator.',
      pair,
    ),
  ]
}

/** Each weight is trained by one of the networks, and what the real samples pass must not learn. */
function sharedLayers(plan: ModelPlan, { pair, generator, real, judging }: AdversarialParts): Problem[] {
  const making = new Set(generator.map(({ id }) => id))
  const isTrained = ({ trainableCount }: PlannedLayer) => trainableCount > 0
  const onBothSides = [...new Set([...real, ...judging])]
  const shared = onBothSides
    .filter((layer) => isTrained(layer) && making.has(layer.id))
    .map((layer) =>
      wrong(
        `${layer.name} belongs to the generator and leads past the generated port of ${pair.name} as well, so both networks would train it.`,
        'Give the discriminator a layer of its own.',
        layer,
      ),
    )
  const behind = new Set(dependencies(plan, plan.outputIds[0] ?? '', new Set([pair.id])))
  const before = real
    .filter((layer) => isTrained(layer) && !making.has(layer.id) && !behind.has(layer.id))
    .map((layer) =>
      wrong(
        `${layer.name} would learn to change the real samples before ${pair.name} compares them with the generated ones.`,
        `Move it behind ${pair.name}, where both kinds of samples pass it.`,
        layer,
      ),
    )
  return [...shared, ...before]
}

function emptyNetworks({ pair, generator, judging }: AdversarialParts): Problem[] {
  const learns = (layers: readonly PlannedLayer[]) => layers.some(({ trainableCount }) => trainableCount > 0)
  return [
    ...(learns(generator)
      ? []
      : [
          wrong(
            `The generator, which leads to the generated port of ${pair.name}, has nothing to learn.`,
            'Put layers with weights, such as Dense or Conv2DTranspose, between the noise and the pair.',
            pair,
          ),
        ]),
    ...(learns(judging)
      ? []
      : [
          wrong(
            `The discriminator, which follows ${pair.name}, has nothing to learn.`,
            'Put layers with weights, such as Conv2D and Dense, between the pair and the output.',
            pair,
          ),
        ]),
  ]
}

/** Judgements are raw scores; the cross-entropy looks behind a sigmoid by itself. */
function headProblems(plan: ModelPlan, { loss }: AdversarialRecipe): Problem[] {
  const [outputId] = plan.outputIds
  if (outputId === undefined) return []
  const { output, layer, activation } = outputHead(plan, outputId)
  const asked = output.parameters.loss
  const unused =
    asked === undefined || asked === 'auto'
      ? []
      : [
          problem(
            'recipe.drawing',
            `The loss ${asked} of ${output.name} is not used: the recipe brings its own.`,
            {
              severity: 'warning',
              hint: 'Set it to auto.',
              layerId: output.id,
              fix: {
                label: 'Set the loss to auto',
                edits: [{ type: 'setParameters', layerId: output.id, parameters: { loss: 'auto' } }],
              },
            },
          ),
        ]
  const fits = activation === 'linear' || (activation === 'sigmoid' && loss === 'nonSaturating')
  if (fits) return unused
  const expected = loss === 'nonSaturating' ? 'raw scores or a sigmoid' : 'raw scores'
  return [
    ...unused,
    problem(
      'recipe.drawing',
      `The adversarial loss ${loss} expects a discriminator that ends in ${expected}, but ${layer.name} ends in ${activation}.`,
      {
        hint: `Set the activation of ${layer.name} to linear.`,
        layerId: layer.id,
        ...('activation' in layer.parameters && {
          fix: {
            label: `Make ${layer.name} linear`,
            edits: [{ type: 'setParameters', layerId: layer.id, parameters: { activation: 'linear' } }],
          },
        }),
      },
    ),
  ]
}

/** Wasserstein's loss is a distance only for critics whose slope is bounded. */
function unboundedCritic({ pair, judging }: AdversarialParts, { loss }: AdversarialRecipe): Problem[] {
  const isBounded = ({ kind, weights }: PlannedLayer) =>
    kind.startsWith('spectral') || weights.some(({ constraint }) => constraint !== undefined)
  const learning = judging.filter(({ trainableCount }) => trainableCount > 0)
  if (loss !== 'wasserstein' || learning.some(isBounded)) return []
  const message = `Nothing bounds the slope of the discriminator behind ${pair.name}, so its wasserstein loss can grow without end.`
  return [
    problem('recipe.drawing', message, {
      severity: 'warning',
      hint: 'Use SpectralConv2D and SpectralDense in the discriminator, or constrain its kernels.',
      layerId: pair.id,
    }),
  ]
}

function wrong(message: string, hint: string, layer?: PlannedLayer): Problem {
  return problem('recipe.drawing', message, { hint, ...(layer && { layerId: layer.id }) })
}
