import { type Problem, problem } from '../../../src-core/problems.ts'
import type { NugetError } from './nuget-package.ts'

function cudaProblem(message: string, hint: string): Problem {
  return problem('engine.notInstalled', message, { hint })
}

const elsewhere = 'Train with the engine "auto", "cpu" or "webgpu".'

export function wrongSystemForCuda(system: string): Problem {
  return cudaProblem(`CUDA can be installed on Linux on x64 only; this is ${system}.`, elsewhere)
}

export function noDriver(): Problem {
  return cudaProblem(
    'CUDA needs an NVIDIA GPU with its driver, and no NVIDIA driver is loaded here.',
    elsewhere,
  )
}

export function noSpaceForCuda(folder: string, needed: number, free?: number): Problem {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1)
  const left = free === undefined ? 'the disk ran full' : `${gigabytes(free)} GB are free`
  return cudaProblem(
    `Installing CUDA for onnxruntime needs ${gigabytes(needed)} GB in ${folder}, and ${left}.`,
    'Free some space, or name another folder in the variable LAYERLOOM_ENGINES, then try again.',
  )
}

export function cudaStepFailed(step: string, reason: string): Problem {
  return cudaProblem(`${step} failed: ${reason}.`, 'Nothing was left behind. Try again later.')
}

export function cudaIsBeingInstalled(folder: string): Problem {
  return cudaProblem(
    `Another LayerLoom is installing CUDA into ${folder} at this moment.`,
    'Wait until it has finished.',
  )
}

export function cudaWasCancelled(): Problem {
  return cudaProblem('The installation of CUDA was cancelled.', 'Nothing was left behind.')
}

/** What went wrong with the feed, in one sentence. */
export function feedProblem({ kind, message }: NugetError, version: string): Problem {
  const mirror = 'name a NuGet feed that can be reached in the variable LAYERLOOM_NUGET'
  switch (kind) {
    case 'unreachable':
      return cudaProblem(
        `onnxruntime’s CUDA libraries could not be downloaded: ${message}.`,
        `Connect this machine to the network, or ${mirror}, then try again.`,
      )
    case 'absent':
      return cudaProblem(
        `The NuGet feed has no CUDA libraries of onnxruntime ${version}: ${message}.`,
        `Try again later, or ${mirror}.`,
      )
    case 'damaged':
      return cudaProblem(
        `What was downloaded is not onnxruntime’s CUDA package: ${message}.`,
        'Nothing was left behind. Try again; if it happens again, do not trust the connection.',
      )
  }
}
