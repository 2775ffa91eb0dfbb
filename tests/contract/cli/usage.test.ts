import { describe, expect, it } from 'vitest'
import { optimizerKinds } from '../../../src-core/training/run-config.ts'
import { CliInProcess, CliProcess } from './cli-process.ts'

const cli = new CliInProcess()

const commands = [
  ['doctor'],
  ['engines'],
  ['validate'],
  ['summary'],
  ['diff'],
  ['train'],
  ['evaluate'],
  ['predict'],
  ['sample'],
  ['reconstruct'],
  ['export'],
  ['runs', 'list'],
  ['runs', 'show'],
  ['dataset', 'import'],
  ['dataset', 'list'],
  ['dataset', 'show'],
]

describe('help', () => {
  it('names every command', async () => {
    const { exitCode, out } = await cli.run(['--help'])
    expect(exitCode).toBe(0)
    for (const [command] of commands) expect(out).toContain(`\n  ${command}`)
  })

  it.each(commands)('%s %s has its own, with --json and --workspace', async (...command) => {
    const { exitCode, out, error } = await cli.run([...command.filter(Boolean), '--help'])
    expect(exitCode).toBe(0)
    expect(out).toContain('--json')
    expect(out).toContain('--workspace')
    expect(error).toBe('')
  })
})

describe('train --help', () => {
  it('names every optimizer', async () => {
    const { out } = await cli.run(['train', '--help'])
    for (const kind of optimizerKinds) expect(out).toContain(`"${kind}"`)
  })
})

describe('as a process', () => {
  const process = new CliProcess()

  it('helps on standard output', async () => {
    const { exitCode, out, error } = await process.run(['train', '--help'])
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
    expect(out).toContain('--learning-rate')
  })

  it('exits with 2 without a command', async () => {
    const { exitCode, out, error } = await process.run([])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(error).toContain('--help')
  })

  it('exits with 2 for an unknown option, in JSON too', async () => {
    const args = ['train', 'model.loom.json', '--no-such-option']
    expect(await process.problems(args)).toMatchObject({ exitCode: 2, codes: ['usage.invalid'] })
  })
})

describe('a command line that is not understood', () => {
  it.each([
    [['no-such-command']],
    [['runs']],
    [['runs', 'no-such-command']],
    [['train']],
    [['train', 'model.loom.json', '--no-such-option']],
    [['train', 'model.loom.json', '--epochs', 'many']],
    [['train', 'model.loom.json', '--epochs', '0']],
    [['train', 'model.loom.json', '--batch-size', '1.5']],
    [['train', 'model.loom.json', '--learning-rate', '-1']],
    [['train', 'model.loom.json', '--optimizer', 'magic']],
    [['train', 'model.loom.json', '--schedule', 'magic']],
    [['train', 'model.loom.json', '--warmup-steps', '-1']],
    [['train', 'model.loom.json', '--early-stopping', '0']],
    [['train', 'model.loom.json', '--clip-norm', '0']],
    [['train', 'model.loom.json', '--clip-norm', '1', '--global-clip-norm', '1']],
    [['train', 'model.loom.json', '--accumulate', '0']],
    [['train', 'model.loom.json', '--engine', 'abacus']],
    [['train', 'model.loom.json', '--seed', '-5']],
    [['export', 'model.loom.json', '-o', 'x']],
    [['export', 'model.loom.json', '--format', 'onnx']],
    [['export', 'model.loom.json', '--format', 'pdf', '-o', 'x']],
    [['validate', 'one', 'two']],
  ])('%j exits with 2, in JSON too', async (args) => {
    const plain = await cli.run(args)
    expect(plain.exitCode).toBe(2)
    expect(plain.out).toBe('')
    expect(plain.error).toMatch(/^Error: /)
    expect(await cli.problems(args)).toMatchObject({ exitCode: 2, codes: ['usage.invalid'] })
  })
})
