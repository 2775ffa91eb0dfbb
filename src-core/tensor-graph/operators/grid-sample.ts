import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'

/**
 * Samples pictures [N, C, H, W] at a grid [N, H′, W′, 2] of places (x, y), where −1 and 1 are the outer edges of the
 * border pixels. Of the ONNX page's options, pictures with `align_corners` 0, without cubic interpolation.
 */
const gridSample: OperatorDefinition = {
  domain: '',
  attributes: { mode: 'string', padding_mode: 'string', align_corners: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.floatInput(0)
    const grid = call.floatInput(1).shape
    if (shape.length !== 4 || grid.length !== 4) call.fail('pictures and grid must have four axes')
    if (sizeAt(grid, 0) !== sizeAt(shape, 0)) call.fail('pictures and grid must be equally many')
    if (sizeAt(grid, 3) !== 2) call.fail('a place of the grid must be two numbers')
    checkOption(call, 'mode', 'linear', ['linear', 'nearest'])
    checkOption(call, 'padding_mode', 'zeros', ['zeros', 'border', 'reflection'])
    if (call.number('align_corners', 0) !== 0) call.fail('attribute align_corners = 1 is not supported')
    return [{ dtype, shape: [...shape.slice(0, 2), ...grid.slice(1, 3)] }]
  },
}

function checkOption(call: OperatorCall, name: string, fallback: string, known: readonly string[]): void {
  const value = call.text(name, fallback)
  if (!known.includes(value)) call.fail(`attribute ${name} = ${value} is not supported`)
}

export const gridSampleOperators: OperatorFamily = { GridSample: gridSample }
