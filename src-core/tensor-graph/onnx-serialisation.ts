import { Writer } from 'protobufjs/minimal.js'
import { blockedAttributes, blockedDomain } from './blocked-operators.ts'
import { dataTypeCodes } from './data-types.ts'
import { operatorDefinition } from './operator-table.ts'
import type { AttributeType } from './operators/define-operator.ts'
import type { AttributeValue, ConstantTensor, GraphNode, TensorGraph, TensorValue } from './types.ts'

export interface OnnxOptions {
  /** Leaves axis 0 of every input and output open, as `dim_param` "batch". */
  readonly dynamicBatch?: boolean
  readonly producerVersion?: string
  /** Written as the model's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>
}

const irVersion = 10
const opset = 21
/** AttributeProto.AttributeType of onnx.proto. */
const attributeTypeCodes = { float: 1, int: 2, string: 3, floatTensor: 4, floats: 6, ints: 7 } as const
const lengthDelimited = 2
const largestMessage = 2 ** 31 - 1

/**
 * Writes a graph as an ONNX ModelProto (onnx.proto, IR version 10, opset 21, and com.microsoft 1 only when used).
 * Public output names become the names of the tensors. Constants are copied exactly once, into the result.
 * Throws when an output shares its name with another input, or when the file would exceed protobuf's 2 GiB.
 */
export function serialiseOnnx(graph: TensorGraph, options: OnnxOptions = {}): Uint8Array {
  const names = new TensorNames(graph)
  const body = graphBody(graph, names, options.dynamicBatch === true)
  const constants = graph.constants.map((constant) => initializer(constant, names))
  const graphLength = constants.reduce((sum, parts) => sum + byteLength(parts), body.length)
  const model = modelFields(graph, options)
  model.uint32((7 << 3) | lengthDelimited).uint32(graphLength)
  return concatenate([model.finish(), body, ...constants.flat()])
}

/** ONNX names tensors once: an output's public name replaces the inner name, and inner names that clash give way. */
class TensorNames {
  readonly #renamed = new Map<string, string>()
  /** Outputs that need a copy, because their value is an input or has another public name already. */
  readonly copies: { readonly from: TensorValue; readonly to: string }[] = []

  constructor(graph: TensorGraph) {
    const inputs = new Set(graph.inputs.map((input) => input.name))
    for (const { name, value } of graph.outputs) {
      if (inputs.has(name)) throw new Error(`"${name}" is the name of both an input and an output`)
      if (inputs.has(value.name) || this.#renamed.has(value.name)) this.copies.push({ from: value, to: name })
      else this.#renamed.set(value.name, name)
    }
    const taken = new Set(graph.outputs.map((output) => output.name))
    const inner = [
      ...graph.constants.map(({ value }) => value),
      ...graph.nodes.flatMap((node) => node.outputs),
    ]
    const everyName = new Set([...inputs, ...taken, ...inner.map((value) => value.name)])
    for (const { name } of inner) {
      if (!taken.has(name) || this.#renamed.has(name)) continue
      let free = `${name}_inner`
      while (everyName.has(free)) free += '_'
      everyName.add(free)
      this.#renamed.set(name, free)
    }
  }

  of(value: TensorValue | undefined): string {
    return value ? (this.#renamed.get(value.name) ?? value.name) : ''
  }
}

function modelFields(graph: TensorGraph, options: OnnxOptions): Writer {
  const model = Writer.create()
  integer(model, 1, irVersion)
  text(model, 2, 'LayerLoom')
  if (options.producerVersion !== undefined) text(model, 3, options.producerVersion)
  importOpset(model, '', opset)
  for (const domain of new Set(graph.nodes.map((node) => node.domain))) {
    if (domain !== '') importOpset(model, domain, 1)
  }
  for (const [key, value] of Object.entries(options.metadata ?? {})) {
    nested(model, 14, (entry) => {
      text(entry, 1, key)
      text(entry, 2, value)
    })
  }
  return model
}

function importOpset(model: Writer, domain: string, version: number): void {
  nested(model, 8, (entry) => {
    text(entry, 1, domain)
    integer(entry, 2, version)
  })
}

/** Every field of GraphProto but the initializers. */
function graphBody(graph: TensorGraph, names: TensorNames, dynamicBatch: boolean): Uint8Array {
  const body = Writer.create()
  for (const node of graph.nodes) writeNode(body, node, names)
  for (const { from, to } of names.copies) {
    nested(body, 1, (copy) => {
      text(copy, 1, names.of(from))
      text(copy, 2, to)
      text(copy, 3, `copy to ${to}`)
      text(copy, 4, 'Identity')
    })
  }
  text(body, 2, graph.name)
  for (const input of graph.inputs) writeValueInfo(body, 11, input.name, input, dynamicBatch)
  for (const { name, value } of graph.outputs) writeValueInfo(body, 12, name, value, dynamicBatch)
  return body.finish()
}

function writeNode(body: Writer, node: GraphNode, names: TensorNames): void {
  const types = attributeTypes(node)
  nested(body, 1, (proto) => {
    for (const input of node.inputs) text(proto, 1, names.of(input))
    for (const output of node.outputs) text(proto, 2, names.of(output))
    text(proto, 3, node.name)
    text(proto, 4, node.operator)
    for (const [name, value] of Object.entries(node.attributes)) {
      const type = types[name]
      if (!type) throw new Error(`operator ${node.operator} has no attribute ${name}`)
      nested(proto, 5, (attribute) => writeAttribute(attribute, name, type, value))
    }
    if (node.domain !== '') text(proto, 7, node.domain)
  })
}

function attributeTypes({ domain, operator }: GraphNode): Readonly<Record<string, AttributeType>> {
  return domain === blockedDomain
    ? (blockedAttributes[operator] ?? {})
    : operatorDefinition(operator).attributes
}

function writeAttribute(proto: Writer, name: string, type: AttributeType, value: AttributeValue): void {
  text(proto, 1, name)
  if (typeof value === 'number' && type === 'float') float(proto, 2, value)
  else if (typeof value === 'number' && type === 'int') integer(proto, 3, value)
  else if (typeof value === 'string' && type === 'string') text(proto, 4, value)
  else if (typeof value === 'number' && type === 'floatTensor') {
    nested(proto, 5, (tensor) => {
      integer(tensor, 1, 1)
      integer(tensor, 2, dataTypeCodes.float32)
      float(tensor, 4, value)
    })
  } else if (typeof value === 'object' && type === 'floats') for (const each of value) float(proto, 7, each)
  else if (typeof value === 'object' && type === 'ints') for (const each of value) integer(proto, 8, each)
  else throw new Error(`attribute ${name} should be of type ${type}, got ${JSON.stringify(value)}`)
  integer(proto, 20, attributeTypeCodes[type])
}

function writeValueInfo(
  body: Writer,
  field: number,
  name: string,
  { dtype, shape }: TensorValue,
  dynamicBatch: boolean,
): void {
  nested(body, field, (info) => {
    text(info, 1, name)
    nested(info, 2, (type) => {
      nested(type, 1, (tensor) => {
        integer(tensor, 1, dataTypeCodes[dtype])
        nested(tensor, 2, (dimensions) => {
          for (const [axis, size] of shape.entries()) {
            nested(dimensions, 1, (dimension) => {
              if (dynamicBatch && axis === 0) text(dimension, 2, 'batch')
              else integer(dimension, 1, size)
            })
          }
        })
      })
    })
  })
}

/** A GraphProto.initializer field in pieces, the last of which is the constant's own memory. */
function initializer({ value, data }: ConstantTensor, names: TensorNames): Uint8Array[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const tensor = Writer.create()
  for (const size of value.shape) integer(tensor, 1, size)
  integer(tensor, 2, dataTypeCodes[value.dtype])
  text(tensor, 8, names.of(value))
  tensor.uint32((9 << 3) | lengthDelimited).uint32(bytes.length)
  const fields = tensor.finish()
  const prefix = Writer.create()
  prefix.uint32((5 << 3) | lengthDelimited).uint32(fields.length + bytes.length)
  return [prefix.finish(), fields, bytes]
}

function nested(writer: Writer, field: number, write: (writer: Writer) => void): void {
  writer.uint32((field << 3) | lengthDelimited).fork()
  write(writer)
  writer.ldelim()
}

function text(writer: Writer, field: number, value: string): void {
  writer.uint32((field << 3) | lengthDelimited).string(value)
}

function integer(writer: Writer, field: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no integer`)
  writer.uint32(field << 3).int64(value)
}

function float(writer: Writer, field: number, value: number): void {
  writer.uint32((field << 3) | 5).float(value)
}

function byteLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const total = byteLength(parts)
  if (total > largestMessage)
    throw new Error(`an ONNX file of ${total} bytes exceeds protobuf's limit of 2 GiB`)
  const result = new Uint8Array(total)
  let position = 0
  for (const part of parts) {
    result.set(part, position)
    position += part.length
  }
  return result
}
