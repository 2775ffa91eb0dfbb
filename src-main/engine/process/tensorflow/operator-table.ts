import type { TensorflowOperator } from './operator-node.ts'
import { activationOperators } from './operators/activation.ts'
import { convolutionOperators } from './operators/convolution.ts'
import { elementwiseBinaryOperators } from './operators/elementwise-binary.ts'
import { elementwiseUnaryOperators } from './operators/elementwise-unary.ts'
import { generatorOperators } from './operators/generator.ts'
import { gridSampleOperators } from './operators/grid-sample.ts'
import { indexingOperators } from './operators/indexing.ts'
import { logicOperators } from './operators/logic.ts'
import { matrixOperators } from './operators/matrix.ts'
import { normalizationOperators } from './operators/normalization.ts'
import { poolingOperators } from './operators/pooling.ts'
import { recurrentOperators } from './operators/recurrent.ts'
import { reductionOperators } from './operators/reduction.ts'
import { resizeOperators } from './operators/resize.ts'
import { shapeOperators } from './operators/shape.ts'
import { slicingOperators } from './operators/slicing.ts'
import { topKOperators } from './operators/top-k.ts'

/** How TensorFlow computes each operator of a TensorGraph. */
export const tensorflowOperators: ReadonlyMap<string, TensorflowOperator> = new Map(
  Object.entries({
    ...elementwiseBinaryOperators,
    ...elementwiseUnaryOperators,
    ...activationOperators,
    ...reductionOperators,
    ...matrixOperators,
    ...convolutionOperators,
    ...poolingOperators,
    ...shapeOperators,
    ...slicingOperators,
    ...resizeOperators,
    ...indexingOperators,
    ...logicOperators,
    ...generatorOperators,
    ...normalizationOperators,
    ...recurrentOperators,
    ...gridSampleOperators,
    ...topKOperators,
  }),
)
