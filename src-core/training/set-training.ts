import type { z } from 'zod'
import { failure, problem, type Result, success } from '../problems.ts'
import { type TrainingSettings, trainingSettingsSchema } from './run-config.ts'

/**
 * Changes training settings by lines such as `weightAverage.momentum=0.99`: a path into the settings and a value, written as
 * JSON or as a plain word. null switches off what can be off. Lines count one after the other; the result is checked as
 * a whole, and every mistake is told with the line that made it.
 */
export function setTraining(settings: TrainingSettings, lines: readonly string[]): Result<TrainingSettings> {
  let changed: Record<string, unknown> = { ...settings }
  const paths: (readonly string[])[] = []
  for (const line of lines) {
    const at = line.indexOf('=')
    if (at < 1) return refuse(`"${line}" sets nothing.`, 'Write a setting and its value: epochs=20.')
    const path = pathOf(line.slice(0, at))
    changed = withValue(changed, path, readValue(line.slice(at + 1)))
    paths.push(path)
  }
  const parsed = trainingSettingsSchema.safeParse(changed)
  if (!parsed.success) return failure(...parsed.error.issues.map((issue) => wrongValue(issue)))
  // What the schema does not know is gone now.
  const unknown = paths.filter((path) => wasDropped(changed, parsed.data, path))
  return unknown.length > 0
    ? failure(...unknown.map((path) => notKnown(parsed.data, path)))
    : success(parsed.data)
}

/** `training.epochs`, as it stands in documents, is `epochs`. */
function pathOf(text: string): readonly string[] {
  const [first = '', ...rest] = text.trim().split('.')
  return first === 'training' && rest.length > 0 ? rest : [first, ...rest]
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withValue(
  settings: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const inner = settings[name]
  if (rest.length > 0) return { ...settings, [name]: withValue(isRecord(inner) ? inner : {}, rest, value) }
  if (value !== null || trainingSettingsSchema.safeParse({ [name]: null }).success) {
    return { ...settings, [name]: value }
  }
  // Absent is how these are off.
  const { [name]: _, ...others } = settings
  return others
}

function wasDropped(given: unknown, kept: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path
  if (name === undefined || !isRecord(given) || given[name] === undefined) return false
  if (!isRecord(kept) || !(name in kept)) return true
  return wasDropped(given[name], kept[name], rest)
}

function wrongValue({ path, message }: z.core.$ZodIssue) {
  const where = path.length === 0 ? 'The settings' : `The setting ${path.join('.')}`
  const said = `${message.charAt(0).toLowerCase()}${message.slice(1)}`
  return problem('usage.invalid', `${where} cannot be so: ${said}.`, { hint: guide })
}

function notKnown(settings: TrainingSettings, path: readonly string[]) {
  let known: unknown = settings
  const before: string[] = []
  let names = Object.keys(trainingSettingsSchema.shape)
  for (const name of path) {
    const inner: unknown = isRecord(known) ? known[name] : undefined
    if (inner === undefined) break
    known = inner
    before.push(name)
    names = isRecord(inner) ? Object.keys(inner) : []
  }
  const where = before.length === 0 ? 'a training' : before.join('.')
  const offer = names.length === 0 ? `${where} has no settings inside.` : `There are ${names.join(', ')}.`
  return problem('usage.invalid', `There is no setting "${path.join('.')}" of ${where}.`, { hint: offer })
}

const guide = 'docs/file-formats.md lists the training settings and their ranges.'

function refuse(message: string, hint: string) {
  return failure(problem('usage.invalid', message, { hint }))
}
