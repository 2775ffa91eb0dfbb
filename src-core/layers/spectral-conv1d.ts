import { conv1dLayer } from './conv1d.ts'
import { defineLayer } from './define-layer.ts'
import { spectralFields, spectralKernel, spectralWeight } from './support/spectral.ts'

const parameters = { ...conv1dLayer.parameters, ...spectralFields }

export const spectralConv1dLayer = defineLayer<typeof parameters>({
  ...conv1dLayer,
  kind: 'spectralConv1d',
  label: 'SpectralConv1D',
  category: 'Normalization',
  description:
    'A Conv1D layer whose kernel is divided by its largest singular value, so that small changes of the sequence stay small: for discriminators of GANs.',
  formula: 'conv1d with kernel / σ(kernel)',
  reference:
    'Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018; Keras 3: keras.layers.SpectralNormalization; PyTorch: torch.nn.utils.parametrizations.spectral_norm',
  parameters,
  weights: (context) => [...conv1dLayer.weights(context), spectralWeight(context.parameters.filters)],
  lower: (context) => {
    const kernel = spectralKernel(context, 'first')
    return conv1dLayer.lower({
      ...context,
      weight: (name) => (name === 'kernel' ? kernel : context.weight(name)),
    })
  },
})
