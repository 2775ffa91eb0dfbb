import { movesAfter } from './accumulation.ts'
import { advanceState, joinedGradients, moveState, type StateMove, weightGradients } from './advance-state.ts'
import { type LoweredStep, lowerTrainingStep, type StepLowering } from './lower-training-step.ts'
import { type StepCoefficients, stepCoefficients } from './optimizers/step-coefficients.ts'
import { accumulationSteps, packingOf } from './optimizers/weight-update.ts'
import { areFinite, type LossScale, nextLossScale, unscaled } from './precision/loss-scaling.ts'
import { keptWhereNotFinite, scaledCoefficients } from './precision/scaled-step.ts'
import type { BuiltStep, StepBuilder, StepBuilderInputs } from './step-builder.ts'
import { groupState, type TrainingState } from './training-state.ts'
import { groupWeights, type WeightGroup } from './weight-groups.ts'

/** Builds steps with one loss, which all weights descend. */
export function descentStepBuilder(inputs: StepBuilderInputs): StepBuilder {
  return new DescentStepBuilder(inputs)
}

class DescentStepBuilder implements StepBuilder {
  readonly groups: readonly WeightGroup[]
  readonly #inputs: StepBuilderInputs
  readonly #lowering: StepLowering
  /** Shares of the learning rate that occur. */
  readonly #factors: readonly number[]
  /** Of every step; under mixed precision they follow from the steps that were not skipped. */
  readonly #coefficients: readonly StepCoefficients[]

  constructor(inputs: StepBuilderInputs) {
    const { builder, options, update, marks, carrier } = inputs
    this.#inputs = inputs
    this.groups = groupWeights(options.plan, packingOf(update))
    this.#factors = this.groups
      .filter(({ trainable }) => trainable)
      .map(({ learningRateFactor }) => learningRateFactor)
    this.#lowering = { ...options, builder, groups: this.groups, marks, carrier }
    this.#coefficients = marks
      ? []
      : builder.scope('optimizer', () => stepCoefficients(update, builder, inputs, this.#factors))
  }

  build(state: TrainingState, step: number): BuiltStep {
    const coefficients = this.#coefficients[step]
    if (!coefficients) throw new Error(`step ${step} of the run has no coefficients`)
    const lowered = this.#lower(state, step)
    const next = advanceState({
      ...this.#move(state, lowered, coefficients, step),
      loss: lowered.objective.mean,
    })
    return builtStep(lowered, next)
  }

  /** What is done to gradients and weights is done in float32. */
  buildScaled(state: TrainingState, scaling: LossScale, step: number): BuiltStep {
    const { builder, update, marks } = this.#inputs
    if (!marks) throw new Error('mixed precision needs its marks')
    const lowered = this.#lower(state, step)
    const inFull = <T>(build: () => T) => marks.full(builder, () => builder.scope('optimizer', build))
    const loss = inFull(() => builder.apply('Mul', [lowered.objective.mean, scaling.scale]))
    const scaled = weightGradients({ builder, groups: this.groups, weights: lowered.weights }, loss)
    return inFull(() => {
      const coefficients = scaledCoefficients(builder, update, this.#inputs, this.#factors, scaling, step)
      const move = this.#move(state, lowered, coefficients, step)
      const gradients = unscaled(builder, scaling, joinedGradients(move, scaled))
      const finite = areFinite(builder, [...gradients.values()])
      const next = moveState(move, gradients)
      const kept = keptWhereNotFinite(builder, update, finite, move.moves, state, next)
      return { ...builtStep(lowered, kept), scaling: nextLossScale(builder, scaling, finite, move.moves) }
    })
  }

  #lower(state: TrainingState, step: number): LoweredStep {
    return lowerTrainingStep(this.#lowering, (group) => groupState(state, group).weights, step)
  }

  #move(
    state: TrainingState,
    { weights, updates }: LoweredStep,
    coefficients: StepCoefficients,
    step: number,
  ): StateMove {
    const { builder, options, update } = this.#inputs
    const moves = movesAfter((options.phase ?? 0) + step, accumulationSteps(update))
    return { builder, groups: this.groups, update, state, weights, updates, coefficients, moves }
  }
}

function builtStep({ feeds, objective: { sums, layout } }: LoweredStep, state: TrainingState): BuiltStep {
  return { feeds, sums, layout, state }
}
