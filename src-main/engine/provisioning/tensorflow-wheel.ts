import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { failure, type Result, success } from '../../../src-core/problems.ts'
import { tensorflowVersion } from '../tensorflow-folder.ts'
import { pipProblem, stepFailed } from './install-problems.ts'
import { runProgram } from './run-program.ts'

/** A release of TensorFlow on Python's package index, with what it takes. Sizes as of 2.21, in bytes. */
export interface Wheel {
  readonly name: string
  readonly version: string
  readonly forGpu: boolean
  readonly download: number
  /** Download and libraries together. */
  readonly space: number
}

/** The build for NVIDIA GPUs where their driver is loaded, else the one for processors, which is half as large. */
export function wheelForThisMachine(): Wheel {
  const forGpu = existsSync('/proc/driver/nvidia/version')
  const isSmall = !forGpu && process.arch === 'x64'
  return {
    name: isSmall ? 'tensorflow-cpu' : 'tensorflow',
    version: tensorflowVersion,
    forGpu,
    download: isSmall ? 275e6 : 650e6,
    space: isSmall ? 1.3e9 : 3e9,
  }
}

export interface WheelPlace {
  readonly python: string
  /** Where things are put; the libraries end directly in it, the headers in `include`. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

/** Newest first: pip is asked for these where its own Python is too new or too old for TensorFlow. */
const pythonVersions = ['3.13', '3.12', '3.11', '3.10']

/** Downloads a wheel with pip, without what it depends on. Returns the file. */
export async function downloadWheel(wheel: Wheel, place: WheelPlace): Promise<Result<string>> {
  const target = path.join(place.folder, 'wheel')
  const temporary = path.join(place.folder, 'temporary')
  await mkdir(target, { recursive: true })
  await mkdir(temporary, { recursive: true })
  const download = (options: readonly string[]) =>
    runProgram(
      place.python,
      [
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--dest', target],
        ...['--disable-pip-version-check', '--progress-bar', 'off', ...options],
        `${wheel.name}==${wheel.version}`,
      ],
      // Where one of several indexes cannot be reached, trying it again would take longer than the rest.
      {
        environment: { PIP_RETRIES: process.env.PIP_RETRIES ?? '0', TMPDIR: temporary },
        signal: place.signal,
      },
    )
  let { ok, output } = await download([])
  for (const version of pythonVersions) {
    if (ok || !/No matching distribution/i.test(output) || place.signal?.aborted) break
    const other = await download(['--python-version', version])
    if (other.ok) ok = true
  }
  const file = (await readdir(target)).find((name) => name.endsWith('.whl'))
  if (ok && file !== undefined) return success(path.join(target, file))
  return failure(pipProblem(output, wheel, place.folder, wheel.space))
}

export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const

/** Only what the binding includes: a wheel has fifteen thousand files. */
const headers = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/']

const unpack = `
import shutil, sys, zipfile
wheel, target, prefixes = sys.argv[1], sys.argv[2], tuple(sys.argv[3:])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(prefixes):
            archive.extract(name, target)
`

/** Takes libraries and headers out of a wheel and removes the wheel. */
export async function unpackWheel(file: string, place: WheelPlace): Promise<Result<object>> {
  const target = path.join(place.folder, 'unpacked')
  const prefixes = [
    ...libraries.map((name) => `tensorflow/${name}`),
    ...headers.map((folder) => `tensorflow/include/${folder}`),
  ]
  const { signal } = place
  const { ok, output } = await runProgram(place.python, ['-c', unpack, file, target, ...prefixes], { signal })
  if (!ok) return failure(stepFailed('Unpacking TensorFlow', output))
  for (const name of libraries) {
    const unpacked = path.join(target, 'tensorflow', name)
    if (!existsSync(unpacked)) return failure(stepFailed('Unpacking TensorFlow', `the wheel has no ${name}`))
    await rename(unpacked, path.join(place.folder, name))
  }
  await rename(path.join(target, 'tensorflow', 'include'), path.join(place.folder, 'include'))
  for (const name of ['wheel', 'temporary', 'unpacked'])
    await rm(path.join(place.folder, name), { recursive: true })
  return success({})
}
