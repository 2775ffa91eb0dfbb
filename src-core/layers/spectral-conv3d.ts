import { conv3dLayer } from './conv3d.ts'
import { defineLayer } from './define-layer.ts'
import { spectralFields, spectralKernel, spectralWeight } from './support/spectral.ts'

const parameters = { ...conv3dLayer.parameters, ...spectralFields }

export const spectralConv3dLayer = defineLayer<typeof parameters>({
  ...conv3dLayer,
  kind: 'spectralConv3d',
  label: 'SpectralConv3D',
  category: 'Normalization',
  description:
    'A Conv3D layer whose kernel is divided by its largest singular value, so that small changes of the volume stay small: for discriminators of GANs.',
  formula: 'conv3d with kernel / σ(kernel)',
  reference:
    'Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018; Keras 3: keras.layers.SpectralNormalization; PyTorch: torch.nn.utils.parametrizations.spectral_norm',
  parameters,
  weights: (context) => [...conv3dLayer.weights(context), spectralWeight(context.parameters.filters)],
  lower: (context) => {
    const kernel = spectralKernel(context, 'first')
    return conv3dLayer.lower({
      ...context,
      weight: (name) => (name === 'kernel' ? kernel : context.weight(name)),
    })
  },
})
