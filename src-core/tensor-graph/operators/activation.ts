import type { OperatorDefinition, OperatorFamily } from './define-operator.ts'

function activation(attributes: OperatorDefinition['attributes'] = {}): OperatorDefinition {
  return {
    domain: '',
    attributes,
    infer: (call) => {
      if (call.inputs.length !== 1) call.fail('takes one input')
      const { dtype, shape } = call.floatInput(0)
      return [{ dtype, shape }]
    },
  }
}

const overAxis: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.floatInput(0)
    call.axis(call.number('axis', -1), shape.length)
    return [{ dtype, shape }]
  },
}

const gelu: OperatorDefinition = {
  domain: '',
  attributes: { approximate: 'string' },
  infer: (call) => {
    const { dtype, shape } = call.floatInput(0)
    const approximate = call.text('approximate', 'none')
    if (approximate !== 'none' && approximate !== 'tanh')
      call.fail(`no approximation is called ${approximate}`)
    return [{ dtype, shape }]
  },
}

export const activationOperators: OperatorFamily = {
  Relu: activation(),
  LeakyRelu: activation({ alpha: 'float' }),
  Elu: activation({ alpha: 'float' }),
  Celu: activation({ alpha: 'float' }),
  Selu: activation({ alpha: 'float', gamma: 'float' }),
  Gelu: gelu,
  Sigmoid: activation(),
  Tanh: activation(),
  Softplus: activation(),
  Softsign: activation(),
  HardSigmoid: activation({ alpha: 'float', beta: 'float' }),
  HardSwish: activation(),
  Mish: activation(),
  Softmax: overAxis,
  LogSoftmax: overAxis,
}
