import { paddingLayer } from './support/padding.ts'
import { image } from './support/space.ts'

export const reflectionPadding2dLayer = paddingLayer(image, 'reflect', {
  kind: 'reflectionPadding2d',
  label: 'ReflectionPadding2D',
  description:
    'Continues an image beyond its border with its mirror image, so that convolutions see no edge. Used in style transfer.',
  formula: 'y = … x₂ x₁ | x₀ x₁ x₂ … | …, along rows and columns',
  reference: 'PyTorch: torch.nn.ReflectionPad2d; ONNX: Pad (reflect)',
})
