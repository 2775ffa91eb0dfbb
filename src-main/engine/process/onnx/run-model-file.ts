import type ort from 'onnxruntime-node'
import { stateNames } from '../../../../src-core/training/carried-states.ts'
import type { ModelTensors } from '../../protocol.ts'
import { onnxRuntime } from './onnx-runtime.ts'

/**
 * Runs an ONNX file as any other program would: onnxruntime with its default options on the CPU. Inputs and outputs go
 * by their names in the file. The states of stateful layers that are not given are zeros, one row for each of the other
 * inputs. Throws what onnxruntime throws.
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
    const given = Object.entries(inputs).map(([name, { shape, data }]): [string, ort.Tensor] => [
      name,
      new onnxRuntime.Tensor('float32', data, [...shape]),
    ])
    const [[, first] = []] = given
    const states = statesNotGiven(session, inputs, first?.dims[0] ?? 1)
    const results = await session.run(Object.fromEntries([...given, ...states]))
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, floats(name, tensor)]))
  } finally {
    await session.release()
  }
}

function statesNotGiven(
  { inputMetadata }: ort.InferenceSession,
  inputs: ModelTensors,
  rows: number,
): [string, ort.Tensor][] {
  return inputMetadata.flatMap((input): [string, ort.Tensor][] => {
    if (!input.isTensor || !input.name.startsWith(`${stateNames.input}/`) || input.name in inputs) return []
    // The batch is the only axis that is open.
    const shape = input.shape.map((size) => (typeof size === 'number' && size > 0 ? size : rows))
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1))
    return [[input.name, new onnxRuntime.Tensor('float32', data, shape)]]
  })
}

function floats(name: string, { dims, data }: ort.Tensor) {
  if (!(data instanceof Float32Array)) throw new Error(`the output ${name} is not of type float32`)
  return { shape: dims, data: Float32Array.from(data) }
}
