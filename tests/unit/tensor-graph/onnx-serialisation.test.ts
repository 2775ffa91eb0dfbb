import ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import { serialiseOnnx } from '../../../src-core/tensor-graph/onnx-serialisation.ts'
import { openOnnx, runOnnx } from '../../support/run-onnx.ts'

/** y = relu(x · w + b) with a Reshape that copies the batch axis. */
function denseGraph(batch: number) {
  const builder = new GraphBuilder('dense')
  const x = builder.input('x', 'float32', [batch, 2, 2])
  const w = builder.constant(
    'float32',
    [4, 3],
    Float32Array.from({ length: 12 }, (_, index) => index - 5),
    'w',
  )
  const b = builder.constant('float32', [3], Float32Array.of(1, 2, 3), 'b')
  const flat = builder.apply('Reshape', [x, builder.integers([0, -1])])
  builder.output('y', builder.apply('Relu', [builder.apply('Gemm', [flat, w, b])]))
  return builder.build()
}

function contains(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).includes(text)
}

describe('serialiseOnnx', () => {
  it('writes a model that onnxruntime loads and runs', async () => {
    const { y } = await runOnnx(denseGraph(1), { x: Float32Array.of(1, 0, 0, 2) })
    expect(y).toEqual({ dtype: 'float32', shape: [1, 3], data: Float32Array.of(4, 8, 12) })
  })

  it('leaves the batch axis open when asked to', async () => {
    const session = await openOnnx(denseGraph(1), {}, { dynamicBatch: true })
    for (const batch of [1, 2, 7]) {
      const x = Float32Array.from(new Array(batch).fill([1, 0, 0, 2]).flat())
      const { y } = await session.run({ x }, { x: [batch, 2, 2] })
      expect(y?.shape).toEqual([batch, 3])
      expect(y?.data).toEqual(Float32Array.from(new Array(batch).fill([4, 8, 12]).flat()))
    }
    await session.release()
  })

  it('refuses another batch size when not asked to', async () => {
    const session = await openOnnx(denseGraph(1))
    await expect(session.run({ x: new Float32Array(8) }, { x: [2, 2, 2] })).rejects.toThrow(/dimensions/)
    await session.release()
  })

  it('keeps constants of every type exactly', async () => {
    const builder = new GraphBuilder('constants')
    const data = {
      float32: Float32Array.of(-0.1, 1e-38, 3),
      int64: BigInt64Array.of(-(2n ** 40n), 0n, 7n),
      int32: Int32Array.of(-5, 0, 2 ** 31 - 1),
      uint8: Uint8Array.of(0, 255, 3),
      bool: Uint8Array.of(0, 1, 1),
    }
    for (const dtype of ['float32', 'int64', 'int32', 'uint8', 'bool'] as const) {
      const value = builder.constant(dtype, [3], data[dtype], dtype)
      builder.output(`out-${dtype}`, builder.apply('Identity', [value]))
    }
    const results = await runOnnx(builder.build(), {})
    for (const [dtype, expected] of Object.entries(data))
      expect(results[`out-${dtype}`]?.data).toEqual(expected)
  })

  it('copies a view of a larger buffer from the right place', async () => {
    const builder = new GraphBuilder('view')
    const whole = Float32Array.of(1, 2, 3, 4, 5)
    builder.output('y', builder.apply('Neg', [builder.constant('float32', [2], whole.subarray(2, 4))]))
    const { y } = await runOnnx(builder.build(), {})
    expect(y?.data).toEqual(Float32Array.of(-3, -4))
  })

  it('writes attributes of every type', async () => {
    const builder = new GraphBuilder('attributes')
    const x = builder.input('x', 'float32', [1, 1, 2, 2])
    const pooled = builder.apply('MaxPool', [x], { kernel_shape: [2, 2], auto_pad: 'VALID' })
    const leaky = builder.apply('LeakyRelu', [pooled], { alpha: 0.5 })
    const filled = builder.apply('ConstantOfShape', [builder.integers([1])], { value: 2.5 })
    builder.output(
      'y',
      builder.apply(
        'Concat',
        [
          builder.apply('Flatten', [leaky], { axis: 0 }),
          builder.apply('Reshape', [filled, builder.integers([1, 1])]),
        ],
        { axis: -1 },
      ),
    )
    const { y } = await runOnnx(builder.build(), { x: Float32Array.of(-4, -3, -2, -1) })
    expect(y?.data).toEqual(Float32Array.of(-0.5, 2.5))
  })

  it('gives outputs their public names, also when one value has two or is an input or a constant', async () => {
    const builder = new GraphBuilder('names')
    const x = builder.input('x', 'float32', [2])
    const doubled = builder.apply('Add', [x, x])
    builder.output('Add_out', builder.apply('Neg', [doubled]))
    builder.output('first', doubled)
    builder.output('second', doubled)
    builder.output('same', x)
    builder.output('constant', builder.constant('float32', [1], Float32Array.of(9)))
    const results = await runOnnx(builder.build(), { x: Float32Array.of(1, 2) })
    expect(
      Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)])),
    ).toEqual({
      Add_out: [-2, -4],
      first: [2, 4],
      second: [2, 4],
      same: [1, 2],
      constant: [9],
    })
  })

  it('refuses an output that is called like an input of its graph', () => {
    const builder = new GraphBuilder('clash')
    const x = builder.input('x', 'float32', [2])
    builder.output('x', builder.apply('Neg', [x]))
    expect(() => serialiseOnnx(builder.build())).toThrow('"x" is the name of both an input and an output')
  })

  it('imports com.microsoft only when an operator of it is used', async () => {
    expect(contains(serialiseOnnx(denseGraph(1)), 'com.microsoft')).toBe(false)
    const builder = new GraphBuilder('fused')
    const x = builder.input('x', 'float32', [2, 1, 3])
    builder.output('y', builder.apply('FusedMatMul', [x, x], { transB: 1 }))
    const bytes = serialiseOnnx(builder.build())
    expect(contains(bytes, 'com.microsoft')).toBe(true)
    await (await ort.InferenceSession.create(bytes)).release()
  })

  it('carries producer version and metadata', () => {
    const bytes = serialiseOnnx(denseGraph(1), { producerVersion: '1.2.3', metadata: { document: 'abc' } })
    for (const text of ['LayerLoom', '1.2.3', 'document', 'abc']) expect(contains(bytes, text)).toBe(true)
  })

  it('gives the same bytes for the same graph', () => {
    expect(serialiseOnnx(denseGraph(3))).toEqual(serialiseOnnx(denseGraph(3)))
  })

  it('writes a constant of 64 MiB without growing its buffers on the way', () => {
    const builder = new GraphBuilder('large')
    const data = new Float32Array(2 ** 24)
    builder.output('y', builder.apply('Neg', [builder.constant('float32', [data.length], data)]))
    const graph = builder.build()
    const before = process.memoryUsage().arrayBuffers
    const bytes = serialiseOnnx(graph)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.1 * data.byteLength)
    expect(bytes.byteLength).toBeGreaterThan(data.byteLength)
  })
})
