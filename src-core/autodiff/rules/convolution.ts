import { convolutionWindow, transposedWindow } from '../../tensor-graph/operators/convolution.ts'
import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { type ConvolutionGeometry, windowAttributes } from './convolution-geometry.ts'
import { inputGradient } from './convolution-input.ts'
import { kernelGradient } from './convolution-kernel.ts'

function channelSum(node: BackwardNode): void {
  const spatial = node
    .output()
    .shape.slice(2)
    .map((_, axis) => axis + 2)
  node.contribute(2, () => node.arithmetic.sum(node.gradient(), [0, ...spatial], false))
}

function convolution(node: BackwardNode): void {
  const { arithmetic } = node
  const geometry: ConvolutionGeometry = {
    group: node.call.number('group', 1),
    window: convolutionWindow(node.call),
  }
  node.contribute(0, () =>
    inputGradient(arithmetic, geometry, node.gradient(), node.input(1), node.input(0).shape),
  )
  node.contribute(1, () => kernelGradient(arithmetic, geometry, node.input(0), node.gradient()))
  channelSum(node)
}

/** The mirror image: a transposed convolution is the input gradient of the convolution with the same kernel. */
function transposedConvolution(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const geometry: ConvolutionGeometry = {
    group: node.call.number('group', 1),
    window: transposedWindow(node.call).map((axis) => ({ ...axis, input: axis.output, output: axis.input })),
  }
  node.contribute(0, () => {
    const whole = builder.apply('Conv', [node.gradient(), node.input(1)], windowAttributes(geometry))
    const cropped = node.input(0).shape
    if (whole.shape.every((size, axis) => size === sizeAt(cropped, axis))) return whole
    const axes = cropped.map((_, axis) => axis)
    return builder.apply('Slice', [
      whole,
      builder.integers(axes.map(() => 0)),
      builder.integers(cropped),
      builder.integers(axes),
    ])
  })
  node.contribute(1, () => kernelGradient(arithmetic, geometry, node.gradient(), node.input(0)))
  channelSum(node)
}

export const convolutionRules: RuleFamily = { Conv: convolution, ConvTranspose: transposedConvolution }
