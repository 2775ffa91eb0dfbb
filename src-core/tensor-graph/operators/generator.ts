import type { OperatorDefinition, OperatorFamily } from './define-operator.ts'

const constantOfShape: OperatorDefinition = {
  domain: '',
  attributes: { value: 'floatTensor' },
  infer: (call) => [{ dtype: 'float32', shape: call.requiredIntegers(0) }],
}

const range: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => {
    const { dtype } = call.typedInput(0, ['float32', 'int64', 'int32'])
    const [start, limit, delta] = [0, 1, 2].map((index) => {
      if (call.typedInput(index, [dtype]).shape.length > 0) call.fail(`input ${index} must be a scalar`)
      return call.constantNumbers(index)?.[0] ?? call.fail(`input ${index} is missing`)
    })
    if (start === undefined || limit === undefined || !delta) return call.fail('the step must not be 0')
    return [{ dtype, shape: [Math.max(0, Math.ceil((limit - start) / delta))] }]
  },
}

export const generatorOperators: OperatorFamily = { ConstantOfShape: constantOfShape, Range: range }
