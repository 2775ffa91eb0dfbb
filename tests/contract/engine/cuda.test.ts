import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  cudaFolder,
  cudaLibrary,
  driverFile,
  findCuda,
  librariesFolder,
  onnxruntimeVersion,
} from '../../../src-main/engine/cuda-folder.ts'
import { createCudaEngine } from '../../../src-main/engine/process/onnx/create-cuda-engine.ts'
import { installCuda, removeCuda } from '../../../src-main/engine/provisioning/install-cuda.ts'
import type { InstallProgress } from '../../../src-main/engine/provisioning/install-tensorflow.ts'
import { nugetFeed, zipOf } from '../../support/nuget-feed.ts'
import { CliProcess } from '../cli/cli-process.ts'
import { classifier, threeClasses, trainingPlace } from './support/training-place.ts'

const onLinux = process.platform === 'linux' && process.arch === 'x64'
const hasDriver = existsSync(driverFile)
const name = 'Microsoft.ML.OnnxRuntime.Gpu.Linux'
const version = onnxruntimeVersion()
const native = 'runtimes/linux-x64/native/'
const sharedLibrary = 'libonnxruntime_providers_shared.so'

/** Not libraries: what the dynamic linker refuses, in the shape of the real package. */
const contents = { cuda: Buffer.from('no CUDA '.repeat(5000)), shared: Buffer.from('no shared library') }
const archive = zipOf({
  'readme.txt': Buffer.from('hello'),
  [`${native}${cudaLibrary}`]: contents.cuda,
  [`${native}${sharedLibrary}`]: contents.shared,
})

/** An empty folder for engines, and a file that stands for a loaded driver. */
function machine() {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-cuda-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  const engines = path.join(folder, 'engines')
  const driver = path.join(folder, 'driver')
  writeFileSync(driver, 'NVRM version')
  vi.stubEnv('LAYERLOOM_ENGINES', engines)
  const left = () => (existsSync(engines) ? readdirSync(engines) : [])
  return { engines, driver, left }
}

async function install(feed: string, driver: string, signal?: AbortSignal) {
  vi.stubEnv('LAYERLOOM_NUGET', feed)
  const progress: InstallProgress[] = []
  const report = (each: InstallProgress) => progress.push(each)
  return { result: await installCuda({ report, driver, ...(signal && { signal }) }), progress }
}

const refusal = (message: unknown) => ({
  ok: false,
  problems: [{ code: 'engine.notInstalled', message }],
})

describe.skipIf(!onLinux)('installing CUDA for onnxruntime', () => {
  it('puts the package’s two libraries beside a copy of onnxruntime of the same version', async () => {
    const { driver } = machine()
    const { result, progress } = await install(await nugetFeed({ name, version, archive }), driver)
    expect(result).toEqual({ ok: true, value: {} })
    const folder = findCuda()
    expect(folder).toBe(cudaFolder())
    const libraries = librariesFolder(folder ?? '')
    expect(readdirSync(libraries).sort()).toEqual([
      'libonnxruntime.so.1',
      cudaLibrary,
      sharedLibrary,
      'onnxruntime_binding.node',
    ])
    expect(readFileSync(path.join(libraries, cudaLibrary))).toEqual(contents.cuda)
    expect(readFileSync(path.join(libraries, sharedLibrary))).toEqual(contents.shared)
    expect(readdirSync(folder ?? '')).toEqual(['node_modules'])
    expect(progress.map(({ step }) => step)).toContain(
      `Downloading ${name} ${version}, ${Math.round(archive.length / 1e6)} MB`,
    )
    const fractions = progress.map(({ fraction }) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(await removeCuda()).toBe(true)
    expect(findCuda()).toBeUndefined()
    expect(await removeCuda()).toBe(false)
  })

  it('trains with that copy', async () => {
    const { engines, driver } = machine()
    await install(await nugetFeed({ name, version, archive }), driver)
    // Without the copy's own binding this would fail: the process has no other onnxruntime then.
    const place = trainingPlace([threeClasses(200)], { environment: { LAYERLOOM_ENGINES: engines } })
    const { detail } = await place.train(classifier({ epochs: 1, engine: 'cpu' }))
    expect(detail.run).toMatchObject({ status: 'finished', engine: 'onnx/cpu' })
    rmSync(path.join(librariesFolder(cudaFolder()), 'onnxruntime_binding.node'))
    const broken = await place.train(classifier({ epochs: 1, engine: 'cpu' }))
    expect(broken.detail.run.status).toBe('failed')
  })

  it.skipIf(hasDriver)('is refused without an NVIDIA driver, before anything is downloaded', async () => {
    const { engines, left } = machine()
    const cli = new CliProcess(mkdtempSync(path.join(tmpdir(), 'layerloom-cli-')))
    const environment = { LAYERLOOM_ENGINES: engines, LAYERLOOM_NUGET: 'http://127.0.0.1:9/index.json' }
    const { exitCode, codes, message } = await cli.problems(['engines', 'install', 'cuda'], { environment })
    expect({ exitCode, codes }).toEqual({ exitCode: 3, codes: ['engine.notInstalled'] })
    expect(message).toContain('no NVIDIA driver is loaded here')
    expect(left()).toEqual([])
  })

  it('refuses bytes whose hash is another', async () => {
    const { driver, left } = machine()
    const hash = Buffer.alloc(64).toString('base64')
    const { result } = await install(await nugetFeed({ name, version, archive, hash }), driver)
    expect(result).toMatchObject(
      refusal(
        'What was downloaded is not onnxruntime’s CUDA package: its SHA-512 is not the one that the feed tells.',
      ),
    )
    expect(left()).toEqual([])
  })

  it('says that the feed has another version only', async () => {
    const { driver, left } = machine()
    const { result } = await install(await nugetFeed({ name, version: '1.0.0', archive }), driver)
    expect(result).toMatchObject(
      refusal(expect.stringContaining(`has no CUDA libraries of onnxruntime ${version}`)),
    )
    expect(left()).toEqual([])
  })

  it('says that no feed can be reached', async () => {
    const { driver, left } = machine()
    const { result } = await install('http://127.0.0.1:9/index.json', driver)
    expect(result).toMatchObject(
      refusal('onnxruntime’s CUDA libraries could not be downloaded: 127.0.0.1:9 could not be reached.'),
    )
    expect(left()).toEqual([])
  })

  it('leaves nothing behind where the connection breaks off', async () => {
    const { driver, left } = machine()
    const { result } = await install(await nugetFeed({ name, version, archive, cutAt: 60 }), driver)
    expect(result).toMatchObject(refusal(expect.stringMatching(/the connection to .* broke off/)))
    expect(left()).toEqual([])
  })

  it.each([
    ['is no archive', Buffer.from('junk'), 'the file is no zip archive'],
    [
      'lacks a library',
      zipOf({ [`${native}${sharedLibrary}`]: contents.shared }),
      `has no ${native}${cudaLibrary}`,
    ],
    ['is damaged within', damaged(archive), 'is damaged'],
  ])('leaves nothing behind where the package %s', async (_what, bytes, sentence) => {
    const { driver, left } = machine()
    const { result } = await install(await nugetFeed({ name, version, archive: bytes }), driver)
    expect(result).toMatchObject(refusal(expect.stringContaining(sentence)))
    expect(left()).toEqual([])
  })

  it('is cancelled at once', async () => {
    const { driver, left } = machine()
    const stop = new AbortController()
    const feed = await nugetFeed({ name, version, archive, stalls: true })
    const installing = install(feed, driver, stop.signal)
    await vi.waitFor(() => expect(left().length).toBe(1))
    stop.abort()
    expect((await installing).result).toMatchObject(refusal('The installation of CUDA was cancelled.'))
    expect(left()).toEqual([])
  })
})

describe.skipIf(!onLinux)('whether CUDA runs here', () => {
  it.skipIf(hasDriver)(
    'is answered with the driver that is missing, and training with it refused',
    async () => {
      const place = trainingPlace([threeClasses(200)])
      const found = (await place.application.engines.engines()).find(({ engine }) => engine === 'onnx/cuda')
      expect(found).toMatchObject({ available: false, detail: 'No NVIDIA driver is loaded' })
      const { detail } = await place.train(classifier({ engine: 'cuda' }))
      expect(detail.run).toMatchObject({ status: 'failed', problem: { code: 'run.engineUnavailable' } })
      expect(detail.run.problem?.message).toBe(
        'CUDA was asked for and does not run here; onnxruntime’s CUDA provider was tried: No NVIDIA driver is loaded',
      )
    },
  )

  it('is answered with the installation that is missing', async () => {
    const { driver } = machine()
    await expect(createCudaEngine(driver)).rejects.toThrow(/^it is not installed; .*engines install cuda/)
  })

  it('is answered with NVIDIA’s libraries that are missing', async () => {
    const { driver } = machine()
    const libraries = librariesFolder(cudaFolder())
    mkdirSync(libraries, { recursive: true })
    // A library that needs one which is nowhere: onnxruntime's binding without onnxruntime beside it.
    const require = createRequire(import.meta.url)
    const bindings = path.join(
      path.dirname(require.resolve('onnxruntime-node/package.json')),
      'bin',
      'napi-v6',
    )
    const binding = path.join(bindings, process.platform, process.arch, 'onnxruntime_binding.node')
    writeFileSync(path.join(libraries, cudaLibrary), readFileSync(binding))
    await expect(createCudaEngine(driver)).rejects.toThrow(
      'libonnxruntime.so.1 is missing; install NVIDIA’s CUDA 12 and cuDNN 9 on this system',
    )
  })
})

/** The archive with a byte of its first large file changed. */
function damaged(zip: Buffer): Buffer {
  const copy = Buffer.from(zip)
  const at = copy.indexOf(cudaLibrary) + cudaLibrary.length + 40
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at)
  return copy
}
