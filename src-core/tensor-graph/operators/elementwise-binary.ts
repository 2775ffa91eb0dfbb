import {
  numericTypes,
  type OperatorCall,
  type OperatorDefinition,
  type OperatorFamily,
} from './define-operator.ts'

/** Operators over two or more tensors of one type, broadcast against each other. */
function sameType(arity?: number): OperatorDefinition {
  return {
    domain: '',
    attributes: {},
    infer: (call) => [{ dtype: commonType(call, arity), shape: broadcastInputs(call) }],
  }
}

function commonType(call: OperatorCall, arity: number | undefined) {
  if (arity !== undefined && call.inputs.length !== arity) call.fail(`takes ${arity} inputs`)
  const { dtype } = call.typedInput(0, numericTypes)
  call.inputs.forEach((input, index) => {
    if (input?.dtype !== dtype) call.typedInput(index, [dtype])
  })
  return dtype
}

function broadcastInputs(call: OperatorCall): number[] {
  return call.broadcast(call.inputs.map((_, index) => call.input(index).shape))
}

export const elementwiseBinaryOperators: OperatorFamily = {
  Add: sameType(2),
  Sub: sameType(2),
  Mul: sameType(2),
  Div: sameType(2),
  Min: sameType(),
  Max: sameType(),
  Sum: sameType(),
  Mean: sameType(),
  Pow: {
    domain: '',
    attributes: {},
    infer: (call) => [
      {
        dtype: call.typedInput(0, numericTypes).dtype,
        shape: call.broadcast([call.input(0).shape, call.typedInput(1, numericTypes).shape]),
      },
    ],
  },
}
