import { describe, it } from 'vitest'
import {
  loadTensorflow,
  type TensorflowLibrary,
} from '../../src-main/engine/process/tensorflow/tensorflow-library.ts'
import { findTensorflow } from '../../src-main/engine/tensorflow-folder.ts'

/** The installed TensorFlow. Throws when there is none: ask {@link describeWithTensorflow} first. */
export async function tensorflow(): Promise<TensorflowLibrary> {
  const folder = findTensorflow()
  if (folder === undefined)
    throw new Error('TensorFlow is not installed: `npm run cli -- engines install tensorflow`.')
  return loadTensorflow(folder)
}

/**
 * `describe` for tests that need the TensorFlow engine, which `node scripts/setup.mjs --test` installs. Without it they
 * are skipped, by name, except in CI, where its absence is a failure.
 */
export function describeWithTensorflow(name: string, define: () => void): void {
  if (findTensorflow() !== undefined) {
    describe(name, define)
  } else if (process.env.CI) {
    describe(name, () => {
      it('has the TensorFlow engine that CI must have', () => {
        throw new Error(
          'TensorFlow is not installed: run `npm run cli -- engines install tensorflow` to see why.',
        )
      })
    })
  } else {
    describe.skip(`${name} (needs the TensorFlow engine)`, define)
  }
}
