import type { z } from 'zod'
import { failure, type Problem, problem, type Result, success } from '../problems.ts'
import { notesOf } from './canvas-part.ts'
import { type JsonObject, migrateDocument } from './migrations.ts'
import { documentFormat, documentVersion, type ModelDocument, modelDocumentSchema } from './model-document.ts'

/** No drawing nests deeper; a file that does is refused before recursive code sees it. */
export const deepestNesting = 64

/**
 * Reads the text of a `*.loom.json` file. Runs nothing from the file; a document of an earlier version is migrated.
 * Problems: `document.notJson`, `document.truncated`, `document.foreign`, `document.futureVersion`,
 * `document.invalid` (one per wrong field, at most ten).
 */
export function parseDocument(text: string): Result<ModelDocument> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  return readDocument(parsed.value)
}

/** The same for JSON that is parsed already (from the workspace, from another process). */
export function readDocument(json: unknown): Result<ModelDocument> {
  if (nestsDeeperThan(json, deepestNesting)) {
    return failure(
      problem('document.invalid', `The document nests values more than ${deepestNesting} levels deep.`),
    )
  }
  if (!isObject(json) || json.format !== documentFormat) {
    return failure(
      problem('document.foreign', 'The file is JSON, but not a LayerLoom document: it does not say so.', {
        hint: `A LayerLoom document has the field "format": "${documentFormat}". Choose another file.`,
      }),
    )
  }
  const version = json.version
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return failure(
      problem(
        'document.invalid',
        `The document's "version" is ${describe(version)}; it must be a whole number from 1 to ${documentVersion}.`,
      ),
    )
  }
  if (version > documentVersion) {
    return failure(
      problem(
        'document.futureVersion',
        `The document has version ${version}; this LayerLoom reads versions up to ${documentVersion}.`,
        { hint: 'Open it with a newer LayerLoom. The file was not changed.' },
      ),
    )
  }
  return checkFields(migrateDocument(json, version))
}

function checkFields(json: JsonObject): Result<ModelDocument> {
  const result = modelDocumentSchema.safeParse(json)
  if (!result.success) return failure(...result.error.issues.slice(0, 10).map(invalidField))
  const repeated = [
    ...repeatedIds('layers', result.data.layers),
    ...repeatedIds('connections', result.data.connections),
    ...repeatedIds('blocks', result.data.blocks ?? []),
    ...(result.data.blocks ?? []).flatMap(({ layers, connections, canvas }, index) => [
      ...repeatedIds(`blocks[${index}].layers`, layers),
      ...repeatedIds(`blocks[${index}].connections`, connections),
      ...repeatedIds(`blocks[${index}].canvas.notes`, notesOf({ canvas })),
    ]),
    ...repeatedIds('canvas.notes', notesOf(result.data)),
  ]
  if (repeated.length > 0) return failure(...repeated)
  const lost = fieldsThatGotLost(json, result.data, '')
  if (lost.length === 0) return success(result.data)
  return failure(
    ...lost.slice(0, 10).map((path) =>
      problem('document.invalid', `The document has the field ${path}, which is not known.`, {
        hint: 'Correct its name or remove it; it would be lost when the document is saved.',
      }),
    ),
  )
}

/** Ids are what everything else refers to; two of the same cannot be told apart any more. */
function repeatedIds(list: string, entries: readonly { readonly id: string }[]): Problem[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { id } of entries) (seen.has(id) ? repeated : seen).add(id)
  return [...repeated].map((id) =>
    problem('document.invalid', `Two entries of the document's field ${list} have the id "${id}".`, {
      hint: 'Give one of them another id in a text editor; this happens when two versions of a file are merged.',
    }),
  )
}

function invalidField(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.reduce<string>(appendKey, '')
  const where = path === '' ? 'The document' : `The document's field ${path}`
  return problem('document.invalid', `${where} is not valid: ${lowerFirst(issue.message)}.`, {
    hint: 'Correct the field in a text editor, or go back to an earlier version of the file.',
  })
}

function parseJson(text: string): Result<unknown> {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return success(JSON.parse(content))
  } catch (error) {
    if (content.trim() === '') return failure(problem('document.truncated', 'The file is empty.'))
    const detail = error instanceof Error ? error.message : String(error)
    if (endsInTheMiddle(content)) {
      return failure(
        problem(
          'document.truncated',
          `The file ends in the middle, after ${content.length.toLocaleString('en')} characters.`,
          { hint: 'It was not saved or copied completely. Take an earlier version of it.' },
        ),
      )
    }
    return failure(
      problem('document.notJson', `The file is not a model document: it is not JSON (${detail}).`, {
        hint: 'Choose a file that was saved by LayerLoom (*.loom.json).',
      }),
    )
  }
}

/**
 * True when the text begins like a JSON object or list and stops before its brackets or its last string are closed.
 * A text whose brackets do not match is not truncated but wrong.
 */
function endsInTheMiddle(text: string): boolean {
  const open: string[] = []
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return false
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') open.push(character)
    else if (character === '}' || character === ']') {
      if (open.pop() !== (character === '}' ? '{' : '[')) return false
    }
  }
  return inString || open.length > 0
}

/** Whether JSON nests deeper than so many levels; does not recurse itself. */
export function nestsDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item).filter(isContainer) : [],
    )
  }
  return false
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Paths of the fields that the schema dropped: a misspelt setting must not vanish without a word. */
function fieldsThatGotLost(before: unknown, after: unknown, path: string): string[] {
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) return []
    return before.flatMap((item, index) => fieldsThatGotLost(item, after[index], appendKey(path, index)))
  }
  if (!isObject(before) || !isObject(after)) return []
  return Object.keys(before).flatMap((key) =>
    Object.hasOwn(after, key)
      ? fieldsThatGotLost(before[key], after[key], appendKey(path, key))
      : [appendKey(path, key)],
  )
}

function appendKey(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`
  const name = String(key)
  if (!/^\w+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
