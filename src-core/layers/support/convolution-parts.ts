import { activationLayer } from '../activation.ts'
import { addLayer } from '../add.ts'
import { batchNormalizationLayer } from '../batch-normalization.ts'
import { conv2dLayer } from '../conv2d.ts'
import type { ActivationKind } from './activations.ts'
import { branches, chain, layer, type PartMaker } from './parts.ts'

export interface NormalizationParameters {
  readonly momentum: number
  readonly epsilon: number
}

interface ConvolutionOptions {
  readonly filters: number
  readonly kernelSize: readonly number[]
  readonly strides?: readonly number[]
  readonly groups?: number
}

/** A convolution whose output is normalised: padded to the same size, and without a bias, which beta replaces. */
export function normalizedConvolution(
  names: { readonly convolution: string; readonly normalization: string },
  options: ConvolutionOptions,
  { momentum, epsilon }: NormalizationParameters,
): PartMaker {
  return chain(
    layer(names.convolution, conv2dLayer, { padding: 'same', useBias: false, ...options }),
    layer(names.normalization, batchNormalizationLayer, { momentum, epsilon }),
  )
}

export function activation(kind: ActivationKind): PartMaker {
  return kind === 'linear' ? chain() : layer('', activationLayer, { activation: kind })
}

/** main(x) + shortcut(x) */
export function sum(main: PartMaker, shortcut: PartMaker): PartMaker {
  return branches([main, shortcut], layer('', addLayer))
}

interface ShortcutOptions {
  readonly channels: number
  readonly filters: number
  readonly strides: readonly number[]
}

/** What comes in, or where its shape changes, a projection of it by filters of one point (He et al., option B). */
export function projectedShortcut(
  { channels, filters, strides }: ShortcutOptions,
  normalization: NormalizationParameters,
): PartMaker {
  if (channels === filters && strides.every((stride) => stride === 1)) return chain()
  return normalizedConvolution(
    { convolution: 'shortcut', normalization: 'shortcutNorm' },
    { filters, kernelSize: [1, 1], strides },
    normalization,
  )
}
