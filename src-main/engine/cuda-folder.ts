import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { enginesFolder } from './tensorflow-folder.ts'

/** Changes when an installed folder must be made again although onnxruntime stays the same. */
const layout = 1

/** The file that NVIDIA's driver for Linux shows where it is loaded. */
export const driverFile = '/proc/driver/nvidia/version'

/** The library that computes on the GPU. */
export const cudaLibrary = 'libonnxruntime_providers_cuda.so'

const packageSchema = z.object({ version: z.string() })

/** The version of onnxruntime-node that this version of LayerLoom uses; libraries of another one do not fit to it. */
export function onnxruntimeVersion(): string {
  const file = createRequire(import.meta.url).resolve('onnxruntime-node/package.json')
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

/** Where this version's onnxruntime with CUDA is, or will be. */
export function cudaFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(enginesFolder(environment), `cuda-${onnxruntimeVersion()}-${layout}`)
}

/** The folder of onnxruntime-node within an installation, and of its native libraries. */
export function runtimeFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'onnxruntime-node')
}

/** Where the native libraries of an installation lie. */
export function librariesFolder(folder: string): string {
  return path.join(runtimeFolder(folder), 'bin', 'napi-v6', process.platform, process.arch)
}

/** The folder of the installed onnxruntime with CUDA; `undefined` when there is none. */
export function findCuda(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = cudaFolder(environment)
  return existsSync(path.join(librariesFolder(folder), cudaLibrary)) ? folder : undefined
}
