import type { RunModelJob } from '../protocol.ts'
import type { JobContext } from './job-context.ts'
import { runModelFile } from './onnx/run-model-file.ts'

/** Runs an exported model file once and tells its outputs. */
export async function runModel(job: RunModelJob, context: JobContext): Promise<void> {
  context.reply({ type: 'predicted', outputs: await runModelFile(job.file, job.inputs) })
}
