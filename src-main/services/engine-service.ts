import { type InstallableEngine, installableTitles } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { EngineAvailability, ProviderName } from '../engine/protocol.ts'
import { installCuda, removeCuda } from '../engine/provisioning/install-cuda.ts'
import { stepFailed } from '../engine/provisioning/install-problems.ts'
import {
  type InstallOptions,
  type InstallProgress,
  installTensorflow,
  removeTensorflow,
} from '../engine/provisioning/install-tensorflow.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'

type Listener = (progress: InstallProgress) => void

interface Provisioning {
  readonly provider: ProviderName
  install(options: InstallOptions): Promise<Result<object>>
  /** Returns whether it was there. */
  remove(): Promise<boolean>
}

const provisioning: Readonly<Record<InstallableEngine, Provisioning>> = {
  tensorflow: { provider: 'tensorflow', install: installTensorflow, remove: removeTensorflow },
  cuda: { provider: 'onnx/cuda', install: installCuda, remove: removeCuda },
}

/** Which engines there are, and those that are installed on request. One installation at a time. */
export class EngineService {
  readonly #supervisor: EngineSupervisor
  readonly #listeners = new Set<Listener>()
  #installation:
    | {
        readonly engine: InstallableEngine
        readonly done: Promise<Result<EngineAvailability[]>>
        readonly stop: AbortController
      }
    | undefined

  constructor(supervisor: EngineSupervisor) {
    this.#supervisor = supervisor
  }

  /** Every engine of this version, and whether it runs here. */
  async list(): Promise<EngineAvailability[]> {
    return [...(await this.#supervisor.engines())]
  }

  /** Calls `listener` with the progress of installations; returns what ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Installs an engine and tries it; returns all as they are then. What does not run is taken away again.
   * Fails with `engine.notInstalled`. While it is at work, a second call for the same engine waits for it.
   */
  async install(engine: InstallableEngine): Promise<Result<EngineAvailability[]>> {
    if (this.#installation?.engine === engine) return this.#installation.done
    if (this.#installation) return failure(busyWith(this.#installation.engine))
    const stop = new AbortController()
    const done = this.#install(engine, stop.signal).finally(() => {
      this.#installation = undefined
    })
    this.#installation = { engine, done, stop }
    return done
  }

  /** Ends the installation that is at work, if there is one, and waits for it. */
  async cancelInstallation(): Promise<void> {
    this.#installation?.stop.abort()
    await this.#installation?.done
  }

  /** Removes an engine; returns whether it was there. */
  async remove(engine: InstallableEngine): Promise<boolean> {
    const wasThere = await provisioning[engine].remove()
    this.#supervisor.forgetEngines()
    return wasThere
  }

  async #install(name: InstallableEngine, signal: AbortSignal): Promise<Result<EngineAvailability[]>> {
    const report = (progress: InstallProgress) => {
      for (const listener of this.#listeners) listener(progress)
    }
    const installed = await provisioning[name].install({ report, signal })
    if (!installed.ok) return installed
    report({ step: 'Trying it', fraction: 0.95 })
    this.#supervisor.forgetEngines()
    const engines = await this.list()
    const found = engines.find(({ engine }) => engine === provisioning[name].provider)
    if (found?.available) return success(engines)
    await this.remove(name)
    const step = `Loading ${installableTitles[name]} after its installation`
    return failure(stepFailed(step, found?.detail ?? ''))
  }
}

function busyWith(engine: InstallableEngine) {
  const message = `${installableTitles[engine]} is being installed at this moment.`
  return problem('engine.notInstalled', message, { hint: 'Wait until it has finished.' })
}
