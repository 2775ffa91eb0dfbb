import { describe, expect, it } from 'vitest'
import { EngineProcessError, engineDied } from '../../../src-main/engine/engine-process-error.ts'
import { outsideFailure } from '../../../src-main/engine/outside-failure.ts'
import { trialFailure } from '../../../src-main/engine/process/trial-failure.ts'

/** An error that V8 itself throws for want of memory. */
function allocationError(): unknown {
  try {
    return new Float32Array(2 ** 52)
  } catch (error) {
    return error
  }
}

describe('an error from outside', () => {
  it.each([
    'Error in execution: Non-zero status code returned while running Conv node. std::bad_alloc',
    '/onnxruntime/core/framework/bfc_arena.cc:359 Failed to allocate memory for requested buffer of size 4294967296',
    'Array buffer allocation failed',
    'Cannot allocate memory',
    'OOM when allocating tensor with shape[1024,1024]',
    'VK_ERROR_OUT_OF_DEVICE_MEMORY',
  ])('is a want of memory: %s', (message) => {
    expect(outsideFailure(new Error(message))).toBe('memory')
  })

  it('is a want of memory when V8 says so', () => {
    expect(outsideFailure(allocationError())).toBe('memory')
  })

  it.each([
    'Device is lost.',
    'WebGPU validation failed: Device was lost: reset',
    'VK_ERROR_DEVICE_LOST',
    'DXGI_ERROR_DEVICE_REMOVED',
    'CUDA error: an illegal memory access was encountered',
  ])('is a lost device: %s', (message) => {
    expect(outsideFailure(new Error(message))).toBe('device')
  })

  it.each([
    "Cannot read properties of undefined (reading 'shape')",
    'training graphs of one model pack their state differently',
    'Maximum call stack size exceeded',
    'the engine returned no "sums"',
  ])('is none: %s', (message) => {
    expect(outsideFailure(new RangeError(message))).toBeUndefined()
  })
})

describe('an engine whose trial fails', () => {
  const who = 'NVIDIA T4 through WebGPU'

  it('is left out with the reason when it was its memory', () => {
    const error = new Error('Failed to allocate memory for buffer: VK_ERROR_OUT_OF_DEVICE_MEMORY')
    expect(trialFailure(who, error, 4096, 'float32').message).toBe(
      'NVIDIA T4 through WebGPU is not used: a batch of 4,096 does not fit into its memory',
    )
  })

  it('is left out with what it said otherwise', () => {
    expect(trialFailure(who, new Error('no kernel for GridSample\nat node 3'), 32, 'float32').message).toBe(
      'NVIDIA T4 through WebGPU cannot train this model: no kernel for GridSample',
    )
  })
})

describe('a process that is gone', () => {
  const killed = { code: null, signal: 'SIGKILL' }

  it('was killed by the system when memory ran out at that time', () => {
    expect(engineDied(new EngineProcessError(killed, 'gone', ''), true)).toMatchObject({
      code: 'run.outOfMemory',
      message: 'Memory ran out and the engine process ended (signal SIGKILL).',
    })
    expect(engineDied(new EngineProcessError(killed, 'gone', ''), false).code).toBe('run.engineDied')
  })

  it('says by its last words that memory ran out', () => {
    const words = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'
    const error = new EngineProcessError({ code: null, signal: 'SIGABRT' }, 'gone', words)
    expect(engineDied(error).code).toBe('run.outOfMemory')
  })

  it('is a mistake of ours when it ended with another exception', () => {
    const error = new EngineProcessError({ code: 1, signal: null }, 'failed: x is undefined', '', true)
    expect(engineDied(error)).toMatchObject({ code: 'run.engineDied' })
  })
})
