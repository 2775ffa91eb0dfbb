import { type Problem, problem } from '../../../src-core/problems.ts'

function installProblem(message: string, hint: string): Problem {
  return problem('engine.notInstalled', message, { hint })
}

export function wrongSystem(system: string): Problem {
  return installProblem(
    `TensorFlow can be installed on Linux on x64 and arm64 only; this is ${system}.`,
    'Train with the engine "auto", "cpu" or "webgpu".',
  )
}

export function noPython(): Problem {
  return installProblem(
    'TensorFlow’s libraries are downloaded with Python’s pip, and no Python with pip was found.',
    'Install Python 3 with pip (on Debian and Ubuntu: apt install python3-pip), then try again.',
  )
}

export function noCompiler(): Problem {
  return installProblem(
    'The binding to TensorFlow is compiled on this machine, and no C++ compiler was found.',
    'Install one (on Debian and Ubuntu: apt install g++), or name it in the variable CXX, then try again.',
  )
}

export function noSpace(folder: string, needed: number, free?: number): Problem {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1)
  const left = free === undefined ? 'the disk ran full' : `${gigabytes(free)} GB are free`
  return installProblem(
    `Installing TensorFlow needs ${gigabytes(needed)} GB in ${folder}, and ${left}.`,
    'Free some space, or name another folder in the variable LAYERLOOM_ENGINES, then try again.',
  )
}

export function noNetwork(): Problem {
  return installProblem(
    'TensorFlow could not be downloaded: pip did not reach its package index.',
    'Connect this machine to the network, or set up pip’s proxy or mirror, then try again.',
  )
}

export function noWheel(name: string, version: string): Problem {
  return installProblem(
    `pip’s package index has no ${name} ${version} for this machine.`,
    'Look at pip’s settings (pip config list): a mirror may not carry it.',
  )
}

export function stepFailed(step: string, output: string): Problem {
  const lines = output.trim().split('\n').slice(-3).join(' ')
  return installProblem(
    `${step} failed: ${lines || 'the program said nothing'}`,
    'Nothing was left behind. Try again; if it happens again, the message tells what is missing.',
  )
}

export function alreadyInstalling(folder: string): Problem {
  return installProblem(
    `Another LayerLoom is installing TensorFlow into ${folder} at this moment.`,
    'Wait until it has finished.',
  )
}

export function wasCancelled(): Problem {
  return installProblem('The installation of TensorFlow was cancelled.', 'Nothing was left behind.')
}

/** What went wrong in pip's own words, as one of the above. */
export function pipProblem(
  output: string,
  wheel: { name: string; version: string },
  folder: string,
  needed: number,
) {
  if (/No space left|ENOSPC/i.test(output)) return noSpace(folder, needed)
  if (/No matching distribution/i.test(output)) {
    return unreachable.test(output) ? noNetwork() : noWheel(wheel.name, wheel.version)
  }
  return unreachable.test(output) ? noNetwork() : stepFailed('Downloading TensorFlow with pip', output)
}

const unreachable =
  /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ConnectionError|ProxyError|Max retries exceeded|Network is unreachable|Temporary failure in name resolution/
