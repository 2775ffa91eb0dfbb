import { mkdir, statfs } from 'node:fs/promises'
import { failure, type Result, success } from '../../../src-core/problems.ts'
import { enginesFolder, findTensorflow, tensorflowFolder } from '../tensorflow-folder.ts'
import { buildBinding, compilers } from './build-binding.ts'
import {
  alreadyInstalling,
  noCompiler,
  noPython,
  noSpace,
  stepFailed,
  wasCancelled,
  wrongSystem,
} from './install-problems.ts'
import { firstProgram } from './run-program.ts'
import { makeFolder, removeFolders } from './staging-folder.ts'
import { downloadWheel, unpackWheel, type Wheel, wheelForThisMachine } from './tensorflow-wheel.ts'

export interface InstallProgress {
  /** What is being done, for people. */
  readonly step: string
  /** Of the whole, from 0 to 1; steps differ in length, and pip does not tell how far it is. */
  readonly fraction: number
}

export interface InstallOptions {
  readonly report: (progress: InstallProgress) => void
  readonly signal?: AbortSignal
}

/**
 * Installs TensorFlow's libraries and compiles the binding to them, in the user's folder for engines. The folder
 * appears when everything is in it: an installation that fails, is cancelled or is killed leaves no engine behind, and
 * what it had downloaded is removed (at the next installation, where it was killed).
 * Returns at once when this version is there. Fails with `engine.notInstalled` and one sentence of what is missing.
 */
export async function installTensorflow({ report, signal }: InstallOptions): Promise<Result<object>> {
  if (findTensorflow() !== undefined) return success({})
  const wheel = wheelForThisMachine()
  try {
    return await installWheel(wheel, report, signal)
  } catch (error) {
    // The file system's refusals: a folder that may not be written, a disk that ran full.
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    if (isFull) return failure(noSpace(enginesFolder(), wheel.space))
    const message = error instanceof Error ? error.message : String(error)
    return failure(stepFailed(`Writing to ${enginesFolder()}`, message))
  }
}

async function installWheel(
  wheel: Wheel,
  report: InstallOptions['report'],
  signal: AbortSignal | undefined,
): Promise<Result<object>> {
  const tools = await findTools(wheel)
  if (!tools.ok) return tools
  return makeFolder(tensorflowFolder(), alreadyInstalling(enginesFolder()), async (staging) => {
    const made = await fill(staging, wheel, tools.value, report, signal)
    return signal?.aborted ? failure(wasCancelled()) : made
  })
}

/** Removes every installed TensorFlow, of older versions too. Returns whether there was one. */
export function removeTensorflow(): Promise<boolean> {
  return removeFolders(enginesFolder(), /^tensorflow-[\d.]+-\d+$/)
}

interface Tools {
  readonly python: string
  readonly compiler: string
}

async function findTools(wheel: Wheel): Promise<Result<Tools>> {
  const system = `${process.platform} on ${process.arch}`
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    return failure(wrongSystem(system))
  }
  const python = await firstProgram(['python3', 'python'], ['-m', 'pip', '--version'])
  if (python === undefined) return failure(noPython())
  const compiler = await firstProgram(compilers(), ['--version'])
  if (compiler === undefined) return failure(noCompiler())
  const folder = enginesFolder()
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < wheel.space) return failure(noSpace(folder, wheel.space, bavail * bsize))
  return success({ python, compiler })
}

async function fill(
  folder: string,
  wheel: Wheel,
  { python, compiler }: Tools,
  report: InstallOptions['report'],
  signal: AbortSignal | undefined,
): Promise<Result<object>> {
  const place = { python, folder, signal }
  const size = Math.round(wheel.download / 1e6)
  report({ step: `Downloading ${wheel.name} ${wheel.version}, about ${size} MB`, fraction: 0.05 })
  const file = await downloadWheel(wheel, place)
  if (!file.ok) return file
  report({ step: 'Unpacking the libraries', fraction: 0.7 })
  const unpacked = await unpackWheel(file.value, place)
  if (!unpacked.ok) return unpacked
  report({ step: 'Compiling the binding', fraction: 0.85 })
  return buildBinding(compiler, folder, signal)
}
