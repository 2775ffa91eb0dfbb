import { absoluteLayer } from './absolute.ts'
import { activationLayer } from './activation.ts'
import { activityRegularizationLayer } from './activity-regularization.ts'
import { adaptiveAveragePooling1dLayer } from './adaptive-average-pooling1d.ts'
import { adaptiveAveragePooling2dLayer } from './adaptive-average-pooling2d.ts'
import { adaptiveAveragePooling3dLayer } from './adaptive-average-pooling3d.ts'
import { adaptiveMaxPooling1dLayer } from './adaptive-max-pooling1d.ts'
import { adaptiveMaxPooling2dLayer } from './adaptive-max-pooling2d.ts'
import { adaptiveMaxPooling3dLayer } from './adaptive-max-pooling3d.ts'
import { addLayer } from './add.ts'
import { addConstantLayer } from './add-constant.ts'
import { additiveAttentionLayer } from './additive-attention.ts'
import { adversarialPairLayer } from './adversarial-pair.ts'
import { alphaDropoutLayer } from './alpha-dropout.ts'
import { argMaxLayer } from './arg-max.ts'
import { attentionLayer } from './attention.ts'
import { autoContrastLayer } from './auto-contrast.ts'
import { averageLayer } from './average.ts'
import { averagePooling1dLayer } from './average-pooling1d.ts'
import { averagePooling2dLayer } from './average-pooling2d.ts'
import { averagePooling3dLayer } from './average-pooling3d.ts'
import { batchNormalizationLayer } from './batch-normalization.ts'
import { bidirectionalGruLayer } from './bidirectional-gru.ts'
import { bidirectionalLstmLayer } from './bidirectional-lstm.ts'
import { bidirectionalSimpleRnnLayer } from './bidirectional-simple-rnn.ts'
import { bottleneckBlockLayer } from './bottleneck-block.ts'
import { categoryEncodingLayer } from './category-encoding.ts'
import { centerCropLayer } from './center-crop.ts'
import { classTokenLayer } from './class-token.ts'
import { clipLayer } from './clip.ts'
import { concatenateLayer } from './concatenate.ts'
import { convLstm2dLayer } from './conv-lstm2d.ts'
import { convNextBlockLayer } from './conv-next-block.ts'
import { conv1dLayer } from './conv1d.ts'
import { conv1dTransposeLayer } from './conv1d-transpose.ts'
import { conv2dLayer } from './conv2d.ts'
import { conv2dTransposeLayer } from './conv2d-transpose.ts'
import { conv3dLayer } from './conv3d.ts'
import { conv3dTransposeLayer } from './conv3d-transpose.ts'
import { cosineLayer } from './cosine.ts'
import { cropping1dLayer } from './cropping1d.ts'
import { cropping2dLayer } from './cropping2d.ts'
import { cropping3dLayer } from './cropping3d.ts'
import { cumulativeSumLayer } from './cumulative-sum.ts'
import { cutoutLayer } from './cutout.ts'
import type { LayerDefinition } from './define-layer.ts'
import { denseLayer } from './dense.ts'
import { denseBlockLayer } from './dense-block.ts'
import { depthwiseConv1dLayer } from './depthwise-conv1d.ts'
import { depthwiseConv2dLayer } from './depthwise-conv2d.ts'
import { discretizationLayer } from './discretization.ts'
import { divideLayer } from './divide.ts'
import { dotLayer } from './dot.ts'
import { dropoutLayer } from './dropout.ts'
import { eluLayer } from './elu.ts'
import { embeddingLayer } from './embedding.ts'
import { expandDimensionsLayer } from './expand-dimensions.ts'
import { exponentialLayer } from './exponential.ts'
import { expressionLayer } from './expression.ts'
import { flattenLayer } from './flatten.ts'
import { gaussianDropoutLayer } from './gaussian-dropout.ts'
import { gaussianNoiseLayer } from './gaussian-noise.ts'
import { gaussianSamplingLayer } from './gaussian-sampling.ts'
import { geGluLayer } from './ge-glu.ts'
import { globalAveragePooling1dLayer } from './global-average-pooling1d.ts'
import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { globalAveragePooling3dLayer } from './global-average-pooling3d.ts'
import { globalMaxPooling1dLayer } from './global-max-pooling1d.ts'
import { globalMaxPooling2dLayer } from './global-max-pooling2d.ts'
import { globalMaxPooling3dLayer } from './global-max-pooling3d.ts'
import { gluLayer } from './glu.ts'
import { grayscaleLayer } from './grayscale.ts'
import { groupNormalizationLayer } from './group-normalization.ts'
import { groupedQueryAttentionLayer } from './grouped-query-attention.ts'
import { gruLayer } from './gru.ts'
import { inceptionBlockLayer } from './inception-block.ts'
import { inputLayer } from './input.ts'
import { instanceNormalizationLayer } from './instance-normalization.ts'
import { invertedResidualBlockLayer } from './inverted-residual-block.ts'
import { l2DistanceLayer } from './l2-distance.ts'
import { layerNormalizationLayer } from './layer-normalization.ts'
import { leakyReluLayer } from './leaky-relu.ts'
import { localResponseNormalizationLayer } from './local-response-normalization.ts'
import { logarithmLayer } from './logarithm.ts'
import { lstmLayer } from './lstm.ts'
import { maskingLayer } from './masking.ts'
import { matrixMultiplyLayer } from './matrix-multiply.ts'
import { maxPooling1dLayer } from './max-pooling1d.ts'
import { maxPooling2dLayer } from './max-pooling2d.ts'
import { maxPooling3dLayer } from './max-pooling3d.ts'
import { maximumLayer } from './maximum.ts'
import { maxoutLayer } from './maxout.ts'
import { minimumLayer } from './minimum.ts'
import { mlpBlockLayer } from './mlp-block.ts'
import { multiHeadAttentionLayer } from './multi-head-attention.ts'
import { multiplyLayer } from './multiply.ts'
import { multiplyByLayer } from './multiply-by.ts'
import { negateLayer } from './negate.ts'
import { noiseLayer } from './noise.ts'
import { normalizationLayer } from './normalization.ts'
import { oneHotLayer } from './one-hot.ts'
import { outputLayer } from './output.ts'
import { patchEmbeddingLayer } from './patch-embedding.ts'
import { permuteLayer } from './permute.ts'
import { pixelShuffleLayer } from './pixel-shuffle.ts'
import { positionEmbeddingLayer } from './position-embedding.ts'
import { powerLayer } from './power.ts'
import { preluLayer } from './prelu.ts'
import { randomBrightnessLayer } from './random-brightness.ts'
import { randomColorJitterLayer } from './random-color-jitter.ts'
import { randomContrastLayer } from './random-contrast.ts'
import { randomCropLayer } from './random-crop.ts'
import { randomErasingLayer } from './random-erasing.ts'
import { randomFlipLayer } from './random-flip.ts'
import { randomGaussianBlurLayer } from './random-gaussian-blur.ts'
import { randomGrayscaleLayer } from './random-grayscale.ts'
import { randomHueLayer } from './random-hue.ts'
import { randomInvertLayer } from './random-invert.ts'
import { randomPosterizationLayer } from './random-posterization.ts'
import { randomRotationLayer } from './random-rotation.ts'
import { randomSaturationLayer } from './random-saturation.ts'
import { randomSharpnessLayer } from './random-sharpness.ts'
import { randomShearLayer } from './random-shear.ts'
import { randomTranslationLayer } from './random-translation.ts'
import { randomZoomLayer } from './random-zoom.ts'
import { reciprocalLayer } from './reciprocal.ts'
import { reduceMaximumLayer } from './reduce-maximum.ts'
import { reduceMeanLayer } from './reduce-mean.ts'
import { reduceMinimumLayer } from './reduce-minimum.ts'
import { reduceSumLayer } from './reduce-sum.ts'
import { reflectionPadding1dLayer } from './reflection-padding1d.ts'
import { reflectionPadding2dLayer } from './reflection-padding2d.ts'
import { reluLayer } from './relu.ts'
import { repeatVectorLayer } from './repeat-vector.ts'
import { replicationPadding2dLayer } from './replication-padding2d.ts'
import { rescalingLayer } from './rescaling.ts'
import { reshapeLayer } from './reshape.ts'
import { residualBlockLayer } from './residual-block.ts'
import { resizingLayer } from './resizing.ts'
import { reverseLayer } from './reverse.ts'
import { rmsNormalizationLayer } from './rms-normalization.ts'
import { rotaryEmbeddingLayer } from './rotary-embedding.ts'
import { roundLayer } from './round.ts'
import { scaleLayer } from './scale.ts'
import { separableConv1dLayer } from './separable-conv1d.ts'
import { separableConv2dLayer } from './separable-conv2d.ts'
import { simpleRnnLayer } from './simple-rnn.ts'
import { sineLayer } from './sine.ts'
import { sinePositionEncodingLayer } from './sine-position-encoding.ts'
import { sliceLayer } from './slice.ts'
import { softmaxLayer } from './softmax.ts'
import { solarizationLayer } from './solarization.ts'
import { spaceToDepthLayer } from './space-to-depth.ts'
import { spatialDropout1dLayer } from './spatial-dropout1d.ts'
import { spatialDropout2dLayer } from './spatial-dropout2d.ts'
import { spatialDropout3dLayer } from './spatial-dropout3d.ts'
import { spectralConv1dLayer } from './spectral-conv1d.ts'
import { spectralConv2dLayer } from './spectral-conv2d.ts'
import { spectralConv3dLayer } from './spectral-conv3d.ts'
import { spectralDenseLayer } from './spectral-dense.ts'
import { squareRootLayer } from './square-root.ts'
import { squeezeLayer } from './squeeze.ts'
import { squeezeExciteLayer } from './squeeze-excite.ts'
import { stackLayer } from './stack.ts'
import { standardizePerImageLayer } from './standardize-per-image.ts'
import { stochasticDepthLayer } from './stochastic-depth.ts'
import { subtractLayer } from './subtract.ts'
import { swiGluLayer } from './swi-glu.ts'
import { thresholdedReluLayer } from './thresholded-relu.ts'
import { timeDistributedAveragePooling2dLayer } from './time-distributed-average-pooling2d.ts'
import { timeDistributedConv2dLayer } from './time-distributed-conv2d.ts'
import { timeDistributedDenseLayer } from './time-distributed-dense.ts'
import { timeDistributedFlattenLayer } from './time-distributed-flatten.ts'
import { timeDistributedGlobalAveragePooling2dLayer } from './time-distributed-global-average-pooling2d.ts'
import { timeDistributedMaxPooling2dLayer } from './time-distributed-max-pooling2d.ts'
import { tokenAndPositionEmbeddingLayer } from './token-and-position-embedding.ts'
import { transformerDecoderLayer } from './transformer-decoder.ts'
import { transformerEncoderLayer } from './transformer-encoder.ts'
import { unitNormalizationLayer } from './unit-normalization.ts'
import { upSampling1dLayer } from './up-sampling1d.ts'
import { upSampling2dLayer } from './up-sampling2d.ts'
import { upSampling3dLayer } from './up-sampling3d.ts'
import { weightedAddLayer } from './weighted-add.ts'
import { zeroPadding1dLayer } from './zero-padding1d.ts'
import { zeroPadding2dLayer } from './zero-padding2d.ts'
import { zeroPadding3dLayer } from './zero-padding3d.ts'

const catalogue = {
  // Input and output
  input: inputLayer,
  output: outputLayer,
  noise: noiseLayer,
  adversarialPair: adversarialPairLayer,
  // Core
  dense: denseLayer,
  // Convolution
  conv2d: conv2dLayer,
  conv1d: conv1dLayer,
  conv3d: conv3dLayer,
  conv2dTranspose: conv2dTransposeLayer,
  conv1dTranspose: conv1dTransposeLayer,
  conv3dTranspose: conv3dTransposeLayer,
  depthwiseConv2d: depthwiseConv2dLayer,
  depthwiseConv1d: depthwiseConv1dLayer,
  separableConv2d: separableConv2dLayer,
  separableConv1d: separableConv1dLayer,
  // Pooling
  maxPooling2d: maxPooling2dLayer,
  maxPooling1d: maxPooling1dLayer,
  maxPooling3d: maxPooling3dLayer,
  averagePooling2d: averagePooling2dLayer,
  averagePooling1d: averagePooling1dLayer,
  averagePooling3d: averagePooling3dLayer,
  globalAveragePooling2d: globalAveragePooling2dLayer,
  globalAveragePooling1d: globalAveragePooling1dLayer,
  globalAveragePooling3d: globalAveragePooling3dLayer,
  globalMaxPooling2d: globalMaxPooling2dLayer,
  globalMaxPooling1d: globalMaxPooling1dLayer,
  globalMaxPooling3d: globalMaxPooling3dLayer,
  adaptiveAveragePooling2d: adaptiveAveragePooling2dLayer,
  adaptiveAveragePooling1d: adaptiveAveragePooling1dLayer,
  adaptiveAveragePooling3d: adaptiveAveragePooling3dLayer,
  adaptiveMaxPooling2d: adaptiveMaxPooling2dLayer,
  adaptiveMaxPooling1d: adaptiveMaxPooling1dLayer,
  adaptiveMaxPooling3d: adaptiveMaxPooling3dLayer,
  // Normalization
  batchNormalization: batchNormalizationLayer,
  layerNormalization: layerNormalizationLayer,
  groupNormalization: groupNormalizationLayer,
  instanceNormalization: instanceNormalizationLayer,
  rmsNormalization: rmsNormalizationLayer,
  unitNormalization: unitNormalizationLayer,
  localResponseNormalization: localResponseNormalizationLayer,
  spectralDense: spectralDenseLayer,
  spectralConv2d: spectralConv2dLayer,
  spectralConv1d: spectralConv1dLayer,
  spectralConv3d: spectralConv3dLayer,
  // Activation
  activation: activationLayer,
  relu: reluLayer,
  leakyRelu: leakyReluLayer,
  prelu: preluLayer,
  elu: eluLayer,
  thresholdedRelu: thresholdedReluLayer,
  softmax: softmaxLayer,
  maxout: maxoutLayer,
  glu: gluLayer,
  swiGlu: swiGluLayer,
  geGlu: geGluLayer,
  // Regularization
  activityRegularization: activityRegularizationLayer,
  dropout: dropoutLayer,
  spatialDropout2d: spatialDropout2dLayer,
  spatialDropout1d: spatialDropout1dLayer,
  spatialDropout3d: spatialDropout3dLayer,
  gaussianNoise: gaussianNoiseLayer,
  gaussianDropout: gaussianDropoutLayer,
  alphaDropout: alphaDropoutLayer,
  stochasticDepth: stochasticDepthLayer,
  gaussianSampling: gaussianSamplingLayer,
  // Merge
  add: addLayer,
  subtract: subtractLayer,
  multiply: multiplyLayer,
  average: averageLayer,
  maximum: maximumLayer,
  concatenate: concatenateLayer,
  minimum: minimumLayer,
  divide: divideLayer,
  dot: dotLayer,
  matrixMultiply: matrixMultiplyLayer,
  stack: stackLayer,
  weightedAdd: weightedAddLayer,
  // Shape
  flatten: flattenLayer,
  reshape: reshapeLayer,
  cropping2d: cropping2dLayer,
  cropping1d: cropping1dLayer,
  cropping3d: cropping3dLayer,
  upSampling2d: upSampling2dLayer,
  upSampling1d: upSampling1dLayer,
  upSampling3d: upSampling3dLayer,
  resizing: resizingLayer,
  pixelShuffle: pixelShuffleLayer,
  spaceToDepth: spaceToDepthLayer,
  permute: permuteLayer,
  repeatVector: repeatVectorLayer,
  expandDimensions: expandDimensionsLayer,
  squeeze: squeezeLayer,
  slice: sliceLayer,
  reverse: reverseLayer,
  zeroPadding2d: zeroPadding2dLayer,
  zeroPadding1d: zeroPadding1dLayer,
  zeroPadding3d: zeroPadding3dLayer,
  reflectionPadding2d: reflectionPadding2dLayer,
  reflectionPadding1d: reflectionPadding1dLayer,
  replicationPadding2d: replicationPadding2dLayer,
  // Mathematics
  scale: scaleLayer,
  multiplyBy: multiplyByLayer,
  addConstant: addConstantLayer,
  clip: clipLayer,
  power: powerLayer,
  squareRoot: squareRootLayer,
  absolute: absoluteLayer,
  exponential: exponentialLayer,
  logarithm: logarithmLayer,
  negate: negateLayer,
  reciprocal: reciprocalLayer,
  sine: sineLayer,
  cosine: cosineLayer,
  round: roundLayer,
  reduceSum: reduceSumLayer,
  reduceMean: reduceMeanLayer,
  reduceMaximum: reduceMaximumLayer,
  reduceMinimum: reduceMinimumLayer,
  cumulativeSum: cumulativeSumLayer,
  l2Distance: l2DistanceLayer,
  argMax: argMaxLayer,
  expression: expressionLayer,
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
  // Block
  squeezeExcite: squeezeExciteLayer,
  residualBlock: residualBlockLayer,
  bottleneckBlock: bottleneckBlockLayer,
  invertedResidualBlock: invertedResidualBlockLayer,
  denseBlock: denseBlockLayer,
  inceptionBlock: inceptionBlockLayer,
  convNextBlock: convNextBlockLayer,
  mlpBlock: mlpBlockLayer,
  // Preprocessing
  rescaling: rescalingLayer,
  normalization: normalizationLayer,
  standardizePerImage: standardizePerImageLayer,
  autoContrast: autoContrastLayer,
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
  randomHue: randomHueLayer,
  randomColorJitter: randomColorJitterLayer,
  randomGrayscale: randomGrayscaleLayer,
  randomInvert: randomInvertLayer,
  randomPosterization: randomPosterizationLayer,
  solarization: solarizationLayer,
  randomErasing: randomErasingLayer,
  cutout: cutoutLayer,
  randomGaussianBlur: randomGaussianBlurLayer,
  randomSharpness: randomSharpnessLayer,
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
