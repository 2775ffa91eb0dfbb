import { createRequire } from 'node:module'
import path from 'node:path'
import { findCuda } from '../../cuda-folder.ts'

/**
 * onnxruntime-node, loaded once per process: the copy with the CUDA libraries where that was installed, because a process
 * cannot load both (their libraries go by the same name, and the second is taken to be the first).
 */
export const onnxRuntime: typeof import('onnxruntime-node') = load()

function load() {
  // Products with 0 and 1 must be exact: pooling's gradients rely on it. TF32 rounds factors to ten bits.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  const folder = findCuda()
  const require = createRequire(folder === undefined ? import.meta.url : path.join(folder, 'index.js'))
  return require('onnxruntime-node')
}
