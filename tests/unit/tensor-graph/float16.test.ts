import { describe, expect, it } from 'vitest'
import { fromHalves, halfBits, numberOfHalf, toHalves } from '../../../src-core/tensor-graph/float16.ts'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { numberOfPattern, roundToHalf } from '../../support/reference-interpreter/half-precision.ts'
import { runOnnx } from '../../support/run-onnx.ts'

const patterns = Uint16Array.from({ length: 65_536 }, (_, bits) => bits)

/** Numbers of every size that float16 meets, among them the borders between its ranges and half-way cases. */
function testNumbers(): Float32Array {
  const noise = new Float32Array(20_000)
  fillUniform(noise, 7, 'halves', 0)
  const spread = noise.map((value, i) => (value - 0.5) * 2 ** ((i % 50) - 32))
  const neighbours = Array.from(fromHalves(patterns).filter(Number.isFinite)).flatMap((value) => {
    const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value) || 1)), -14) - 11)
    return [value + step, value + step * 1.001, value + step * 0.999]
  })
  return Float32Array.from([
    0,
    -0,
    65_504,
    65_519.99,
    65_520,
    1e9,
    -1e9,
    2 ** -25,
    2 ** -24,
    1e-9,
    ...spread,
    ...neighbours,
  ])
}

async function castByOnnxruntime(numbers: Float32Array) {
  const builder = new GraphBuilder('cast')
  const x = builder.input('x', 'float32', [numbers.length])
  builder.output('y', builder.apply('Cast', [x], { to: 10 }))
  const { y } = await runOnnx(builder.build(), { x: numbers })
  return y
}

describe('half precision', () => {
  it('rounds as onnxruntime does, bit for bit', async () => {
    const numbers = testNumbers()
    const y = await castByOnnxruntime(numbers)
    expect(y?.dtype).toBe('float16')
    const ours = toHalves(numbers)
    const wrong = Array.from(numbers).filter((_, i) => ours[i] !== y?.data[i])
    expect(wrong).toEqual([])
  })

  it('rounds as the reference does', () => {
    const numbers = testNumbers()
    const wrong = Array.from(numbers).filter((x) => numberOfHalf(halfBits(x)) !== roundToHalf(x))
    expect(wrong).toEqual([])
  })

  it('reads every bit pattern, and writes it back', () => {
    expect(Array.from(patterns, numberOfHalf)).toEqual(Array.from(patterns, numberOfPattern))
    const numbers = patterns.filter((bits) => !Number.isNaN(numberOfHalf(bits)))
    expect(toHalves(fromHalves(numbers))).toEqual(numbers)
    expect(halfBits(Number.NaN)).toBe(0x7e00)
  })

  it('is a constant of a graph as raw bits', async () => {
    const builder = new GraphBuilder('constant')
    const x = builder.input('x', 'float32', [3])
    const half = builder.constant('float16', [3], toHalves([0.5, -2, 65_504]))
    const sum = builder.apply('Add', [builder.apply('Cast', [half], { to: 1 }), x])
    builder.output('y', sum)
    const { y } = await runOnnx(builder.build(), { x: Float32Array.of(0, 1, 0) })
    expect([...(y?.data ?? [])]).toEqual([0.5, -1, 65_504])
  })
})
