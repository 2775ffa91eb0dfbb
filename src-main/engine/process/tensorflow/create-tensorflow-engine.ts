import { findTensorflow } from '../../tensorflow-folder.ts'
import { processorDevice, threadCount } from '../devices.ts'
import { nvidiaDevice } from '../graphics-device.ts'
import { TensorflowEngine } from './tensorflow-engine.ts'
import { loadTensorflow } from './tensorflow-library.ts'

/** What to tell people who want TensorFlow and have not installed it. */
export const notInstalled =
  'it is not installed; the Engines page and the command "engines install tensorflow" install it'

/**
 * TensorFlow on the GPU that it found, else on the processor.
 * Throws when it is not installed, or with the dynamic linker's words when it cannot be loaded.
 */
export async function createTensorflowEngine(): Promise<TensorflowEngine> {
  const folder = findTensorflow()
  if (folder === undefined) throw new Error(notInstalled)
  const library = await loadTensorflow(folder)
  const device = library.usesGpu ? await nvidiaDevice() : processorDevice(threadCount())
  return new TensorflowEngine(library, device)
}
