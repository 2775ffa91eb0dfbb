import { defineLayer } from './define-layer.ts'
import { gatedBy } from './support/gated.ts'

export const gluLayer = defineLayer({
  ...gatedBy('sigmoid'),
  kind: 'glu',
  label: 'GLU',
  description: 'Half of the channels are values, the other half decides how much of each comes through.',
  formula: 'y = a · sigmoid(b), with a and b the halves of the channels of x',
  reference:
    'Dauphin et al., "Language Modeling with Gated Convolutional Networks", 2017; Keras 3: keras.activations.glu; PyTorch: torch.nn.GLU',
})
