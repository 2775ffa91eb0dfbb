import { trainingSettingsSchema } from '../training/run-config.ts'
import { type AppliedEdit, type EditOf, unchanged } from './applied-edit.ts'
import {
  datasetBindingSchema,
  documentNameSchema,
  type ModelDocument,
  modelDocumentSchema,
} from './model-document.ts'

export function setDocumentName(document: ModelDocument, edit: EditOf<'setDocumentName'>): AppliedEdit {
  if (!documentNameSchema.safeParse(edit.name).success) return unchanged(document)
  return {
    document: { ...document, name: edit.name },
    inverse: { type: 'setDocumentName', name: document.name },
  }
}

export function setDescription(document: ModelDocument, edit: EditOf<'setDescription'>): AppliedEdit {
  return {
    document: { ...document, description: edit.description },
    inverse: { type: 'setDescription', description: document.description },
  }
}

export function setDataset(document: ModelDocument, edit: EditOf<'setDataset'>): AppliedEdit {
  if (!datasetBindingSchema.nullable().safeParse(edit.dataset).success) return unchanged(document)
  return {
    document: { ...document, dataset: edit.dataset },
    inverse: { type: 'setDataset', dataset: document.dataset },
  }
}

export function setTraining(document: ModelDocument, edit: EditOf<'setTraining'>): AppliedEdit {
  if (!trainingSettingsSchema.safeParse(edit.training).success) return unchanged(document)
  return {
    document: { ...document, training: edit.training },
    inverse: { type: 'setTraining', training: document.training },
  }
}

export function replaceDocument(document: ModelDocument, edit: EditOf<'replaceDocument'>): AppliedEdit {
  if (!modelDocumentSchema.safeParse(edit.document).success) return unchanged(document)
  return { document: edit.document, inverse: { type: 'replaceDocument', document } }
}
