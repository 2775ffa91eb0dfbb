import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright'
import { z } from 'zod'
import { type ModelDocument, modelDocumentSchema } from '../src-core/document/model-document.ts'
import { setup } from '../tests/e2e/support/global-setup.mjs'
import { launchApp } from '../tests/e2e/support/launch-app.ts'
import { documentOf, leNet } from '../tests/support/models.ts'
import { median } from './statistics.ts'

const execute = promisify(execFile)
const cli = fileURLToPath(new URL('../src-main/cli/index.ts', import.meta.url))

/** Milliseconds per step of the same training in the app and by the command line. */
export interface AppResult {
  readonly app: number
  readonly commandLine: number
}

const epochsSchema = z.array(z.object({ epoch: z.number(), samplesPerSecond: z.number() }))

/** Trains LeNet on the digits in alternating rounds: in the real Electron, through its window, and by the CLI. */
export async function runAppBench(rounds: number): Promise<AppResult> {
  const document = lenetDocument()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'layerloom-bench-app-'))
  const stop = await setup()
  const launched = await launchApp()
  try {
    const app: number[] = []
    const commandLine: number[] = []
    const file = path.join(folder, 'lenet.loom.json')
    writeFileSync(file, JSON.stringify(document))
    for (let round = 0; round < rounds; round++) {
      app.push(...perStep(document, await trainInApp(launched.window, document)))
      commandLine.push(...perStep(document, await trainByCommandLine(file, folder)))
    }
    return { app: median(app), commandLine: median(commandLine) }
  } finally {
    await launched.close()
    stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function lenetDocument(): ModelDocument {
  const document = documentOf('lenet', leNet(0.5))
  const dataset = { name: 'mnist', inputs: {}, targets: {} }
  const training = { ...document.training, epochs: 4, batchSize: 64, engine: 'cpu' }
  return modelDocumentSchema.parse({ ...document, dataset, training })
}

/** The first epoch is dropped: it warms up caches and the processor's clock. */
function perStep({ training }: ModelDocument, epochs: z.output<typeof epochsSchema>): number[] {
  return epochs
    .filter(({ epoch }) => epoch > 1)
    .map(({ samplesPerSecond }) => (1000 * training.batchSize) / samplesPerSecond)
}

const runSchema = z.object({
  run: z.object({ status: z.string(), problem: z.unknown() }),
  epochs: epochsSchema,
})

/** Starts a run over the window's own bridge and waits for its end. */
async function trainInApp(window: Page, document: ModelDocument): Promise<z.output<typeof epochsSchema>> {
  const ask = async (channel: string, input: unknown): Promise<unknown> => {
    const answer: unknown = await window.evaluate(
      ([name, value]) => Reflect.get(Reflect.get(globalThis, 'layerloom'), 'invoke')[String(name)](value),
      [channel, input],
    )
    const outcome = z
      .object({ ok: z.boolean(), value: z.unknown().optional(), problems: z.unknown().optional() })
      .parse(answer)
    if (!outcome.ok) throw new Error(`${channel}: ${JSON.stringify(outcome.problems)}`)
    return outcome.value
  }
  await ask('datasets.addSample', { name: 'mnist' })
  const created = await ask('projects.create', { document })
  const { project } = z.object({ project: z.object({ id: z.number() }) }).parse(created)
  const started = await ask('runs.start', { projectId: project.id, document })
  const { runId } = z.object({ runId: z.number() }).parse(started)
  for (;;) {
    const { run, epochs } = runSchema.parse(await ask('runs.get', { runId }))
    if (run.status === 'finished') return epochs
    if (run.status !== 'running' && run.status !== 'queued') throw new Error(JSON.stringify(run.problem))
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

async function trainByCommandLine(file: string, folder: string): Promise<z.output<typeof epochsSchema>> {
  const workspace = path.join(folder, 'cli.layerloom')
  const { stdout } = await execute(
    process.execPath,
    [cli, 'train', file, '--workspace', workspace, '--json'],
    {
      maxBuffer: 2 ** 26,
    },
  )
  return z.object({ epochs: epochsSchema }).parse(JSON.parse(stdout)).epochs
}
