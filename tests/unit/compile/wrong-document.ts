import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import type { Problem, ProblemCode } from '../../../src-core/problems.ts'

/** A small document with one mistake, which gives a problem of this code. */
export interface WrongDocument {
  readonly title: string
  readonly code: ProblemCode
  readonly document: ModelDocument
  /** The data it is checked against. */
  readonly data?: DatasetInfo
  /** What is answered to a wish that the document cannot fulfil, where the drawing itself is right. */
  readonly refusal?: (document: ModelDocument) => readonly Problem[]
}
