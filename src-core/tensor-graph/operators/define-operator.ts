import type { Attributes, DataType, Shape, TensorData, TensorValue } from '../types.ts'

/** ONNX type of an attribute. `floatTensor` is a one-element float32 tensor, written here as a plain number. */
export type AttributeType = 'int' | 'ints' | 'float' | 'floats' | 'string' | 'floatTensor'

export interface InferredOutput {
  readonly dtype: DataType
  readonly shape: Shape
}

/** What the compiler must know about an operator: its attributes' types and how outputs follow from inputs. */
export interface OperatorDefinition {
  /** Opset domain: '' is ai.onnx (opset 21), 'com.microsoft' is opset 1 of onnxruntime's own operators. */
  readonly domain: '' | 'com.microsoft'
  readonly attributes: Readonly<Record<string, AttributeType>>
  /** Throws when the inputs do not fit. */
  infer(call: OperatorCall): readonly InferredOutput[]
}

export type OperatorFamily = Readonly<Record<string, OperatorDefinition>>

/** One use of an operator, with readers that fail with a sentence naming operator and shapes. */
export class OperatorCall {
  readonly operator: string
  readonly inputs: readonly (TensorValue | undefined)[]
  readonly attributes: Attributes
  readonly outputCount: number
  readonly constantData: (value: TensorValue) => TensorData | undefined

  constructor(
    operator: string,
    inputs: readonly (TensorValue | undefined)[],
    attributes: Attributes,
    outputCount: number,
    constantData: (value: TensorValue) => TensorData | undefined,
  ) {
    this.operator = operator
    this.inputs = inputs
    this.attributes = attributes
    this.outputCount = outputCount
    this.constantData = constantData
  }

  /** Throws, naming the operator and the types and shapes it was given. */
  fail(reason: string): never {
    const given = this.inputs.map((input) => (input ? describe(input) : 'none')).join(', ')
    throw new Error(`${this.operator}(${given}): ${reason}`)
  }

  /** A required input. */
  input(index: number): TensorValue {
    return this.inputs[index] ?? this.fail(`input ${index} is missing`)
  }

  /** A required input of one of the given types. */
  typedInput(index: number, dtypes: readonly DataType[]): TensorValue {
    const input = this.input(index)
    if (!dtypes.includes(input.dtype)) {
      this.fail(`input ${index} is ${input.dtype}, expected ${dtypes.join(' or ')}`)
    }
    return input
  }

  /** A required input of floating point numbers. */
  floatInput(index: number): TensorValue {
    return this.typedInput(index, floatTypes)
  }

  /** The type of the floating point inputs, which must all have the same. */
  floatType(): DataType {
    const { dtype } = this.floatInput(0)
    this.inputs.forEach((input, index) => {
      if (input && input.dtype !== dtype && floatTypes.includes(input.dtype)) this.typedInput(index, [dtype])
    })
    return dtype
  }

  /** The numbers of an optional integer input, which must be a constant because shapes are static. */
  constantIntegers(index: number): number[] | undefined {
    const input = this.inputs[index]
    if (!input) return undefined
    if (input.dtype !== 'int64' && input.dtype !== 'int32') this.fail(`input ${index} must hold integers`)
    return numbersOf(this.#constant(index, input))
  }

  /** The same for an input that must be there. */
  requiredIntegers(index: number): number[] {
    return this.constantIntegers(index) ?? this.fail(`input ${index} is missing`)
  }

  /** The numbers of an optional constant input of any type. */
  constantNumbers(index: number): number[] | undefined {
    const input = this.inputs[index]
    return input && numbersOf(this.#constant(index, input))
  }

  #constant(index: number, input: TensorValue): TensorData {
    return this.constantData(input) ?? this.fail(`input ${index} must be a constant`)
  }

  /** A number attribute. */
  number(name: string, fallback: number): number {
    const value = this.attributes[name] ?? fallback
    return typeof value === 'number' ? value : this.fail(`attribute ${name} must be a number`)
  }

  /** An attribute that is a list of numbers. */
  numbers(name: string): readonly number[] | undefined {
    const value = this.attributes[name]
    if (value === undefined) return undefined
    return typeof value === 'object' ? value : this.fail(`attribute ${name} must be a list of numbers`)
  }

  /** A text attribute. */
  text(name: string, fallback: string): string {
    const value = this.attributes[name] ?? fallback
    return typeof value === 'string' ? value : this.fail(`attribute ${name} must be a string`)
  }

  /** Turns an axis of a tensor of `rank` axes, which may count from the end, into 0 … rank − 1. */
  axis(axis: number, rank: number): number {
    const positive = axis < 0 ? axis + rank : axis
    if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
      this.fail(`axis ${axis} is outside of ${rank} axes`)
    }
    return positive
  }

  /** Axes without sign, ascending and checked to be different. */
  axes(axes: readonly number[], rank: number): number[] {
    const sorted = axes.map((axis) => this.axis(axis, rank)).sort((a, b) => a - b)
    if (new Set(sorted).size !== sorted.length) this.fail(`axes [${axes.join(', ')}] name an axis twice`)
    return sorted
  }

  /** NumPy's broadcasting of several shapes. */
  broadcast(shapes: readonly Shape[]): number[] {
    const rank = shapes.reduce((most, shape) => Math.max(most, shape.length), 0)
    const result = new Array<number>(rank).fill(1)
    for (const shape of shapes) {
      const missing = rank - shape.length
      shape.forEach((size, index) => {
        const known = result[missing + index] ?? 1
        if (known === 1) result[missing + index] = size
        else if (size !== 1 && size !== known) {
          this.fail(`axis ${missing + index} cannot be broadcast: ${known} against ${size}`)
        }
      })
    }
    return result
  }
}

/** Faster than Array.from, which asks an iterator for every element. */
function numbersOf(data: TensorData): number[] {
  const numbers = new Array<number>(data.length)
  for (let index = 0; index < data.length; index++) numbers[index] = Number(data[index])
  return numbers
}

/** Size of an axis that the caller knows to exist. */
export function sizeAt(shape: readonly number[], axis: number): number {
  const size = shape[axis < 0 ? shape.length + axis : axis]
  if (size === undefined) throw new Error(`shape [${shape.join(', ')}] has no axis ${axis}`)
  return size
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}

/** `float32[2, 3]`, for messages. */
export function describe(value: { readonly dtype: DataType; readonly shape: Shape }): string {
  return `${value.dtype}[${value.shape.join(', ')}]`
}

export const floatTypes: readonly DataType[] = ['float32', 'float16']
export const numericTypes: readonly DataType[] = [...floatTypes, 'int64', 'int32', 'uint8']
export const everyType: readonly DataType[] = [...numericTypes, 'bool']
