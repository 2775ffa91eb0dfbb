import { createRequire } from 'node:module'
import path from 'node:path'
import util from 'node:util'
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import { bindingFile } from '../../tensorflow-folder.ts'

/** The functions of TensorFlow.js, all of which run TensorFlow's native kernels here. */
export type TensorflowFunctions = typeof import('@tensorflow/tfjs')

/** TensorFlow, ready to compute. */
export interface TensorflowLibrary {
  readonly tf: TensorflowFunctions
  /** Kernels that TensorFlow.js has no function for are called through it by their TensorFlow names. */
  readonly backend: NodeJSKernelBackend
  readonly binding: TFJSBinding
  /** Of the native library, e.g. `2.21.0`. */
  readonly version: string
  readonly usesGpu: boolean
}

let loaded: Promise<TensorflowLibrary> | undefined

/**
 * Loads the native library from the folder that it was installed into, once per process.
 * Throws what the dynamic linker says when it cannot be loaded.
 */
export function loadTensorflow(folder: string): Promise<TensorflowLibrary> {
  loaded ??= load(folder)
  return loaded
}

async function load(folder: string): Promise<TensorflowLibrary> {
  prepareProcess()
  const tf = await import('@tensorflow/tfjs')
  await import('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js')
  const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js')
  const binding: TFJSBinding = createRequire(import.meta.url)(path.join(folder, bindingFile))
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu')
  tf.enableProdMode()
  tf.registerBackend('tensorflow', () => backend)
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not start')
  return { tf, backend, binding, version: binding.TF_Version, usesGpu: binding.isUsingGpuDevice() }
}

/** What must be so before the library is loaded. */
function prepareProcess(): void {
  const { env } = process
  // Otherwise it takes all of the GPU's memory at once.
  env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
  // Products with 0 and 1 must be exact: pooling's gradients rely on it. TF32 rounds factors to ten bits.
  env.NVIDIA_TF32_OVERRIDE ??= '0'
  env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  // Node 23 took away what the package calls.
  if (!('isNullOrUndefined' in util)) {
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  }
}
