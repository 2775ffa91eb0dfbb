import { existsSync } from 'node:fs'
import { cp, mkdir, rm, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { failure, type Result, success } from '../../../src-core/problems.ts'
import {
  cudaFolder,
  driverFile,
  findCuda,
  librariesFolder,
  onnxruntimeVersion,
  runtimeFolder,
} from '../cuda-folder.ts'
import { enginesFolder } from '../tensorflow-folder.ts'
import {
  cudaIsBeingInstalled,
  cudaStepFailed,
  cudaWasCancelled,
  feedProblem,
  noDriver,
  noSpaceForCuda,
  wrongSystemForCuda,
} from './cuda-problems.ts'
import type { InstallOptions } from './install-tensorflow.ts'
import { downloadPackage, findPackage, NugetError } from './nuget-package.ts'
import { makeFolder, removeFolders } from './staging-folder.ts'
import { extractEntries } from './zip-entries.ts'

/** Bytes for download and libraries together, as of 1.30. */
const space = 1.5e9

/** What onnxruntime-node's own installer knows of the package that holds the libraries. */
const metadataSchema = z.object({
  manifests: z.record(z.string(), z.record(z.string(), z.object({ package: z.string(), path: z.string() }))),
  packages: z.record(
    z.string(),
    z.object({ name: z.string(), versions: z.array(z.object({ feed: z.string(), version: z.string() })) }),
  ),
  feeds: z.record(z.string(), z.object({ index: z.string() })),
})

export interface CudaInstallOptions extends InstallOptions {
  /** The file by which a loaded NVIDIA driver is known. */
  readonly driver?: string
}

/**
 * Installs onnxruntime's CUDA libraries: a copy of onnxruntime-node with the two libraries that its npm package leaves
 * out, of exactly its version, from the NuGet package that its own installer names. The download is compared with the
 * SHA-512 that the feed tells. The folder appears when everything is in it. Returns at once when it is there.
 * Fails with `engine.notInstalled` and one sentence of what is missing.
 */
export async function installCuda(options: CudaInstallOptions): Promise<Result<object>> {
  if (findCuda() !== undefined) return success({})
  const { signal, driver = driverFile } = options
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return failure(wrongSystemForCuda(`${process.platform} on ${process.arch}`))
  }
  if (!existsSync(driver)) return failure(noDriver())
  const folder = enginesFolder()
  try {
    await mkdir(folder, { recursive: true })
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < space) return failure(noSpaceForCuda(folder, space, bavail * bsize))
    const fill = (staging: string) => fillFolder(staging, options)
    return await makeFolder(cudaFolder(), cudaIsBeingInstalled(folder), fill)
  } catch (error) {
    if (signal?.aborted) return failure(cudaWasCancelled())
    if (error instanceof NugetError) return failure(feedProblem(error, onnxruntimeVersion()))
    // The file system's refusals: a folder that may not be written, a disk that ran full.
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      return failure(noSpaceForCuda(folder, space))
    }
    const reason = error instanceof Error ? error.message : String(error)
    return failure(cudaStepFailed('Installing CUDA for onnxruntime', reason))
  }
}

/** Removes every installed onnxruntime with CUDA, of older versions too. Returns whether there was one. */
export function removeCuda(): Promise<boolean> {
  return removeFolders(enginesFolder(), /^cuda-[\d.]+-\d+$/)
}

async function fillFolder(folder: string, { report, signal }: CudaInstallOptions): Promise<Result<object>> {
  const { name, version, index, libraries } = wantedPackage(folder)
  report({ step: 'Looking for onnxruntime’s CUDA libraries', fraction: 0 })
  const found = await findPackage(index, name, version, signal)
  const step = `Downloading ${name} ${version}, ${Math.round(found.size / 1e6)} MB`
  const archive = path.join(folder, 'package.zip')
  let told = -1
  await downloadPackage(
    found,
    archive,
    (fraction) => {
      // A hundred reports are enough.
      const percent = Math.floor(100 * fraction)
      if (percent > told) report({ step, fraction: 0.02 + 0.83 * fraction })
      told = Math.max(told, percent)
    },
    signal,
  )
  report({ step: 'Unpacking the libraries', fraction: 0.86 })
  await copyRuntime(folder)
  await extractEntries(archive, libraries)
  await rm(archive)
  signal?.throwIfAborted()
  return success({})
}

/** The package that onnxruntime-node's installer would take, and which of its files go where. */
function wantedPackage(folder: string) {
  // A list of names without any code of onnxruntime, which only the engine process loads.
  const require = createRequire(import.meta.url)
  const found: unknown = require(require.resolve('onnxruntime-node/script/install-metadata.js'))
  const { manifests, packages, feeds } = metadataSchema.parse(found)
  const manifest = manifests['linux/x64:cuda12'] ?? {}
  // TensorRT's library stands beside the two others, and nothing here uses it.
  const files = Object.entries(manifest).filter(([file]) => /_(cuda|shared)\.so$/.test(file))
  const wanted = packages[files[0]?.[1].package ?? '']
  const release = wanted?.versions.find(({ version }) => version === onnxruntimeVersion())
  const index = process.env.LAYERLOOM_NUGET ?? feeds[release?.feed ?? '']?.index
  if (files.length !== 2 || !wanted || !release || index === undefined) {
    throw new Error(`onnxruntime-node ${onnxruntimeVersion()} names no CUDA package`)
  }
  const libraries = new Map(
    files.map(([file, entry]) => [entry.path, path.join(librariesFolder(folder), path.basename(file))]),
  )
  return { name: wanted.name, version: release.version, index, libraries }
}

/** onnxruntime looks for its providers beside its own library, which must not be written to: so it is copied. */
async function copyRuntime(folder: string): Promise<void> {
  const require = createRequire(import.meta.url)
  const packageFolder = (name: string) => path.dirname(require.resolve(`${name}/package.json`))
  const source = packageFolder('onnxruntime-node')
  const target = runtimeFolder(folder)
  const native = path.join('bin', 'napi-v6', process.platform, process.arch)
  for (const part of ['package.json', 'dist', native]) {
    await cp(path.join(source, part), path.join(target, part), { recursive: true, dereference: true })
  }
  const common = path.join(path.dirname(target), 'onnxruntime-common')
  await cp(commonFolder(require), common, { recursive: true, dereference: true })
}

/** onnxruntime-common does not export its package.json. */
function commonFolder(require: NodeJS.Require): string {
  const entry = require.resolve('onnxruntime-common')
  return entry.slice(0, entry.lastIndexOf('onnxruntime-common') + 'onnxruntime-common'.length)
}
