import { create } from 'zustand'
import { type DocumentDiff, diffDocuments } from '../../src-core/document/diff.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { call } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { useProject } from './project-store.ts'

/** A document that can be compared, and what people call it. */
export interface CompareSide {
  readonly title: string
  readonly document: ModelDocument
}

export interface Comparison {
  readonly before: CompareSide
  readonly after: CompareSide
  readonly diff: DocumentDiff
}

interface CompareState {
  /** What shall be compared with something that is still to be chosen. */
  readonly subject: CompareSide | null
  /** What the compare view shows. */
  readonly comparison: Comparison | null
}

/** The compare view. It only looks: no document is changed by it. */
export const useCompare = create<CompareState>()(() => ({ subject: null, comparison: null }))

/** Asks what to compare a document with. */
export function askCompare(subject: CompareSide): void {
  useCompare.setState({ subject })
}

/** Shows what makes one document another. */
export function compare(before: CompareSide, after: CompareSide): void {
  const diff = diffDocuments(before.document, after.document)
  useCompare.setState({ subject: null, comparison: { before, after, diff } })
}

export function leaveCompare(): void {
  useCompare.setState({ subject: null, comparison: null })
}

/** The open drawing as it is now. */
export function openDrawing(): CompareSide | undefined {
  const { document } = useProject.getState()
  return document ? { title: t('This drawing'), document } : undefined
}

/** Asks what to compare the open drawing with. */
export function compareDrawing(): void {
  const drawing = openDrawing()
  if (drawing) askCompare(drawing)
}

/** The document that a run was started with; undefined, and people are told, when it cannot be had. */
export async function sideOfRun(runId: number): Promise<CompareSide | undefined> {
  const answer = await call('runs.get', { runId })
  if (answer.ok) return { title: t('Run {{id}}', { id: runId }), document: answer.value.document }
  notifyProblems(answer.problems)
  return undefined
}

/** Lets people choose a document file; undefined when they do not, or when it cannot be read. */
export async function sideOfFile(): Promise<CompareSide | undefined> {
  const answer = await call('documents.chooseFile', {})
  if (!answer.ok) notifyProblems(answer.problems)
  return answer.ok && answer.value ? answer.value : undefined
}
