import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunSummary } from '../../../../src-core/ipc/contract.ts'
import { speak } from '../../../../src-core/language/t.ts'
import { optimizerKinds, trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { runStatuses } from '../../../../src-core/training/run-event.ts'
import { scheduleKinds, scheduleSchema } from '../../../../src-core/training/schedules/schedule-config.ts'
import { warmUpSchema } from '../../../../src-core/training/schedules/warm-up.ts'
import { EnginesDialog } from '../../../../src-renderer/panels/engines/engines-dialog.tsx'
import { RunTable } from '../../../../src-renderer/panels/runs/run-table.tsx'
import { GenerateTextDialog } from '../../../../src-renderer/panels/text/generate-text-dialog.tsx'
import { lossSeries } from '../../../../src-renderer/panels/training/curves.ts'
import {
  scheduleFields,
  scheduleLabel,
  scheduleText,
} from '../../../../src-renderer/panels/training/schedule-fields.ts'
import { StoredRunCard } from '../../../../src-renderer/panels/training/stored-run-card.tsx'
import { TrainingPanel } from '../../../../src-renderer/panels/training/training-panel.tsx'
import { WarmUpSettings } from '../../../../src-renderer/panels/training/warm-up-settings.tsx'
import { useEngines } from '../../../../src-renderer/state/engine-store.ts'
import { newLiveRun } from '../../../../src-renderer/state/live-run.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { useRuns } from '../../../../src-renderer/state/run-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain } from '../support/main-fake.ts'

// The chart library asks for the screen's resolution as soon as it is loaded; there is no screen here.
vi.hoisted(() => {
  window.matchMedia = () => new EventTarget() as MediaQueryList
})

/** Names, formats and units, which are the same in every language. */
const names = [
  ...['SGD', 'Nesterov', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'Adadelta', 'Adamax', 'Nadam', 'FTRL'],
  ...['Lion', 'LAMB', 'Adafactor', 'AMSGrad', 'Epsilon', 'Beta', 'Rho', 'Gamma', 'alpha', 'mixup', 'CutMix'],
  ...['GAN', 'Wasserstein', 'AdversarialPair', 'SpectralConv2D', 'SpectralDense', 'L1', 'L2', 'float16'],
  ...['float32', 'CPU', 'GPU', 'WebGPU', 'CUDA', 'cuDNN', 'NVIDIA', 'TensorFlow', 'ONNX', 'Runtime', 'MB'],
  ...['Top', 'onnx', 'cpu', 'min', 'digits', 'EPYC'],
]
/** The prompt that a text begins with, which the model answers in the language it has learned. */
const prompt = 'When I'

/** Every text on the screen or in the accessibility tree that has a Latin word that is not a name. */
function englishTexts(): readonly string[] {
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement?.tagName !== 'STYLE') texts.push(walker.currentNode.nodeValue ?? '')
  }
  for (const attribute of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      texts.push(element.getAttribute(attribute) ?? '')
  const said = new Set(texts.filter((text) => text.trim() !== prompt))
  return [...said].filter((text) => (text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? []).some(isWord))
}

const isWord = (word: string) => !names.includes(word)

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // Switches measure themselves; there is nothing to measure here.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  document.body.innerHTML = '<div id="root"></div>'
  useRuns.setState(useRuns.getInitialState(), true)
  const main = installMain()
  main.answer('runs.get', () => ({ ok: false, problems: [] }))
  main.answer('datasets.list', () => ({ ok: true, value: [] }))
  useProject.getState().show(opened(smallClassifier()))
  speak('zh-CN')
})
afterEach(() => speak('en'))

async function mount(content: ReactNode): Promise<string> {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  await act(async () => root.render(<TooltipProvider>{content}</TooltipProvider>))
  return document.body.textContent ?? ''
}

function showTraining(part: object) {
  const dataset = { name: 'digits', inputs: {}, targets: {} }
  const document = { ...smallClassifier(), dataset, training: trainingSettingsSchema.parse(part) }
  useProject.getState().show(opened(document))
}

describe('the training panel in Chinese', () => {
  it.each(optimizerKinds)('has no English word with everything switched on, and %s', async (kind) => {
    showTraining({
      optimizer: { kind },
      schedule: { kind: 'reduceOnPlateau' },
      earlyStopping: {},
      clipping: { kind: 'norm', limit: 1 },
      mixing: {},
      weightAverage: {},
      recipe: { kind: 'adversarial' },
    })
    const text = await mount(<TrainingPanel />)
    expect(text).toContain('学习率')
    expect(text).toContain('损失（验证集）')
    expect(text).toContain('还没有训练过')
    expect(englishTexts()).toEqual([])
  })

  it.each(['supervised', 'contrastive'])('explains %s learning', async (kind) => {
    showTraining(kind === 'supervised' ? {} : { recipe: { kind } })
    await mount(<TrainingPanel />)
    expect(englishTexts()).toEqual([])
  })

  it('tells of a run that gets ready', async () => {
    const started = {
      type: 'started',
      engine: 'onnx/cpu',
      device: 'EPYC',
      reason: '',
      parameterCount: 7850,
      trainSamples: 1000,
      validationSamples: 100,
      testSamples: 100,
      stepsPerEpoch: 32,
      epochs: 5,
    } as const
    const run = { ...newLiveRun(7), status: 'running' as const, started, remainingSeconds: 90 }
    useRuns.setState({ live: { 7: run }, currentRunId: 7 })
    const text = await mount(<TrainingPanel />)
    expect(text).toContain('训练中')
    expect(text).toContain('第 1 轮，共 5 轮')
    expect(text).toContain('参数量7,850')
    expect(englishTexts()).toEqual([])
  })

  it('warms up', async () => {
    const text = await mount(<WarmUpSettings warmUp={warmUpSchema.parse({})} onChange={() => {}} />)
    expect(text).toContain('起始比例')
    expect(englishTexts()).toEqual([])
  })

  it.each([
    ['学习率', '20', '必须大于 0 且不超过 10'],
    ['批量大小', '0', '必须为 1 或更大'],
    ['轮数', '200000', '不能大于 100000'],
    ['轮数', '1.5', '必须是整数'],
  ])('refuses for %s %s: %s', async (name, text, reason) => {
    await mount(<TrainingPanel />)
    const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === name)
    const input = document.getElementById(label?.htmlFor ?? '')
    act(() => {
      // React listens to the value property's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    })
    expect(document.body.textContent).toContain(`输入为 ${text}：${reason}。继续使用上一个有效值。`)
  })

  it.each(scheduleKinds)('names everything of %s', async (kind) => {
    const fields = scheduleFields(scheduleSchema.parse({ kind }))
    const labels = fields.flatMap((field) => [
      field.label,
      field.description,
      ...(field.type === 'choice' ? Object.values(field.options) : []),
      ...(field.type === 'length' ? [field.open] : []),
    ])
    await mount([scheduleLabel(kind), ...labels.map(scheduleText)].join('\n'))
    expect(englishTexts()).toEqual([])
  })

  it('names the lines of its charts', () => {
    expect(lossSeries({ steps: [], epochs: [] }).map(({ name }) => name)).toEqual([
      '每一步',
      '训练集',
      '验证集',
    ])
  })
})

const stored = (status: RunSummary['status']): RunSummary => ({
  id: 3,
  name: '',
  projectId: 1,
  projectName: '',
  datasetName: 'digits',
  status,
  engine: 'onnx/cpu',
  device: 'EPYC',
  epochs: 5,
  epochsDone: 2,
  startedAt: '',
  seconds: 61,
  samplesPerSecond: 1234,
  documentHash: '',
  train: null,
  validation: { loss: 0.5 },
  test: { loss: 0.6, top5Accuracy: 0.9 },
  problem: null,
})

describe('stored runs in Chinese', () => {
  it.each(runStatuses)('are told of on their card when %s', async (status) => {
    const text = await mount(<StoredRunCard run={stored(status)} />)
    expect(text).toContain('运行 3')
    expect(text).toContain('测试集')
    expect(englishTexts()).toEqual([])
  })

  it('are listed', async () => {
    const runs = runStatuses.map((status, index) => ({ ...stored(status), id: index + 1 }))
    expect(await mount(<RunTable runs={runs} shownId={1} onChoose={() => {}} />)).toContain('损失（验证集）')
    expect(englishTexts()).toEqual([])
  })
})

describe('dialogs in Chinese', () => {
  /** What the dialog itself adds is not of these panels. */
  const left = () => englishTexts().filter((text) => text !== 'Close')

  it('let a run write', async () => {
    await mount(<GenerateTextDialog runId={3} open onClose={() => {}} />)
    expect(document.body.textContent).toContain('运行 3 会接着你写的开头')
    expect(left()).toEqual([])
  })

  it('list the engines', async () => {
    const engines = ['onnx/cpu', 'onnx/webgpu', 'onnx/cuda', 'tensorflow'].map((engine, index) => ({
      engine,
      available: index % 2 === 0,
      device: '',
      detail: '',
    }))
    useEngines.setState({ ...useEngines.getInitialState(), engines, shown: true }, true)
    await mount(<EnginesDialog />)
    expect(document.body.textContent).toContain('不可用')
    expect(left()).toEqual([])
  })
})
