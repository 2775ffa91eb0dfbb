import { elementCount } from '../../tensor-graph/types.ts'
import { onlyShape, onlyTensor } from './context.ts'
import type { PartMaker } from './parts.ts'

/** min(max(x, 0), 6): Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010; keras.activations.relu6. */
export const relu6: PartMaker = (inputs) => {
  const output = onlyShape({ inputs })
  return {
    output,
    weights: [],
    flops: elementCount(output),
    activationElements: elementCount(output),
    lower: ({ builder }, tensors) =>
      builder.apply('Clip', [onlyTensor({ inputs: tensors }), builder.scalar(0), builder.scalar(6)]),
  }
}
