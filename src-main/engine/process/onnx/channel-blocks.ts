import { blockedDomain } from '../../../../src-core/tensor-graph/blocked-operators.ts'
import { serialiseOnnx } from '../../../../src-core/tensor-graph/onnx-serialisation.ts'
import { onnxRuntime } from './onnx-runtime.ts'

const channels = 64

let known: Promise<number> | undefined

/**
 * Channels in a block of onnxruntime's blocked convolutions on this processor: 8 or 16; 0 where it has none.
 * onnxruntime does not tell, so a small picture is put in blocks to see where its second column goes.
 */
export function channelBlock(): Promise<number> {
  known ??= findBlock()
  return known
}

async function findBlock(): Promise<number> {
  const shape = [1, channels, 1, 2]
  const image = { name: 'image', dtype: 'float32', shape } as const
  const blocks = { name: 'blocks', dtype: 'float32', shape } as const
  const node = { name: 'reorder', operator: 'ReorderInput', domain: blockedDomain, attributes: {} }
  const graph = {
    name: 'blocks',
    inputs: [image],
    constants: [],
    nodes: [{ ...node, inputs: [image], outputs: [blocks] }],
    outputs: [{ name: 'result', value: blocks }],
  }
  try {
    const session = await onnxRuntime.InferenceSession.create(serialiseOnnx(graph), {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
    })
    const data = Float32Array.from({ length: 2 * channels }, (_, index) => index)
    const { result } = await session.run({ image: new onnxRuntime.Tensor('float32', data, shape) })
    await session.release()
    // The first channel's second column follows its first one in the plain order, and a whole block in the other.
    const place = result?.data instanceof Float32Array ? result.data.indexOf(1) : 0
    return place > 1 ? place : 0
  } catch {
    // An onnxruntime without these operators: the plain ones do.
    return 0
  }
}
