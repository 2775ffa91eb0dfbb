import type { AttributeType } from './operators/define-operator.ts'

/**
 * onnxruntime's operators over images with blocked channels: [batch, channels / block, height, width, block] in
 * memory. The shape they state is still [batch, channels, height, width]. They are no part of a model: an engine may
 * put them in the place of others (src-main/engine/process/onnx/blocked-layout.ts).
 * Source: onnxruntime, core/graph/contrib_ops/nchwc_schema_defs.cc.
 */
export const blockedDomain = 'com.microsoft.nchwc'

/** Types of the attributes of the operators that are used. */
export const blockedAttributes: Readonly<Record<string, Readonly<Record<string, AttributeType>>>> = {
  ReorderInput: {},
  ReorderOutput: { channels: 'int' },
  Conv: { strides: 'ints', dilations: 'ints', pads: 'ints', activation: 'string' },
  MaxPool: { kernel_shape: 'ints', strides: 'ints', dilations: 'ints', pads: 'ints' },
}
