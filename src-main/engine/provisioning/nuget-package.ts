import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

/** A package on a NuGet feed, and what its bytes must be. */
export interface NugetPackage {
  readonly address: string
  /** SHA-512, base64. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
}

/** Why a package cannot be had: no feed answers, the feed has no such package, or its bytes are not those it tells. */
export class NugetError extends Error {
  readonly kind: 'unreachable' | 'absent' | 'damaged'

  constructor(kind: NugetError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

const indexSchema = z.object({ resources: z.array(z.object({ '@id': z.string(), '@type': z.string() })) })
const leafSchema = z.object({ catalogEntry: z.string(), packageContent: z.string() })
const entrySchema = z.object({
  packageHash: z.string(),
  packageHashAlgorithm: z.literal('SHA512'),
  packageSize: z.int().positive(),
})

/**
 * Looks a package up in the NuGet protocol (https://learn.microsoft.com/nuget/api/overview): index, registration, catalog
 * entry, which has the hash. Throws a {@link NugetError}, or the abort of `signal`.
 */
export async function findPackage(
  index: string,
  name: string,
  version: string,
  signal?: AbortSignal,
): Promise<NugetPackage> {
  const { resources } = await readJson(index, indexSchema, signal)
  // Later versions of the resource hold all packages; each has the same form.
  const registrations = resources.filter((each) => each['@type'].startsWith('RegistrationsBaseUrl'))
  const base = registrations.sort((a, b) => b['@type'].localeCompare(a['@type']))[0]?.['@id']
  if (base === undefined) throw new NugetError('absent', 'the feed has no list of packages')
  const leaf = await readJson(`${withSlash(base)}${name.toLowerCase()}/${version}.json`, leafSchema, signal)
  const entry = await readJson(leaf.catalogEntry, entrySchema, signal)
  return { address: leaf.packageContent, hash: entry.packageHash, size: entry.packageSize }
}

/** Downloads a package into a file, telling the share that has come. Throws a {@link NugetError} where the hash is another. */
export async function downloadPackage(
  { address, hash, size }: NugetPackage,
  file: string,
  report: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { body } = await request(address, signal)
  if (!body) throw new NugetError('unreachable', `${host(address)} sent nothing`)
  const digest = createHash('sha512')
  let received = 0
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk)
      received += chunk.length
      report(Math.min(1, received / size))
      done(null, chunk)
    },
  })
  try {
    const write = createWriteStream(file)
    await pipeline(chunksOf(body), watch, write, ...(signal ? [{ signal }] : []))
  } catch (error) {
    signal?.throwIfAborted()
    // The disk's refusals are not the network's.
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    throw new NugetError('unreachable', `the connection to ${host(address)} broke off`)
  }
  if (digest.digest('base64') === hash) return
  throw new NugetError('damaged', 'its SHA-512 is not the one that the feed tells')
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

async function readJson<T>(address: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const response = await request(address, signal)
  try {
    return schema.parse(await response.json())
  } catch {
    signal?.throwIfAborted()
    throw new NugetError('absent', `${host(address)} answers in another form than NuGet’s`)
  }
}

async function request(address: string, signal?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, signal ? { signal } : {})
  } catch {
    signal?.throwIfAborted()
    throw new NugetError('unreachable', `${host(address)} could not be reached`)
  }
  if (response.ok) return response
  const kind = response.status === 404 ? 'absent' : 'unreachable'
  throw new NugetError(kind, `${host(address)} answered with status ${response.status}`)
}

function host(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`
}
