import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { nodeLauncher } from '../../../src-main/engine/node-launcher.ts'
import { EngineSupervisor } from '../../../src-main/engine/supervisor.ts'
import { tensorflowFolder } from '../../../src-main/engine/tensorflow-folder.ts'
import { EngineService } from '../../../src-main/services/engine-service.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { CliProcess } from '../cli/cli-process.ts'

const install = ['engines', 'install', 'tensorflow']

/** A machine on which only the given programs exist: shell scripts by name. */
function machineWith(programs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-machine-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const bin = path.join(folder, 'bin')
  const engines = path.join(folder, 'engines')
  mkdirSync(bin)
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(bin, name), 0o755)
  }
  const environment = { PATH: bin, CXX: '', LAYERLOOM_ENGINES: engines }
  const left = () => (existsSync(engines) ? readdirSync(engines) : [])
  return { cli: new CliProcess(folder), environment, engines, left }
}

/** pip that answers `download` in a given way; the folder it downloads to follows --dest. */
const pip = (download: string) => `
[ "$3" = download ] || exit 0
while [ $# -gt 0 ]; do [ "$1" = --dest ] && dest="$2"; shift; done
${download}`
const compiler = { 'c++': 'exit 0' }

const onLinux = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)

describe.skipIf(!onLinux)('installing TensorFlow', () => {
  it('says that Python with pip is missing', async () => {
    const { cli, environment, left } = machineWith(compiler)
    const { exitCode, codes, message } = await cli.problems(install, { environment })
    expect({ exitCode, codes }).toEqual({ exitCode: 3, codes: ['engine.notInstalled'] })
    expect(message).toContain('no Python with pip was found')
    expect(left()).toEqual([])
  })

  it('says that a compiler is missing', async () => {
    const { cli, environment, left } = machineWith({ python3: pip('exit 1') })
    const { exitCode, message } = await cli.problems(install, { environment })
    expect(exitCode).toBe(3)
    expect(message).toContain('no C++ compiler was found')
    expect(left()).toEqual([])
  })

  it('says that there is no network, and leaves nothing behind', async () => {
    const refusal =
      'WARNING: Retrying after connection broken by NewConnectionError(Name or service not known)\nERROR: No matching distribution found for tensorflow-cpu==2.21.0'
    const { cli, environment, left } = machineWith({
      python3: pip(`echo '${refusal}' >&2; exit 1`),
      ...compiler,
    })
    const { exitCode, message } = await cli.problems(install, { environment })
    expect(exitCode).toBe(3)
    expect(message).toContain('pip did not reach its package index')
    expect(left()).toEqual([])
  })

  it('says that the index has no such release', async () => {
    const { cli, environment, left } = machineWith({
      python3: pip(`echo 'ERROR: No matching distribution found for tensorflow-cpu==2.21.0' >&2; exit 1`),
      ...compiler,
    })
    const { message } = await cli.problems(install, { environment })
    expect(message).toMatch(/index has no tensorflow(-cpu)? 2\.21\.0/)
    expect(left()).toEqual([])
  })

  it('leaves nothing behind when what was downloaded is broken', async () => {
    const { cli, environment, left } = machineWith({
      python3: `if [ "$1" = -c ]; then echo 'zipfile.BadZipFile: File is not a zip file' >&2; exit 1; fi\n${pip('echo junk > "$dest/tensorflow.whl"')}`,
      ...compiler,
    })
    const { message } = await cli.problems(install, { environment })
    expect(message).toContain('Unpacking TensorFlow failed: zipfile.BadZipFile')
    expect(left()).toEqual([])
  })

  it('takes an installation away again that does not load', async () => {
    const unpack = `mkdir -p "$4/tensorflow/include"; echo no library > "$4/tensorflow/libtensorflow_cc.so.2"; echo none > "$4/tensorflow/libtensorflow_framework.so.2"; exit 0`
    const compile = `for last; do :; done; [ "$last" = --version ] || echo no binding > "$last"`
    const { cli, environment, engines, left } = machineWith({
      python3: `if [ "$1" = -c ]; then ${unpack}; fi\n${pip('echo wheel > "$dest/tensorflow.whl"')}`,
      'c++': compile,
    })
    const withTools = { ...environment, PATH: `${environment.PATH}:${process.env.PATH}` }
    const { message } = await cli.problems(install, { environment: withTools })
    expect(message).toContain('Loading TensorFlow after its installation failed')
    expect(left()).toEqual([])
    expect(existsSync(engines)).toBe(true)
  })

  it('clears away what a killed installation left', async () => {
    const { cli, environment, engines, left } = machineWith({ python3: pip('exit 1'), ...compiler })
    const staging = `${tensorflowFolder({ LAYERLOOM_ENGINES: engines })}.partial`
    mkdirSync(staging, { recursive: true })
    // Process ids end far below this number.
    writeFileSync(path.join(staging, 'owner'), '4194304999')
    const { message } = await cli.problems(install, { environment })
    expect(message).toContain('Downloading TensorFlow with pip failed')
    expect(left()).toEqual([])
  })

  it('does not disturb another installation that is at work', async () => {
    const { cli, environment, engines } = machineWith({ python3: pip('exit 1'), ...compiler })
    const staging = `${tensorflowFolder({ LAYERLOOM_ENGINES: engines })}.partial`
    mkdirSync(staging, { recursive: true })
    writeFileSync(path.join(staging, 'owner'), String(process.pid))
    const { message } = await cli.problems(install, { environment })
    expect(message).toContain('Another LayerLoom is installing TensorFlow')
    expect(existsSync(path.join(staging, 'owner'))).toBe(true)
  })

  it('is cancelled at once, and leaves nothing behind', async () => {
    const { environment, left } = machineWith({ python3: pip('exec /bin/sleep 60'), ...compiler })
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    onTestFinished(() => void vi.unstubAllEnvs())
    const supervisor = new EngineSupervisor({ launch: nodeLauncher() })
    onTestFinished(() => supervisor.dispose())
    const service = new EngineService(supervisor)
    const steps: string[] = []
    const downloading = new Promise<void>((resolve) => {
      service.subscribe(({ step }) => {
        steps.push(step)
        resolve()
      })
    })
    const installing = service.install('tensorflow')
    await downloading
    expect(left()).toHaveLength(1)
    await service.cancelInstallation()
    expect(await installing).toMatchObject({
      ok: false,
      problems: [{ code: 'engine.notInstalled', message: 'The installation of TensorFlow was cancelled.' }],
    })
    expect(steps).toHaveLength(1)
    expect(left()).toEqual([])
  })

  it('asks for the space beforehand', async (test) => {
    const disk = smallDisk(1024)
    if (!disk) return test.skip('needs to mount a small disk')
    onTestFinished(() => disk.remove())
    const { cli, environment } = machineWith({ python3: pip('exit 1'), ...compiler })
    const { exitCode, message } = await cli.problems(install, {
      environment: { ...environment, LAYERLOOM_ENGINES: disk.folder },
    })
    expect(exitCode).toBe(3)
    expect(message).toMatch(/needs [\d.]+ GB in .*, and 0\.0 GB are free/)
  })
})

describe('removing TensorFlow', () => {
  it('removes every version, and nothing else', async () => {
    const { cli, environment, engines, left } = machineWith({})
    for (const name of ['tensorflow-2.21.0-1', 'tensorflow-2.20.0-1', 'mine'])
      mkdirSync(path.join(engines, name), { recursive: true })
    const remove = ['engines', 'remove', 'tensorflow']
    expect(await cli.run(remove, { environment })).toMatchObject({
      exitCode: 0,
      out: 'TensorFlow was removed.\n',
    })
    expect(left()).toEqual(['mine'])
    expect((await cli.run(remove, { environment })).out).toBe('TensorFlow was not installed.\n')
  })
})
