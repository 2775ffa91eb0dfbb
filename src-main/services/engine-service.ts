import { failure, type Result, success } from '../../src-core/problems.ts'
import type { EngineAvailability } from '../engine/protocol.ts'
import { stepFailed } from '../engine/provisioning/install-problems.ts'
import {
  type InstallProgress,
  installTensorflow,
  removeTensorflow,
} from '../engine/provisioning/install-tensorflow.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'

type Listener = (progress: InstallProgress) => void

/** Which engines there are, and those that are installed on request. One installation at a time. */
export class EngineService {
  readonly #supervisor: EngineSupervisor
  readonly #listeners = new Set<Listener>()
  #installation:
    | { readonly done: Promise<Result<EngineAvailability[]>>; readonly stop: AbortController }
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
   * Installs TensorFlow and tries it; returns the engines as they are then. What does not run is taken away again.
   * Fails with `engine.notInstalled`. While one installation is at work, a second call waits for the same.
   */
  install(): Promise<Result<EngineAvailability[]>> {
    if (this.#installation) return this.#installation.done
    const stop = new AbortController()
    const done = this.#install(stop.signal).finally(() => {
      this.#installation = undefined
    })
    this.#installation = { done, stop }
    return done
  }

  /** Ends the installation that is at work, if there is one, and waits for it. */
  async cancelInstallation(): Promise<void> {
    this.#installation?.stop.abort()
    await this.#installation?.done
  }

  /** Removes TensorFlow; returns whether it was there. */
  async remove(): Promise<boolean> {
    const wasThere = await removeTensorflow()
    this.#supervisor.forgetEngines()
    return wasThere
  }

  async #install(signal: AbortSignal): Promise<Result<EngineAvailability[]>> {
    const report = (progress: InstallProgress) => {
      for (const listener of this.#listeners) listener(progress)
    }
    const installed = await installTensorflow({ report, signal })
    if (!installed.ok) return installed
    report({ step: 'Trying it', fraction: 0.95 })
    this.#supervisor.forgetEngines()
    const engines = await this.list()
    const found = engines.find(({ engine }) => engine === 'tensorflow')
    if (found?.available) return success(engines)
    await this.remove()
    return failure(stepFailed('Loading TensorFlow after its installation', found?.detail ?? ''))
  }
}
