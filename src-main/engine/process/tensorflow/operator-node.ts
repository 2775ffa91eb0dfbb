import type { Tensor, DataType as TensorflowDataType } from '@tensorflow/tfjs'
import { OperatorCall, sizeAt } from '../../../../src-core/tensor-graph/operators/define-operator.ts'
import type {
  DataType,
  GraphNode,
  Shape,
  TensorData,
  TensorValue,
} from '../../../../src-core/tensor-graph/types.ts'
import { deviceData } from './tensor-data.ts'
import type { TensorflowFunctions, TensorflowLibrary } from './tensorflow-library.ts'

/** The inputs of one run of an operator, by position. Throws for an input that is not there. */
export type Operands = (index: number) => Tensor

/** Computes the outputs of one node. */
export type RunOperator = (x: Operands) => Tensor | readonly Tensor[]

/** Reads attributes and constants of a node once and returns what computes it. Throws where it cannot be computed. */
export type TensorflowOperator = (node: OperatorNode) => RunOperator

export type TensorflowOperatorFamily = Readonly<Record<string, TensorflowOperator>>

/** TensorFlow.js knows no 64-bit and no 8-bit integers: both are held as int32. */
export function heldType(dtype: DataType): 'float32' | 'int32' | 'bool' {
  return dtype === 'float32' || dtype === 'bool' ? dtype : 'int32'
}

/** A node of a graph as its operator sees it before the first run. */
export class OperatorNode extends OperatorCall {
  readonly library: TensorflowLibrary
  readonly outputs: readonly TensorValue[]
  /**
   * Whether TensorFlow.js must be able to take the gradient of what is computed: it knows those of fewer functions, and
   * some only where nothing is broadcast.
   */
  readonly differentiable: boolean
  /** Told every tensor that must live as long as the session. */
  readonly own: (tensor: Tensor) => void

  constructor(
    node: GraphNode,
    library: TensorflowLibrary,
    constantData: (value: TensorValue) => TensorData | undefined,
    own: (tensor: Tensor) => void,
    differentiable: boolean,
  ) {
    super(node.operator, node.inputs, node.attributes, node.outputs.length, constantData)
    this.library = library
    this.outputs = node.outputs
    this.own = own
    this.differentiable = differentiable
  }

  get tf(): TensorflowFunctions {
    return this.library.tf
  }

  /** The shape that was inferred for an output. */
  outputShape(index = 0): number[] {
    return [...(this.outputs[index] ?? this.fail(`output ${index} is missing`)).shape]
  }

  /** Size of an axis of an input. */
  size(index: number, axis: number): number {
    return sizeAt(this.input(index).shape, axis)
  }

  has(index: number): boolean {
    return this.inputs[index] !== undefined
  }

  /** A tensor that every run of this node uses. */
  lasting(dtype: DataType, shape: Shape, data: TensorData): Tensor {
    const tensor = this.tf.keep(this.tf.tensor(deviceData(data), [...shape], heldType(dtype)))
    this.own(tensor)
    return tensor
  }

  lastingIntegers(values: readonly number[], shape: Shape = [values.length]): Tensor {
    return this.lasting('int32', shape, Int32Array.from(values))
  }

  /** Runs one of TensorFlow's own operators; `attributes` beside the type T of the first operand. */
  native(name: string, operands: Tensor[], attributes: readonly NativeAttribute[] = []): Tensor {
    const { backend, binding } = this.library
    const [first] = operands
    if (!first) return this.fail(`${name} has no operand`)
    const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(first.dtype) }
    return backend.executeSingleOutput(name, [type, ...attributes], operands)
  }

  integersAttribute(name: string, value: readonly number[]): NativeAttribute {
    return { name, type: this.library.binding.TF_ATTR_INT, value: [...value] }
  }

  textAttribute(name: string, value: string): NativeAttribute {
    return { name, type: this.library.binding.TF_ATTR_STRING, value }
  }

  typeAttribute(name: string, dtype: TensorflowDataType): NativeAttribute {
    const { backend, binding } = this.library
    return { name, type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(dtype) }
  }
}

interface NativeAttribute {
  readonly name: string
  readonly type: number
  readonly value: number | number[] | string
}
