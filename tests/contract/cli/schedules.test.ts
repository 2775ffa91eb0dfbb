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

describe('train --set', () => {
  it('sets what has no option of its own, and the run shows it', async () => {
    const { settings } = await trained(
      ...['--epochs', '2', '--set', 'weightAverage.momentum=0.9', '--set', 'mixing.alpha=0.3'],
      ...['--set', 'schedule.kind=cosine', '--set', 'schedule.alpha=0.1', '--set', 'epochs=1'],
    )
    expect(settings).toMatchObject({
      epochs: 1,
      weightAverage: { momentum: 0.9 },
      mixing: { kind: 'mixup', alpha: 0.3 },
      schedule: { kind: 'cosine', alpha: 0.1 },
    })
    const { out } = await cli.run(['runs', 'show', 'last'])
    expect(out).toMatch(/weight average +momentum 0\.9\n/)
    expect(out).toMatch(/mixing +mixup, alpha 0\.3\n/)
    expect(out).toMatch(/schedule details +alpha 0\.1\n/)
  })

  it('explains what it cannot set, and trains nothing', async () => {
    expect(await cli.problems([...train, '--set', 'mixing.alfa=0.3'])).toMatchObject({
      exitCode: 2,
      codes: ['usage.invalid'],
      message: 'There is no setting "mixing.alfa" of mixing.',
    })
    expect(await cli.problems([...train, '--set', 'epochs=0'])).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('The setting epochs cannot be so: too small'),
    })
  })
})
