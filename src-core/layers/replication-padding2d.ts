import { paddingLayer } from './support/padding.ts'
import { image } from './support/space.ts'

export const replicationPadding2dLayer = paddingLayer(image, 'edge', {
  kind: 'replicationPadding2d',
  label: 'ReplicationPadding2D',
  description: 'Continues an image beyond its border by repeating its outermost points.',
  formula: 'y = … x₀ x₀ | x₀ x₁ x₂ … | …, along rows and columns',
  reference: 'PyTorch: torch.nn.ReplicationPad2d; ONNX: Pad (edge)',
})
