import { channelAxis, sizeAt } from '../../shapes/axes.ts'
import { elementCount } from '../../tensor-graph/types.ts'
import { channelBroadcast } from './channels.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { channelWeight } from './kernel.ts'
import type { PartMaker } from './parts.ts'

/** Multiplies every channel by a learned number that starts at zero (Touvron et al., "LayerScale", 2021). */
export function channelScale(name: string): PartMaker {
  return (inputs) => {
    const output = onlyShape({ inputs })
    return {
      output,
      weights: [channelWeight(name, 'zeros', sizeAt(output, channelAxis(output)))],
      flops: elementCount(output),
      activationElements: elementCount(output),
      lower: ({ builder, weight }, tensors) => {
        const shape = builder.integers(channelBroadcast(output))
        const scale = builder.apply('Reshape', [weight(name), shape])
        return builder.apply('Mul', [onlyTensor({ inputs: tensors }), scale])
      },
    }
  }
}
