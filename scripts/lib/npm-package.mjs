// Single packages from the npm registry, outside node_modules.
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runNpm, say } from './commands.mjs'
import { cacheFolder } from './paths.mjs'

/**
 * Fetches a package's tarball into the cache folder with npm's own client, or finds it there.
 * @param {{ name: string, version: string, integrity: string, megabytes: number }} wanted `integrity` as in
 *   package-lock.json
 * @returns {Promise<string>} path of the tarball
 * @throws where it cannot be fetched or is not what the integrity hash says
 */
export async function fetchPackage({ name, version, integrity, megabytes }) {
  const downloads = path.join(cacheFolder(), 'downloads')
  const file = path.join(downloads, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  if (existsSync(file) && (await integrityOf(file)) === integrity) return file

  say(`Fetching ${name}@${version} (${megabytes} MB) from the npm registry ...`)
  mkdirSync(downloads, { recursive: true })
  const work = mkdtempSync(path.join(downloads, 'fetching-'))
  try {
    const result = await runNpm(
      ['pack', `${name}@${version}`, '--ignore-scripts', '--pack-destination', work, '--loglevel=error'],
      { cwd: work, quiet: true },
    )
    const [tarball] = readdirSync(work)
    if (!result.ok || tarball === undefined) {
      throw new Error(`${name}@${version} could not be fetched from the npm registry:\n${result.output}`)
    }
    const actual = await integrityOf(path.join(work, tarball))
    if (actual !== integrity) {
      throw new Error(
        `${name}@${version} is not the package that was pinned: expected ${integrity}, received ${actual}`,
      )
    }
    renameSync(path.join(work, tarball), file)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return file
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}
