import { absoluteLayer } from './absolute.ts'
import { activationLayer } from './activation.ts'
import { activityRegularizationLayer } from './activity-regularization.ts'
import { addLayer } from './add.ts'
import { addConstantLayer } from './add-constant.ts'
import { alphaDropoutLayer } from './alpha-dropout.ts'
import { argMaxLayer } from './arg-max.ts'
import { averageLayer } from './average.ts'
import { averagePooling2dLayer } from './average-pooling2d.ts'
import { batchNormalizationLayer } from './batch-normalization.ts'
import { clipLayer } from './clip.ts'
import { concatenateLayer } from './concatenate.ts'
import { conv2dLayer } from './conv2d.ts'
import { cosineLayer } from './cosine.ts'
import { cropping2dLayer } from './cropping2d.ts'
import { cumulativeSumLayer } from './cumulative-sum.ts'
import type { LayerDefinition } from './define-layer.ts'
import { denseLayer } from './dense.ts'
import { divideLayer } from './divide.ts'
import { dotLayer } from './dot.ts'
import { dropoutLayer } from './dropout.ts'
import { eluLayer } from './elu.ts'
import { exponentialLayer } from './exponential.ts'
import { expressionLayer } from './expression.ts'
import { flattenLayer } from './flatten.ts'
import { gaussianDropoutLayer } from './gaussian-dropout.ts'
import { gaussianNoiseLayer } from './gaussian-noise.ts'
import { geGluLayer } from './ge-glu.ts'
import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { globalMaxPooling2dLayer } from './global-max-pooling2d.ts'
import { gluLayer } from './glu.ts'
import { groupNormalizationLayer } from './group-normalization.ts'
import { inputLayer } from './input.ts'
import { instanceNormalizationLayer } from './instance-normalization.ts'
import { l2DistanceLayer } from './l2-distance.ts'
import { layerNormalizationLayer } from './layer-normalization.ts'
import { leakyReluLayer } from './leaky-relu.ts'
import { localResponseNormalizationLayer } from './local-response-normalization.ts'
import { logarithmLayer } from './logarithm.ts'
import { matrixMultiplyLayer } from './matrix-multiply.ts'
import { maxPooling2dLayer } from './max-pooling2d.ts'
import { maximumLayer } from './maximum.ts'
import { maxoutLayer } from './maxout.ts'
import { minimumLayer } from './minimum.ts'
import { multiplyLayer } from './multiply.ts'
import { multiplyByLayer } from './multiply-by.ts'
import { negateLayer } from './negate.ts'
import { outputLayer } from './output.ts'
import { powerLayer } from './power.ts'
import { preluLayer } from './prelu.ts'
import { reciprocalLayer } from './reciprocal.ts'
import { reduceMaximumLayer } from './reduce-maximum.ts'
import { reduceMeanLayer } from './reduce-mean.ts'
import { reduceMinimumLayer } from './reduce-minimum.ts'
import { reduceSumLayer } from './reduce-sum.ts'
import { reluLayer } from './relu.ts'
import { reshapeLayer } from './reshape.ts'
import { rmsNormalizationLayer } from './rms-normalization.ts'
import { roundLayer } from './round.ts'
import { scaleLayer } from './scale.ts'
import { sineLayer } from './sine.ts'
import { softmaxLayer } from './softmax.ts'
import { spatialDropout1dLayer } from './spatial-dropout1d.ts'
import { spatialDropout2dLayer } from './spatial-dropout2d.ts'
import { spatialDropout3dLayer } from './spatial-dropout3d.ts'
import { spectralConv2dLayer } from './spectral-conv2d.ts'
import { spectralDenseLayer } from './spectral-dense.ts'
import { squareRootLayer } from './square-root.ts'
import { stackLayer } from './stack.ts'
import { stochasticDepthLayer } from './stochastic-depth.ts'
import { subtractLayer } from './subtract.ts'
import { swiGluLayer } from './swi-glu.ts'
import { thresholdedReluLayer } from './thresholded-relu.ts'
import { unitNormalizationLayer } from './unit-normalization.ts'
import { upSampling2dLayer } from './up-sampling2d.ts'
import { weightedAddLayer } from './weighted-add.ts'
import { zeroPadding2dLayer } from './zero-padding2d.ts'

/** The only list of layer kinds, in the order people see them. A new kind is one file and one line here. */
const catalogue = {
  input: inputLayer,
  output: outputLayer,
  dense: denseLayer,
  conv2d: conv2dLayer,
  maxPooling2d: maxPooling2dLayer,
  averagePooling2d: averagePooling2dLayer,
  globalAveragePooling2d: globalAveragePooling2dLayer,
  globalMaxPooling2d: globalMaxPooling2dLayer,
  batchNormalization: batchNormalizationLayer,
  layerNormalization: layerNormalizationLayer,
  activation: activationLayer,
  dropout: dropoutLayer,
  add: addLayer,
  subtract: subtractLayer,
  multiply: multiplyLayer,
  average: averageLayer,
  maximum: maximumLayer,
  concatenate: concatenateLayer,
  flatten: flattenLayer,
  reshape: reshapeLayer,
  zeroPadding2d: zeroPadding2dLayer,
  cropping2d: cropping2dLayer,
  upSampling2d: upSampling2dLayer,
  relu: reluLayer,
  leakyRelu: leakyReluLayer,
  prelu: preluLayer,
  elu: eluLayer,
  thresholdedRelu: thresholdedReluLayer,
  softmax: softmaxLayer,
  glu: gluLayer,
  swiGlu: swiGluLayer,
  geGlu: geGluLayer,
  maxout: maxoutLayer,
  groupNormalization: groupNormalizationLayer,
  instanceNormalization: instanceNormalizationLayer,
  rmsNormalization: rmsNormalizationLayer,
  unitNormalization: unitNormalizationLayer,
  localResponseNormalization: localResponseNormalizationLayer,
  spectralDense: spectralDenseLayer,
  spectralConv2d: spectralConv2dLayer,
  spatialDropout1d: spatialDropout1dLayer,
  spatialDropout2d: spatialDropout2dLayer,
  spatialDropout3d: spatialDropout3dLayer,
  gaussianNoise: gaussianNoiseLayer,
  gaussianDropout: gaussianDropoutLayer,
  alphaDropout: alphaDropoutLayer,
  stochasticDepth: stochasticDepthLayer,
  activityRegularization: activityRegularizationLayer,
  minimum: minimumLayer,
  divide: divideLayer,
  dot: dotLayer,
  matrixMultiply: matrixMultiplyLayer,
  stack: stackLayer,
  weightedAdd: weightedAddLayer,
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
