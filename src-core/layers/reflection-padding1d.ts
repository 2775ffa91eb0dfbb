import { paddingLayer } from './support/padding.ts'
import { sequence } from './support/space.ts'

export const reflectionPadding1dLayer = paddingLayer(sequence, 'reflect', {
  kind: 'reflectionPadding1d',
  label: 'ReflectionPadding1D',
  description:
    'Continues a sequence at both ends with its mirror image, without repeating the outermost step.',
  formula: 'y = … x₂ x₁ | x₀ x₁ x₂ … | …',
  reference: 'PyTorch: torch.nn.ReflectionPad1d; ONNX: Pad (reflect)',
})
