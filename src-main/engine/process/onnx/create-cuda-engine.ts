import { existsSync } from 'node:fs'
import path from 'node:path'
import { cudaLibrary, driverFile, findCuda, librariesFolder } from '../../cuda-folder.ts'
import { runProgram } from '../../provisioning/run-program.ts'
import { nvidiaDevice } from '../graphics-device.ts'
import type { OnnxEngine } from './onnx-engine.ts'

/**
 * onnxruntime with CUDA on the first NVIDIA GPU. Throws one sentence that says what is missing: a system that has it, the
 * driver, the installation, or NVIDIA's own libraries.
 */
export async function createCudaEngine(driver = driverFile): Promise<OnnxEngine> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x64 only')
  if (!existsSync(driver)) throw new Error('no NVIDIA driver is loaded')
  const folder = findCuda()
  if (folder === undefined) {
    throw new Error('it is not installed; the Engines page and the command "engines install cuda" install it')
  }
  const missing = await missingLibraries(path.join(librariesFolder(folder), cudaLibrary))
  if (missing.length > 0) {
    const which = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`
    throw new Error(`${which}; install NVIDIA’s CUDA 12 and cuDNN 9 on this system`)
  }
  const { OnnxEngine } = await import('./onnx-engine.ts')
  return new OnnxEngine({ provider: 'cuda', device: await nvidiaDevice(), threads: 1 })
}

/** Shared libraries that a library needs and the dynamic linker does not find. */
async function missingLibraries(library: string): Promise<string[]> {
  const { output } = await runProgram('ldd', [library])
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => (name ? [name] : []))
}
