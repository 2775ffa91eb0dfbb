import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { outputHead } from '../training/losses/output-head.ts'
import { statesProbabilities } from '../training/metrics/predicted-values.ts'
import { type InputNormalization, normalizeInput } from '../training/normalization.ts'
import { lossKinds, type NormalizationKind } from '../training/run-config.ts'

/** Pixels, 0 to 255, of what an output predicts: raw scores of a loss of probabilities become probabilities first. */
export function outputPixels(
  builder: GraphBuilder,
  plan: ModelPlan,
  outputId: string,
  value: TensorValue,
  normalization: NormalizationKind,
): TensorValue {
  const { output, activation } = outputHead(plan, outputId)
  const kind = lossKinds.find((loss) => loss === output.parameters.loss)
  const areScores = activation === 'linear' && kind !== undefined && statesProbabilities(kind)
  const stated = areScores ? builder.apply('Sigmoid', [value]) : value
  return builder.apply('Mul', [stated, builder.scalar(normalization === 'none' && !areScores ? 1 : 255)])
}

/** Pixels, 0 to 255, of values as a model sees them behind an input: the normalization undone. */
export function inputPixels(
  builder: GraphBuilder,
  value: TensorValue,
  normalization: InputNormalization | undefined,
): TensorValue {
  const pixels = normalizeInput(builder, value, normalization && inverse(normalization))
  // A graph output is computed by a node of its own.
  return pixels === value ? builder.apply('Identity', [value]) : pixels
}

/** y = (x − offset) · scale, so x = (y + offset · scale) · (1 / scale). */
function inverse({ offset, scale }: InputNormalization): InputNormalization {
  if (typeof scale === 'number' && typeof offset === 'number')
    return { offset: -offset * scale, scale: 1 / scale }
  const length = typeof scale === 'number' ? (typeof offset === 'number' ? 1 : offset.length) : scale.length
  const at = (values: number | Float32Array, index: number) =>
    typeof values === 'number' ? values : (values[index] ?? 0)
  return {
    offset: Float32Array.from({ length }, (_, index) => -at(offset, index) * at(scale, index)),
    scale: Float32Array.from({ length }, (_, index) => 1 / at(scale, index)),
  }
}
