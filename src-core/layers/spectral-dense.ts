import { defineLayer } from './define-layer.ts'
import { denseLayer } from './dense.ts'
import { spectralFields, spectralKernel, spectralWeight } from './support/spectral.ts'

const parameters = { ...denseLayer.parameters, ...spectralFields }

export const spectralDenseLayer = defineLayer<typeof parameters>({
  ...denseLayer,
  kind: 'spectralDense',
  label: 'SpectralDense',
  category: 'Normalization',
  description:
    'A Dense layer whose kernel is divided by its largest singular value, so that it never stretches a difference between inputs: what makes discriminators of GANs stable.',
  formula: 'dense with kernel / σ(kernel)',
  reference:
    'Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018; Keras 3: keras.layers.SpectralNormalization; PyTorch: torch.nn.utils.parametrizations.spectral_norm',
  parameters,
  weights: (context) => [...denseLayer.weights(context), spectralWeight(context.parameters.units)],
  lower: (context) => {
    const kernel = spectralKernel(context, 'last')
    return denseLayer.lower({
      ...context,
      weight: (name) => (name === 'kernel' ? kernel : context.weight(name)),
    })
  },
})
