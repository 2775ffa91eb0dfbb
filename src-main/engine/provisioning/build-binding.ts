import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { failure, type Result, success } from '../../../src-core/problems.ts'
import { bindingFile } from '../tensorflow-folder.ts'
import { stepFailed } from './install-problems.ts'
import { runProgram } from './run-program.ts'
import { libraries } from './tensorflow-wheel.ts'

/** The C++ compilers that are tried, in this order. */
export function compilers(): string[] {
  const { CXX } = process.env
  return [...(CXX ? [CXX] : []), 'c++', 'g++', 'clang++']
}

/**
 * Compiles the binding of @tensorflow/tfjs-node-gpu against the libraries and headers in a folder, into that folder,
 * and removes the headers. It speaks Node-API, so that the same file serves every Node and Electron.
 */
export async function buildBinding(
  compiler: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<object>> {
  const require = createRequire(import.meta.url)
  const source = path.join(path.dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding')
  const nodeHeaders = path.join(path.dirname(require.resolve('node-api-headers/package.json')), 'include')
  const include = path.join(folder, 'include')
  const { ok, output } = await runProgram(
    compiler,
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w'],
      ...['-I', nodeHeaders, '-I', include],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(source, name)),
      ...libraries.map((name) => path.join(folder, name)),
      // The libraries are found beside the binding, wherever the folder is moved.
      '-Wl,-rpath,$ORIGIN',
      ...['-o', path.join(folder, bindingFile)],
    ],
    { signal },
  )
  if (!ok) return failure(stepFailed('Compiling the binding to TensorFlow', output))
  await rm(include, { recursive: true })
  return success({})
}
