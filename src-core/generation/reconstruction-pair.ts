import type { ResolvedBinding } from '../compile/dataset-binding.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { failure, problem, type Result, success } from '../problems.ts'
import type { Shape } from '../tensor-graph/types.ts'

/** An output that learns the image column that also feeds an input. */
export interface ReconstructionPair {
  readonly inputId: string
  readonly outputId: string
  /** Of the column: [channels, height, width]. */
  readonly shape: Shape
}

/** What an autoencoder takes apart and puts together again. Problem: `pictures.none` for other models. */
export function reconstructionPair(
  plan: ModelPlan,
  { inputs, targets }: Pick<ResolvedBinding, 'inputs' | 'targets'>,
): Result<ReconstructionPair> {
  for (const outputId of plan.outputIds) {
    const [target, ...others] = targets.get(outputId) ?? []
    if (target?.type !== 'image' || others.length > 0) continue
    const inputId = plan.inputIds.find((id) => inputs.get(id)?.some(({ name }) => name === target.name))
    if (inputId !== undefined) return success({ inputId, outputId, shape: target.shape })
  }
  return failure(
    problem('pictures.none', 'No output of the model reconstructs the images that feed it.', {
      hint: 'Choose the image column of the input as the target of the output, too.',
    }),
  )
}
