import type { Tensor } from '@tensorflow/tfjs'
import type { TensorflowFunctions } from './tensorflow-library.ts'

export type TensorFunction = (...operands: Tensor[]) => Tensor

/**
 * A function that computes its result one way and takes its gradient from another: `differentiable` must give the same
 * result by functions of which TensorFlow.js knows the gradients. Only operands have gradients; `fixed` tensors follow
 * them as further arguments.
 */
export function withGradientOf(
  tf: TensorflowFunctions,
  compute: TensorFunction,
  differentiable: TensorFunction,
): (operands: readonly Tensor[], fixed?: readonly Tensor[]) => Tensor {
  return (operands, fixed = []) => {
    const custom = tf.customGrad((...given) => {
      const own = given.filter((each): each is Tensor => typeof each !== 'function')
      const save = given.find((each) => typeof each === 'function')
      if (typeof save === 'function') save([...own, ...fixed])
      return {
        value: compute(...own, ...fixed),
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const kept = saved.slice(own.length)
          return tf.grads((...inner) => differentiable(...inner, ...kept))(saved.slice(0, own.length), dy)
        },
      }
    })
    return custom(...operands)
  }
}
