import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { EnginesDialog } from '../../../../src-renderer/panels/engines/engines-dialog.tsx'
import { startEngineFeed, useEngines } from '../../../../src-renderer/state/engine-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { installMain, type MainFake } from '../support/main-fake.ts'

const cpu = { engine: 'onnx/cpu', available: true, device: 'EPYC, 2 threads', detail: '' }
const missing = { engine: 'tensorflow', available: false, device: '', detail: 'It is not installed' }
const installed = { engine: 'tensorflow', available: true, device: 'EPYC, 2 threads', detail: '' }
const noCompiler = {
  code: 'engine.notInstalled',
  severity: 'error',
  message: 'No C++ compiler was found.',
  hint: 'Install one.',
} as const

let main: MainFake
beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
  main = installMain()
  main.answer('engines.list', () => ({ ok: true, value: [cpu, missing] }))
  useEngines.setState(useEngines.getInitialState(), true)
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  const stopFeed = startEngineFeed()
  onTestFinished(() => {
    stopFeed()
    act(() => root.unmount())
  })
  act(() =>
    root.render(
      <TooltipProvider>
        <EnginesDialog />
      </TooltipProvider>,
    ),
  )
  await act(async () => useEngines.getState().show())
})

const text = () => document.querySelector('[role=dialog]')?.textContent ?? ''
const button = (label: string) =>
  [...document.querySelectorAll('button')].find((candidate) => candidate.textContent === label)
const press = (label: string) =>
  act(async () => {
    const found = button(label)
    if (!found) throw new Error(`there is no button "${label}": ${text()}`)
    found.click()
  })

describe('the list of engines', () => {
  it('tells device, availability and reason of each', () => {
    expect(text()).toContain('CPU')
    expect(text()).toContain('EPYC, 2 threads')
    expect(text()).toMatch(/TensorFlow\s*Not available/)
    expect(text()).toContain('It is not installed')
  })

  it('installs TensorFlow, and shows every step until it is there', async () => {
    const held = main.hold('engines.install')
    await press('Install')
    expect(button('Install')).toBeUndefined()
    act(() => main.push('engines.progress', { step: 'Compiling the binding', fraction: 0.85 }))
    expect(text()).toContain('Compiling the binding…')
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('85')
    await act(async () => held.release({ ok: true, value: [cpu, installed] }))
    expect(document.querySelector('[role=progressbar]')).toBeNull()
    expect(text()).toMatch(/TensorFlow\s*Available/)
    expect(button('Remove')).toBeDefined()
  })

  it('tells why an installation failed, and what to do', async () => {
    main.answer('engines.install', () => ({ ok: false, problems: [noCompiler] }))
    await press('Install')
    expect(document.querySelector('[role=alert]')?.textContent).toBe(
      'TensorFlow was not installedNo C++ compiler was found.Install one.',
    )
    expect(button('Install')).toBeDefined()
  })

  it('cancels', async () => {
    main.hold('engines.install')
    main.answer('engines.cancelInstall', () => ({ ok: true, value: {} }))
    await press('Install')
    await press('Cancel')
    expect(main.calls('engines.cancelInstall')).toHaveLength(1)
  })

  it('installs CUDA by its own name, and tells that it was CUDA that failed', async () => {
    const cuda = { engine: 'onnx/cuda', available: false, device: '', detail: 'No NVIDIA driver is loaded' }
    act(() => useEngines.setState({ engines: [cpu, cuda] }))
    main.answer('engines.install', () => ({ ok: false, problems: [noCompiler] }))
    await press('Install')
    expect(main.calls('engines.install')).toEqual([{ engine: 'cuda' }])
    expect(document.querySelector('[role=alert]')?.textContent).toContain('CUDA was not installed')
  })

  it('offers no second installation while one is at work', async () => {
    const cuda = { engine: 'onnx/cuda', available: false, device: '', detail: 'No NVIDIA driver is loaded' }
    act(() => useEngines.setState({ engines: [cpu, missing, cuda] }))
    main.hold('engines.install')
    await press('Install')
    expect(button('Install')).toBeUndefined()
    expect(
      [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Cancel'),
    ).toHaveLength(1)
  })

  it('removes', async () => {
    act(() => useEngines.setState({ engines: [cpu, installed] }))
    main.answer('engines.remove', () => ({ ok: true, value: [cpu, missing] }))
    await press('Remove')
    expect(text()).toContain('It is not installed')
  })
})
