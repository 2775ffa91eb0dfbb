import { activationLayer } from './activation.ts'
import { adaptiveAveragePooling1dLayer } from './adaptive-average-pooling1d.ts'
import { adaptiveAveragePooling2dLayer } from './adaptive-average-pooling2d.ts'
import { adaptiveAveragePooling3dLayer } from './adaptive-average-pooling3d.ts'
import { adaptiveMaxPooling1dLayer } from './adaptive-max-pooling1d.ts'
import { adaptiveMaxPooling2dLayer } from './adaptive-max-pooling2d.ts'
import { adaptiveMaxPooling3dLayer } from './adaptive-max-pooling3d.ts'
import { addLayer } from './add.ts'
import { averageLayer } from './average.ts'
import { averagePooling1dLayer } from './average-pooling1d.ts'
import { averagePooling2dLayer } from './average-pooling2d.ts'
import { averagePooling3dLayer } from './average-pooling3d.ts'
import { batchNormalizationLayer } from './batch-normalization.ts'
import { bottleneckBlockLayer } from './bottleneck-block.ts'
import { concatenateLayer } from './concatenate.ts'
import { convNextBlockLayer } from './conv-next-block.ts'
import { conv1dLayer } from './conv1d.ts'
import { conv1dTransposeLayer } from './conv1d-transpose.ts'
import { conv2dLayer } from './conv2d.ts'
import { conv2dTransposeLayer } from './conv2d-transpose.ts'
import { conv3dLayer } from './conv3d.ts'
import { conv3dTransposeLayer } from './conv3d-transpose.ts'
import { cropping1dLayer } from './cropping1d.ts'
import { cropping2dLayer } from './cropping2d.ts'
import { cropping3dLayer } from './cropping3d.ts'
import type { LayerDefinition } from './define-layer.ts'
import { denseLayer } from './dense.ts'
import { denseBlockLayer } from './dense-block.ts'
import { depthwiseConv1dLayer } from './depthwise-conv1d.ts'
import { depthwiseConv2dLayer } from './depthwise-conv2d.ts'
import { dropoutLayer } from './dropout.ts'
import { expandDimensionsLayer } from './expand-dimensions.ts'
import { flattenLayer } from './flatten.ts'
import { globalAveragePooling1dLayer } from './global-average-pooling1d.ts'
import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { globalAveragePooling3dLayer } from './global-average-pooling3d.ts'
import { globalMaxPooling1dLayer } from './global-max-pooling1d.ts'
import { globalMaxPooling2dLayer } from './global-max-pooling2d.ts'
import { globalMaxPooling3dLayer } from './global-max-pooling3d.ts'
import { inceptionBlockLayer } from './inception-block.ts'
import { inputLayer } from './input.ts'
import { invertedResidualBlockLayer } from './inverted-residual-block.ts'
import { layerNormalizationLayer } from './layer-normalization.ts'
import { maxPooling1dLayer } from './max-pooling1d.ts'
import { maxPooling2dLayer } from './max-pooling2d.ts'
import { maxPooling3dLayer } from './max-pooling3d.ts'
import { maximumLayer } from './maximum.ts'
import { mlpBlockLayer } from './mlp-block.ts'
import { multiplyLayer } from './multiply.ts'
import { outputLayer } from './output.ts'
import { permuteLayer } from './permute.ts'
import { pixelShuffleLayer } from './pixel-shuffle.ts'
import { reflectionPadding1dLayer } from './reflection-padding1d.ts'
import { reflectionPadding2dLayer } from './reflection-padding2d.ts'
import { repeatVectorLayer } from './repeat-vector.ts'
import { replicationPadding2dLayer } from './replication-padding2d.ts'
import { reshapeLayer } from './reshape.ts'
import { residualBlockLayer } from './residual-block.ts'
import { resizingLayer } from './resizing.ts'
import { reverseLayer } from './reverse.ts'
import { separableConv1dLayer } from './separable-conv1d.ts'
import { separableConv2dLayer } from './separable-conv2d.ts'
import { sliceLayer } from './slice.ts'
import { spaceToDepthLayer } from './space-to-depth.ts'
import { squeezeLayer } from './squeeze.ts'
import { squeezeExciteLayer } from './squeeze-excite.ts'
import { subtractLayer } from './subtract.ts'
import { upSampling1dLayer } from './up-sampling1d.ts'
import { upSampling2dLayer } from './up-sampling2d.ts'
import { upSampling3dLayer } from './up-sampling3d.ts'
import { zeroPadding1dLayer } from './zero-padding1d.ts'
import { zeroPadding2dLayer } from './zero-padding2d.ts'
import { zeroPadding3dLayer } from './zero-padding3d.ts'

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
  conv1d: conv1dLayer,
  conv3d: conv3dLayer,
  conv1dTranspose: conv1dTransposeLayer,
  conv2dTranspose: conv2dTransposeLayer,
  conv3dTranspose: conv3dTransposeLayer,
  depthwiseConv1d: depthwiseConv1dLayer,
  depthwiseConv2d: depthwiseConv2dLayer,
  separableConv1d: separableConv1dLayer,
  separableConv2d: separableConv2dLayer,
  maxPooling1d: maxPooling1dLayer,
  maxPooling3d: maxPooling3dLayer,
  averagePooling1d: averagePooling1dLayer,
  averagePooling3d: averagePooling3dLayer,
  globalMaxPooling1d: globalMaxPooling1dLayer,
  globalMaxPooling3d: globalMaxPooling3dLayer,
  globalAveragePooling1d: globalAveragePooling1dLayer,
  globalAveragePooling3d: globalAveragePooling3dLayer,
  adaptiveAveragePooling1d: adaptiveAveragePooling1dLayer,
  adaptiveAveragePooling2d: adaptiveAveragePooling2dLayer,
  adaptiveAveragePooling3d: adaptiveAveragePooling3dLayer,
  adaptiveMaxPooling1d: adaptiveMaxPooling1dLayer,
  adaptiveMaxPooling2d: adaptiveMaxPooling2dLayer,
  adaptiveMaxPooling3d: adaptiveMaxPooling3dLayer,
  zeroPadding1d: zeroPadding1dLayer,
  zeroPadding3d: zeroPadding3dLayer,
  reflectionPadding1d: reflectionPadding1dLayer,
  reflectionPadding2d: reflectionPadding2dLayer,
  replicationPadding2d: replicationPadding2dLayer,
  cropping1d: cropping1dLayer,
  cropping3d: cropping3dLayer,
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
  squeezeExcite: squeezeExciteLayer,
  residualBlock: residualBlockLayer,
  bottleneckBlock: bottleneckBlockLayer,
  invertedResidualBlock: invertedResidualBlockLayer,
  denseBlock: denseBlockLayer,
  inceptionBlock: inceptionBlockLayer,
  convNextBlock: convNextBlockLayer,
  mlpBlock: mlpBlockLayer,
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
