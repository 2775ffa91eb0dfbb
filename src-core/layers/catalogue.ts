import { activationLayer } from './activation.ts'
import { addLayer } from './add.ts'
import { additiveAttentionLayer } from './additive-attention.ts'
import { attentionLayer } from './attention.ts'
import { averageLayer } from './average.ts'
import { averagePooling2dLayer } from './average-pooling2d.ts'
import { batchNormalizationLayer } from './batch-normalization.ts'
import { bidirectionalGruLayer } from './bidirectional-gru.ts'
import { bidirectionalLstmLayer } from './bidirectional-lstm.ts'
import { bidirectionalSimpleRnnLayer } from './bidirectional-simple-rnn.ts'
import { categoryEncodingLayer } from './category-encoding.ts'
import { centerCropLayer } from './center-crop.ts'
import { classTokenLayer } from './class-token.ts'
import { concatenateLayer } from './concatenate.ts'
import { convLstm2dLayer } from './conv-lstm2d.ts'
import { conv2dLayer } from './conv2d.ts'
import { cropping2dLayer } from './cropping2d.ts'
import { cutoutLayer } from './cutout.ts'
import type { LayerDefinition } from './define-layer.ts'
import { denseLayer } from './dense.ts'
import { discretizationLayer } from './discretization.ts'
import { dropoutLayer } from './dropout.ts'
import { embeddingLayer } from './embedding.ts'
import { flattenLayer } from './flatten.ts'
import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { globalMaxPooling2dLayer } from './global-max-pooling2d.ts'
import { grayscaleLayer } from './grayscale.ts'
import { groupedQueryAttentionLayer } from './grouped-query-attention.ts'
import { gruLayer } from './gru.ts'
import { inputLayer } from './input.ts'
import { layerNormalizationLayer } from './layer-normalization.ts'
import { lstmLayer } from './lstm.ts'
import { maskingLayer } from './masking.ts'
import { maxPooling2dLayer } from './max-pooling2d.ts'
import { maximumLayer } from './maximum.ts'
import { multiHeadAttentionLayer } from './multi-head-attention.ts'
import { multiplyLayer } from './multiply.ts'
import { normalizationLayer } from './normalization.ts'
import { oneHotLayer } from './one-hot.ts'
import { outputLayer } from './output.ts'
import { patchEmbeddingLayer } from './patch-embedding.ts'
import { positionEmbeddingLayer } from './position-embedding.ts'
import { randomBrightnessLayer } from './random-brightness.ts'
import { randomContrastLayer } from './random-contrast.ts'
import { randomCropLayer } from './random-crop.ts'
import { randomErasingLayer } from './random-erasing.ts'
import { randomFlipLayer } from './random-flip.ts'
import { randomGaussianBlurLayer } from './random-gaussian-blur.ts'
import { randomGrayscaleLayer } from './random-grayscale.ts'
import { randomInvertLayer } from './random-invert.ts'
import { randomRotationLayer } from './random-rotation.ts'
import { randomSaturationLayer } from './random-saturation.ts'
import { randomShearLayer } from './random-shear.ts'
import { randomTranslationLayer } from './random-translation.ts'
import { randomZoomLayer } from './random-zoom.ts'
import { rescalingLayer } from './rescaling.ts'
import { reshapeLayer } from './reshape.ts'
import { rotaryEmbeddingLayer } from './rotary-embedding.ts'
import { simpleRnnLayer } from './simple-rnn.ts'
import { sinePositionEncodingLayer } from './sine-position-encoding.ts'
import { standardizePerImageLayer } from './standardize-per-image.ts'
import { subtractLayer } from './subtract.ts'
import { timeDistributedAveragePooling2dLayer } from './time-distributed-average-pooling2d.ts'
import { timeDistributedConv2dLayer } from './time-distributed-conv2d.ts'
import { timeDistributedDenseLayer } from './time-distributed-dense.ts'
import { timeDistributedFlattenLayer } from './time-distributed-flatten.ts'
import { timeDistributedGlobalAveragePooling2dLayer } from './time-distributed-global-average-pooling2d.ts'
import { timeDistributedMaxPooling2dLayer } from './time-distributed-max-pooling2d.ts'
import { tokenAndPositionEmbeddingLayer } from './token-and-position-embedding.ts'
import { transformerDecoderLayer } from './transformer-decoder.ts'
import { transformerEncoderLayer } from './transformer-encoder.ts'
import { upSampling2dLayer } from './up-sampling2d.ts'
import { zeroPadding2dLayer } from './zero-padding2d.ts'

const catalogue = {
  // Input and output
  input: inputLayer,
  output: outputLayer,
  // Core
  dense: denseLayer,
  // Convolution
  conv2d: conv2dLayer,
  // Pooling
  maxPooling2d: maxPooling2dLayer,
  averagePooling2d: averagePooling2dLayer,
  globalAveragePooling2d: globalAveragePooling2dLayer,
  globalMaxPooling2d: globalMaxPooling2dLayer,
  // Normalization
  batchNormalization: batchNormalizationLayer,
  layerNormalization: layerNormalizationLayer,
  // Activation
  activation: activationLayer,
  // Regularization
  dropout: dropoutLayer,
  // Merge
  add: addLayer,
  subtract: subtractLayer,
  multiply: multiplyLayer,
  average: averageLayer,
  maximum: maximumLayer,
  concatenate: concatenateLayer,
  // Shape
  flatten: flattenLayer,
  reshape: reshapeLayer,
  zeroPadding2d: zeroPadding2dLayer,
  cropping2d: cropping2dLayer,
  upSampling2d: upSampling2dLayer,
  // Embedding
  embedding: embeddingLayer,
  tokenAndPositionEmbedding: tokenAndPositionEmbeddingLayer,
  positionEmbedding: positionEmbeddingLayer,
  sinePositionEncoding: sinePositionEncodingLayer,
  rotaryEmbedding: rotaryEmbeddingLayer,
  patchEmbedding: patchEmbeddingLayer,
  classToken: classTokenLayer,
  // Recurrent
  simpleRnn: simpleRnnLayer,
  lstm: lstmLayer,
  gru: gruLayer,
  bidirectionalSimpleRnn: bidirectionalSimpleRnnLayer,
  bidirectionalLstm: bidirectionalLstmLayer,
  bidirectionalGru: bidirectionalGruLayer,
  convLstm2d: convLstm2dLayer,
  timeDistributedDense: timeDistributedDenseLayer,
  timeDistributedConv2d: timeDistributedConv2dLayer,
  timeDistributedMaxPooling2d: timeDistributedMaxPooling2dLayer,
  timeDistributedAveragePooling2d: timeDistributedAveragePooling2dLayer,
  timeDistributedGlobalAveragePooling2d: timeDistributedGlobalAveragePooling2dLayer,
  timeDistributedFlatten: timeDistributedFlattenLayer,
  masking: maskingLayer,
  // Attention
  attention: attentionLayer,
  additiveAttention: additiveAttentionLayer,
  multiHeadAttention: multiHeadAttentionLayer,
  groupedQueryAttention: groupedQueryAttentionLayer,
  transformerEncoder: transformerEncoderLayer,
  transformerDecoder: transformerDecoderLayer,
  // Preprocessing
  rescaling: rescalingLayer,
  normalization: normalizationLayer,
  standardizePerImage: standardizePerImageLayer,
  grayscale: grayscaleLayer,
  centerCrop: centerCropLayer,
  categoryEncoding: categoryEncodingLayer,
  oneHot: oneHotLayer,
  discretization: discretizationLayer,
  // Augmentation
  randomFlip: randomFlipLayer,
  randomCrop: randomCropLayer,
  randomRotation: randomRotationLayer,
  randomTranslation: randomTranslationLayer,
  randomZoom: randomZoomLayer,
  randomShear: randomShearLayer,
  randomBrightness: randomBrightnessLayer,
  randomContrast: randomContrastLayer,
  randomSaturation: randomSaturationLayer,
  randomGrayscale: randomGrayscaleLayer,
  randomInvert: randomInvertLayer,
  randomErasing: randomErasingLayer,
  cutout: cutoutLayer,
  randomGaussianBlur: randomGaussianBlurLayer,
}

/** Every kind there is. Tables over kinds (exporters) are typed by it, so that none forgets a new one. */
export type LayerKind = keyof typeof catalogue

/** A definition whose parameters are known only at run time. */
export type AnyLayerDefinition = LayerDefinition

export const allLayerDefinitions: readonly AnyLayerDefinition[] = Object.values(catalogue)

const definitionByKind: ReadonlyMap<string, AnyLayerDefinition> = new Map(Object.entries(catalogue))

/** The definition of a kind; `undefined` when this version does not know it. */
export function layerDefinition(kind: string): AnyLayerDefinition | undefined {
  return definitionByKind.get(kind)
}
