import type { PlannedLayer } from '../../compile/model-plan.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import { advanceState } from '../advance-state.ts'
import { feed, feedFeatures } from '../feed-ports.ts'
import { weightPenalties } from '../objective.ts'
import { type StepCoefficients, stepCoefficients } from '../optimizers/step-coefficients.ts'
import { packingOf } from '../optimizers/weight-update.ts'
import type { BuiltStep, StepBuilder, StepBuilderInputs } from '../step-builder.ts'
import type { RandomPort } from '../train-step.ts'
import { groupState, type TrainingState } from '../training-state.ts'
import { groupWeights, splitGroup, type WeightGroup, weightTensor } from '../weight-groups.ts'
import type { Scores } from './adversarial-losses.ts'
import { type AdversarialParts, adversarialParts } from './adversarial-parts.ts'
import {
  type AdversarialPasses,
  adversarialSums,
  lossOfDiscriminator,
  lossOfGenerator,
  lowerGenerated,
  lowerReal,
  lowerScores,
  type NetworkLoss,
} from './lower-adversarial.ts'
import type { AdversarialRecipe } from './recipe-config.ts'
import { recipeLayout } from './recipe-metrics.ts'

/** One of the two networks: the weights that it trains, and how its optimizer steps through a run. */
interface Network {
  readonly groups: readonly WeightGroup[]
  /** One entry per update of the run. */
  readonly coefficients: readonly StepCoefficients[]
}

/** Everything that is the same for all steps of a run. */
interface Game extends StepBuilderInputs {
  readonly recipe: AdversarialRecipe
  readonly parts: AdversarialParts
  readonly discriminator: Network
  readonly generator: Network
}

/** One step of a run while it is being built. */
interface Round {
  readonly game: Game
  readonly passes: AdversarialPasses
  readonly sampleWeight: TensorValue
}

/**
 * A step is that of the textbook (Goodfellow et al. 2014, algorithm 1): the discriminator's updates on the batch and on
 * generated samples, then the generator's through the discriminator as it has become. Every update has noise of its own.
 * Real and generated samples pass through the discriminator one after the other, so that batch normalisation sees
 * batches of one kind; its moving statistics follow both. A network's statistics move only while it is trained.
 */
export function adversarialStepBuilder(inputs: StepBuilderInputs, recipe: AdversarialRecipe): StepBuilder {
  const { plan } = inputs.options
  const parts = adversarialParts(plan)
  const discriminator = network(inputs, 'discriminator', parts.discriminator, {
    updatesPerStep: recipe.discriminatorSteps,
    learningRateFactor: recipe.discriminatorLearningRateFactor,
  })
  const generator = network(inputs, 'generator', parts.generator, {
    updatesPerStep: 1,
    learningRateFactor: 1,
  })
  const game: Game = { ...inputs, recipe, parts, discriminator, generator }
  return {
    groups: [...discriminator.groups, ...generator.groups],
    build: (state, step) => buildRound(game, state, step),
    buildScaled: () => {
      throw new Error('adversarial training knows no mixed precision: its settings are refused before')
    },
  }
}

interface Pace {
  readonly updatesPerStep: number
  readonly learningRateFactor: number
}

function network(
  { builder, options, update, learningRate, stepCount }: StepBuilderInputs,
  name: string,
  layers: readonly PlannedLayer[],
  { updatesPerStep, learningRateFactor }: Pace,
): Network {
  const grouped = groupWeights({ ...options.plan, layers }, packingOf(update))
  // Both networks have small weights and statistics of their own.
  const groups = grouped.map((group) => ({ ...group, name: `${name}/${group.name}` }))
  const factors = groups.filter(({ trainable }) => trainable).map((group) => group.learningRateFactor)
  const coefficients = builder.scope(`optimizer/${name}`, () => {
    const scaled =
      learningRateFactor === 1
        ? learningRate
        : builder.apply('Mul', [learningRate, builder.scalar(learningRateFactor)])
    if (updatesPerStep === 1) {
      return stepCoefficients(update, builder, { learningRate: scaled, stepCount }, factors)
    }
    const own = {
      learningRate: repeated(builder, scaled, updatesPerStep),
      stepCount: builder.apply('Mul', [stepCount, builder.scalar(updatesPerStep)]),
    }
    return stepCoefficients(update, builder, own, factors)
  })
  return { groups, coefficients }
}

/** Every element of a vector so many times: [a, a, b, b]. */
function repeated(builder: GraphBuilder, values: TensorValue, times: number): TensorValue {
  const [count = 1] = values.shape
  const column = builder.apply('Reshape', [values, builder.integers([count, 1])])
  const table = builder.apply('Expand', [column, builder.integers([count, times])])
  return builder.apply('Reshape', [table, builder.integers([count * times])])
}

function buildRound(game: Game, state: TrainingState, step: number): BuiltStep {
  const { builder, options, parts, recipe } = game
  const { plan, batchSize, normalization } = options
  const features = feedFeatures(builder, plan, normalization, batchSize, (name) => `features/${name}@${step}`)
  const sampleWeight = feed(builder, `sampleWeight@${step}`, 'float32', [batchSize])
  const random: RandomPort[] = []
  const noise = (key: string, shape: Shape) => {
    const drawn = feed(builder, `random/${key}@${step}`, 'float32', shape)
    random.push({ ...drawn.port, key })
    return drawn.value
  }
  const lowering = { builder, plan, batchSize, training: true, inputs: features.values }
  const passes: AdversarialPasses = { parts, lowering, random: noise }
  const round: Round = { game, passes, sampleWeight: sampleWeight.value }
  const judged = trainDiscriminator(round, state, step)
  const made = trainGenerator(round, judged.state, step)
  const { perSample } = judged.loss
  return {
    feeds: { features: features.ports, targets: new Map(), sampleWeight: sampleWeight.port, random },
    sums: adversarialSums(builder, recipe, sampleWeight.value, judged.scores, perSample, made.loss.perSample),
    layout: recipeLayout(recipe),
    state: made.state,
  }
}

interface Trained {
  readonly state: TrainingState
  /** Of the last update, before it. */
  readonly loss: NetworkLoss
}

function trainDiscriminator(
  round: Round,
  state: TrainingState,
  step: number,
): Trained & { readonly scores: Scores } {
  const { discriminatorSteps } = round.game.recipe
  let trained = updateDiscriminator(round, state, step, 0)
  for (let update = 1; update < discriminatorSteps; update++) {
    trained = updateDiscriminator(round, trained.state, step, update)
  }
  return trained
}

/** What the generator makes is a constant here: only the discriminator's weights are differentiated by. */
function updateDiscriminator(round: Round, state: TrainingState, step: number, ordinal: number) {
  const { game, passes, sampleWeight } = round
  const { builder, discriminator, generator, recipe, update } = game
  const own = networkWeights(builder, discriminator.groups, state)
  const updates = new Map<string, TensorValue>()
  const training = {
    // The second pass goes on with the statistics that the first has left.
    weight: (name: string) => updates.get(name) ?? weightTensor(own, name),
    updateWeight: (name: string, next: TensorValue) => updates.set(name, next),
  }
  const maker = readOnly(networkWeights(builder, generator.groups, state))
  const pass = recipe.discriminatorSteps === 1 ? '' : `${ordinal}`
  const generated = lowerGenerated(passes, maker, `discriminator${pass}`)
  const samples = lowerReal(passes, training, `samples${pass}`)
  const real = lowerScores(passes, training, `real${pass}`, samples.value)
  const told = lowerScores(passes, training, `generated${pass}`, generated.value)
  const scores = { real: real.value, generated: told.value }
  const loss = lossOfDiscriminator(builder, recipe, scores, sampleWeight, [
    ...weightPenalties(builder, discriminator.groups, own),
    ...real.penalties,
    ...told.penalties,
  ])
  const moved = advanceState({
    builder,
    groups: discriminator.groups,
    update,
    state,
    weights: own,
    updates,
    loss: loss.mean,
    coefficients: coefficientsAt(discriminator, step * recipe.discriminatorSteps + ordinal),
    moves: true,
  })
  return { state: new Map([...state, ...moved]), loss, scores }
}

function trainGenerator(round: Round, state: TrainingState, step: number): Trained {
  const { game, passes, sampleWeight } = round
  const { builder, discriminator, generator, recipe, update } = game
  const own = networkWeights(builder, generator.groups, state)
  const updates = new Map<string, TensorValue>()
  const generated = lowerGenerated(
    passes,
    {
      weight: (name) => weightTensor(own, name),
      updateWeight: (name, next) => updates.set(name, next),
    },
    'generator',
  )
  const judge = readOnly(networkWeights(builder, discriminator.groups, state))
  const scores = lowerScores(passes, judge, 'generator', generated.value)
  const loss = lossOfGenerator(builder, recipe, scores.value, sampleWeight, [
    ...weightPenalties(builder, generator.groups, own),
    ...generated.penalties,
  ])
  const moved = advanceState({
    builder,
    groups: generator.groups,
    update,
    state,
    weights: own,
    updates,
    loss: loss.mean,
    coefficients: coefficientsAt(generator, step),
    moves: true,
  })
  return { state: new Map([...state, ...moved]), loss }
}

function networkWeights(
  builder: GraphBuilder,
  groups: readonly WeightGroup[],
  state: TrainingState,
): ReadonlyMap<string, TensorValue> {
  return new Map(groups.flatMap((group) => [...splitGroup(builder, group, groupState(state, group).weights)]))
}

/** Weights of the network that is not trained: its statistics stay. */
function readOnly(weights: ReadonlyMap<string, TensorValue>) {
  return { weight: (name: string) => weightTensor(weights, name), updateWeight: () => undefined }
}

function coefficientsAt({ coefficients }: Network, update: number): StepCoefficients {
  const own = coefficients[update]
  if (!own) throw new Error(`update ${update} of the run has no coefficients`)
  return own
}
