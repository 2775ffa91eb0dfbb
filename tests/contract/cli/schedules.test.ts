import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runDetailSchema } from '../../../src-core/ipc/contract.ts'
import { scheduleKinds } from '../../../src-core/training/schedules/schedule-config.ts'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()
const train = ['train', 'iris-classifier', '--engine', 'cpu', '--seed', '7']
const trainedSchema = z.object({ runId: z.int() })

const trained = async (...options: string[]) => {
  const { value, error } = await cli.json(trainedSchema, [...train, ...options])
  const shown = await cli.json(runDetailSchema, ['runs', 'show', String(value.runId)])
  return { ...shown.value, error }
}

describe('train --schedule', () => {
  it('offers every schedule there is', async () => {
    const { out } = await cli.run(['train', '--help'])
    const offered = /--schedule <name> .*?\(choices:(.*?)\)/s.exec(out)?.[1]
    expect(offered?.match(/\w+/g)).toEqual([...scheduleKinds])
  })

  it('sets the schedule with its defaults, and a warm-up in steps', async () => {
    const { settings, epochs, error } = await trained(
      ...['--epochs', '5', '--schedule', 'cosine', '--warmup-steps', '10'],
    )
    expect(settings).toMatchObject({
      schedule: { kind: 'cosine', decayLength: null, alpha: 0 },
      warmUp: { length: { unit: 'steps', count: 10 }, startFactor: 0 },
      earlyStopping: null,
    })
    const rates = epochs.map(({ train }) => train.learningRate ?? Number.NaN)
    expect(rates[4]).toBeLessThan(0.2 * (rates[1] ?? 0))
    expect(error).toMatch(/Epoch 5: training loss [^;]+; validation [^;]+; learning rate 0\.\d+ /)
  })

  it('ends early, says so, and keeps the best weights', async () => {
    const options = ['--epochs', '2000', '--learning-rate', '0.05', '--early-stopping', '4']
    const { run, settings, epochs, error } = await trained(...options)
    expect(settings.earlyStopping).toMatchObject({ patience: 4, restoreBestWeights: true })
    expect(run.status).toBe('finished')
    expect(epochs.length).toBeLessThan(2000)
    expect(error).toContain('Training ends early: for 4 epochs the validation loss')
    expect(error).toContain(`The weights of epoch ${epochs.length - 4}, the best, are kept.`)
    const { out } = await cli.run(['runs', 'show', 'last'])
    expect(out).toContain('early stopping after 4')
    expect(out).toContain('Training ends early')
  })

  it('refuses a warm-up that is longer than the run', async () => {
    const args = [...train, '--epochs', '2', '--warmup-steps', '5000']
    expect(await cli.problems(args)).toMatchObject({
      exitCode: 1,
      codes: ['run.config'],
      message: expect.stringContaining(
        'The warm-up takes 5000 steps, but the whole run has only 2 epochs of',
      ),
    })
  })
})
