import type { DataType, Shape, TensorData, TensorGraph } from '../../../src-core/tensor-graph/types.ts'

/** A tensor where its engine keeps it: in main memory, or on a device. Only the engine that made it can look inside. */
export interface EngineTensor {
  readonly dtype: DataType
  readonly shape: Shape
}

export type EngineTensors = Readonly<Record<string, EngineTensor>>

/** A graph that is ready to run. */
export interface EngineSession {
  /** Runs the graph once and returns every output by name. */
  run(inputs: EngineTensors): Promise<EngineTensors>
  dispose(): Promise<void>
}

export interface SessionOptions {
  /** Outputs that only come back as inputs of later runs: they may stay on the device. */
  readonly resident?: readonly string[]
}

/** Runs TensorGraphs. Everything above this interface is the same for every engine. */
export interface Engine {
  /** `onnx/cpu`, `onnx/webgpu`, `onnx/cuda`, `tensorflow`. */
  readonly name: string
  /** The device's real name. */
  readonly device: string
  /** The library behind it and its version. */
  readonly version: string
  /** Wraps data without copying: a run sees what the array holds at that time. */
  tensor(dtype: DataType, shape: Shape, data: TensorData): EngineTensor
  /** The elements. In main memory this is the array itself, not a copy. */
  read(tensor: EngineTensor): Promise<TensorData>
  /**
   * Gives up a tensor that a session returned, whose elements must not be used any more, so that its memory can be used
   * again. Other tensors are left alone.
   */
  release(tensor: EngineTensor): void
  createSession(graph: TensorGraph, options?: SessionOptions): Promise<EngineSession>
}
