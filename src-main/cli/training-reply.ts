import type { RunDetail } from '../../src-core/ipc/contract.ts'
import type { Problem } from '../../src-core/problems.ts'
import { done, type Reply, refused } from './reply.ts'
import { count, duration, metrics } from './table.ts'

/** What `train` and `train --resume` answer at the end of a run, as data and for people. */
export function trainingReply({ run, epochs, reason }: RunDetail): Reply {
  const json = {
    runId: run.id,
    name: run.name,
    status: run.status,
    engine: run.engine,
    device: run.device,
    reason,
    dataset: run.datasetName,
    documentHash: run.documentHash,
    epochs,
    test: run.test,
    samplesPerSecond: run.samplesPerSecond,
    seconds: run.seconds,
  }
  if (run.problem !== null) {
    const failed = refused([run.status === 'paused' ? withCommand(run.problem, run.id) : run.problem])
    return { ...failed, json: { ...json, ...failed.json } }
  }
  return done(json, summary({ run, epochs }))
}

function summary({ run, epochs }: Pick<RunDetail, 'run' | 'epochs'>): string {
  const speed = run.samplesPerSecond === null ? '' : ` (${count(Math.round(run.samplesPerSecond))} samples/s)`
  const ended = run.status === 'stopped' ? 'stopped after' : 'finished'
  const lines = [
    `Run ${run.id} "${run.name}" ${ended} ${epochs.length} of ${run.epochs} epochs in ${duration(run.seconds ?? 0)}${speed} on ${run.engine}.`,
    ...(run.test === null ? [] : [`Test: ${metrics(run.test)}`]),
    run.status === 'stopped'
      ? 'Its checkpoint is kept.'
      : `Next: predict ${run.id} INPUT, or export ${run.id} --format onnx -o model.onnx`,
  ]
  return `${lines.join('\n')}\n`
}

/** How to go on with a paused run from here. */
function withCommand(paused: Problem, runId: number): Problem {
  const { batchSize, hint } = paused
  const smaller = batchSize === undefined ? '' : ` --batch-size ${batchSize}`
  return { ...paused, hint: `${hint ?? ''} Go on with: train --resume ${runId}${smaller}`.trim() }
}
