import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../../src-core/tensor-graph/types.ts'
import { onnxExecutionOrder } from '../../../../src-core/training/memory/execution-order.ts'
import { graphMemory } from '../../../../src-core/training/memory/graph-memory.ts'
import { numberValues } from '../../../../src-core/training/memory/numbered-graph.ts'

/** A graph over x of 1,000 float32, which are 4,000 bytes. */
function graphOf(build: (builder: GraphBuilder, x: TensorValue) => TensorValue) {
  const builder = new GraphBuilder('test')
  builder.output('y', build(builder, builder.input('x', 'float32', [10, 100])))
  return numberValues(builder.build())
}

describe('the memory of a run of a graph', () => {
  it('counts what is fed, what is constant and what comes out', () => {
    const kernel = Float32Array.from({ length: 300 }, (_, index) => index)
    const graph = graphOf((builder, x) =>
      builder.apply('MatMul', [x, builder.constant('float32', [100, 3], kernel)]),
    )
    expect(graphMemory(graph)).toEqual({ inputs: 4000, constants: 1200, outputs: 120, peak: 120 })
  })

  it('gives a value up after its last reader', () => {
    // Transposes write elsewhere: of the chain never more than two values live.
    const graph = graphOf((builder, x) => {
      const transpose = (value: TensorValue) => builder.apply('Transpose', [value], { perm: [1, 0] })
      return transpose(transpose(transpose(transpose(x))))
    })
    expect(graphMemory(graph).peak).toBe(8000)
  })

  it('keeps a value that is read again later', () => {
    const graph = graphOf((builder, x) => {
      const first = builder.apply('Transpose', [x], { perm: [1, 0] })
      const second = builder.apply('Transpose', [first], { perm: [1, 0] })
      const third = builder.apply('Transpose', [second], { perm: [1, 0] })
      return builder.apply('Concat', [first, third], { axis: 0 })
    })
    // First, third and the result of twice their size.
    expect(graphMemory(graph).peak).toBe(16_000)
  })

  it('writes element-wise results over an input that nobody else reads, never over what is fed', () => {
    const chain = graphOf((builder, x) =>
      builder.apply('Exp', [builder.apply('Tanh', [builder.apply('Neg', [x])])]),
    )
    expect(graphMemory(chain).peak).toBe(4000)
    const shared = graphOf((builder, x) => {
      const value = builder.apply('Neg', [x])
      return builder.apply('Mul', [builder.apply('Exp', [value]), value])
    })
    expect(graphMemory(shared).peak).toBe(8000)
  })

  it('takes a reshaped value for the same memory, until the last of both is read', () => {
    const graph = graphOf((builder, x) => {
      const value = builder.apply('Neg', [x])
      const flat = builder.apply('Reshape', [value, builder.integers([1000])])
      return builder.apply('Add', [builder.apply('Reshape', [flat, builder.integers([10, 100])]), value])
    })
    // The result cannot be written over a value that is read under another name.
    expect(graphMemory(graph).peak).toBe(8000)
  })

  it('counts bools as bytes and int64 as eight', () => {
    const graph = graphOf((builder, x) =>
      builder.apply('Cast', [builder.apply('Greater', [x, builder.scalar(0)])], { to: 7 }),
    )
    expect(graphMemory(graph).peak).toBe(1000 + 8000)
  })
})

describe('the order of onnxruntime', () => {
  it('is depth first from the last result, and keeps values before their readers', () => {
    const builder = new GraphBuilder('order')
    const x = builder.input('x', 'float32', [4])
    const a = builder.apply('Neg', [x])
    const b = builder.apply('Exp', [x])
    builder.output('first', builder.apply('Tanh', [a]))
    builder.output('second', builder.apply('Mul', [b, a]))
    const graph = builder.build()
    expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Neg', 'Exp', 'Tanh', 'Mul'])
    const order = onnxExecutionOrder(numberValues(graph)).map((index) => graph.nodes[index]?.operator)
    expect(order).toEqual(['Exp', 'Neg', 'Mul', 'Tanh'])
  })
})
