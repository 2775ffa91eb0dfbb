/**
 * How an operator computes under mixed precision.
 * - `half`: in float16, whatever arrives. Matrix products and convolutions: nearly all of the work is there, and
 *   engines add their terms up in float32.
 * - `follow`: in float16 where everything that arrives is, else in float32.
 * - `full`: in float32. It sums many terms, or its result leaves float16's range where its input does not.
 *
 * The lists follow PyTorch's autocast (https://docs.pytorch.org/docs/stable/amp.html, "CUDA Ops that can autocast to
 * float16" and "to float32"). Whatever is not listed is `full`.
 */
export type OperatorPrecision = 'half' | 'follow' | 'full'

const half: ReadonlySet<string> = new Set(['MatMul', 'Gemm', 'FusedMatMul', 'Conv', 'ConvTranspose'])

const follow: ReadonlySet<string> = new Set([
  // Elementwise, rounding once.
  ...['Add', 'Sub', 'Mul', 'Div', 'Min', 'Max', 'Sum', 'Neg', 'Abs', 'Sign', 'Clip', 'Where'],
  // Activations whose results stay near their inputs. Celu has no float16 in ONNX.
  ...['Relu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'HardSwish'],
  // Movement and choice of elements: exact.
  ...[
    'Identity',
    'Reshape',
    'Transpose',
    'Flatten',
    'Squeeze',
    'Unsqueeze',
    'Concat',
    'Split',
    'Slice',
    'Pad',
  ],
  ...['Expand', 'Tile', 'Gather', 'GatherElements', 'GatherND', 'OneHot', 'MaxPool', 'GlobalMaxPool'],
  // Comparisons, of values that are rounded already.
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'IsNaN'],
])

/** The precision of an operator; `full` for those that nobody has thought about. */
export function operatorPrecision(operator: string): OperatorPrecision {
  if (half.has(operator)) return 'half'
  return follow.has(operator) ? 'follow' : 'full'
}
