import type ort from 'onnxruntime-node'
import type { ModelTensors } from '../../protocol.ts'
import { onnxRuntime } from './onnx-runtime.ts'

/**
 * Runs an ONNX file as any other program would: onnxruntime with its default options on the CPU. Inputs and outputs go
 * by their names in the file. Throws what onnxruntime throws.
 */
export async function runModelFile(
  file: string,
  inputs: ModelTensors,
): Promise<Record<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }>> {
  const session = await onnxRuntime.InferenceSession.create(file, {
    executionProviders: ['cpu'],
    logSeverityLevel: 3,
  })
  try {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, data }]) => [
        name,
        new onnxRuntime.Tensor('float32', data, [...shape]),
      ]),
    )
    const results = await session.run(feeds)
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, floats(name, tensor)]))
  } finally {
    await session.release()
  }
}

function floats(name: string, { dims, data }: ort.Tensor) {
  if (!(data instanceof Float32Array)) throw new Error(`the output ${name} is not of type float32`)
  return { shape: dims, data: Float32Array.from(data) }
}
