import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'

const bytesPerElement = 4

/** Bytes that the weights take, and the values that the forward pass keeps for a batch, as float32. */
export function trainingMemory(
  plan: Pick<ModelPlan, 'parameterCount' | 'activationElements'>,
  batchSize: number,
): { readonly weights: number; readonly activations: number } {
  return {
    weights: plan.parameterCount * bytesPerElement,
    activations: plan.activationElements * batchSize * bytesPerElement,
  }
}
