import { conv2dLayer } from './conv2d.ts'
import { defineLayer } from './define-layer.ts'
import { spectralFields, spectralKernel, spectralWeight } from './support/spectral.ts'

const parameters = { ...conv2dLayer.parameters, ...spectralFields }

export const spectralConv2dLayer = defineLayer<typeof parameters>({
  ...conv2dLayer,
  kind: 'spectralConv2d',
  label: 'SpectralConv2D',
  category: 'Normalization',
  description:
    'A Conv2D layer whose kernel is divided by its largest singular value, so that small changes of the image stay small: what makes discriminators of GANs stable.',
  formula: 'conv2d with kernel / σ(kernel)',
  reference:
    'Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018; Keras 3: keras.layers.SpectralNormalization; PyTorch: torch.nn.utils.parametrizations.spectral_norm',
  parameters,
  weights: (context) => [...conv2dLayer.weights(context), spectralWeight(context.parameters.filters)],
  lower: (context) => {
    const kernel = spectralKernel(context, 'first')
    return conv2dLayer.lower({
      ...context,
      weight: (name) => (name === 'kernel' ? kernel : context.weight(name)),
    })
  },
})
