import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { LayerTrainingForm } from '../../../../src-renderer/panels/inspector/layer-training.tsx'
import { WeightUpdateFields } from '../../../../src-renderer/panels/training/weight-update-fields.tsx'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'

const project = () => useProject.getState()

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
  project().show(opened(smallClassifier()))
})

function mount(Content: () => ReactNode) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  act(() =>
    root.render(
      <TooltipProvider>
        <Content />
      </TooltipProvider>,
    ),
  )
  const control = (label: string) => {
    const caption = [...holder.querySelectorAll('label')].find(({ textContent }) => textContent === label)
    return document.getElementById(caption?.htmlFor ?? '')
  }
  const click = (label: string) => act(() => control(label)?.click())
  const type = (label: string, text: string) =>
    act(() => {
      const input = control(label)
      // React listens to the value property's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input?.dispatchEvent(new Event('input', { bubbles: true }))
      input?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    })
  return { control, click, type, text: () => holder.textContent ?? '' }
}

const layer = () => project().document?.layers.find(({ id }) => id === 'dense_1')

function LayerForm() {
  const shown = useProject((state) => state.document?.layers.find(({ id }) => id === 'dense_1'))
  return shown ? <LayerTrainingForm layer={shown} /> : null
}

describe('the inspector', () => {
  it('freezes a layer, thaws it, and undoes that', () => {
    dispatch({ type: 'setLayerTraining', layerId: 'dense_1', changes: { learningRateFactor: 0.5 } })
    const form = mount(LayerForm)
    form.click('Frozen')
    expect(layer()?.trainable).toBe(false)
    expect(form.control('Learning rate factor')).toBeNull()
    act(() => project().undo())
    expect(layer()).not.toHaveProperty('trainable')
    expect(layer()?.learningRateFactor).toBe(0.5)
    act(() => project().redo())
    form.click('Frozen')
    expect(layer()).not.toHaveProperty('trainable')
  })

  it('takes a learning rate factor above 0 only', () => {
    dispatch({ type: 'setLayerTraining', layerId: 'dense_1', changes: { learningRateFactor: 0.5 } })
    const form = mount(LayerForm)
    form.type('Learning rate factor', '0.25')
    expect(layer()?.learningRateFactor).toBe(0.25)
    form.type('Learning rate factor', '0')
    expect(layer()?.learningRateFactor).toBe(0.25)
    expect(form.text()).toContain('Got 0:')
  })
})

function TrainingForm() {
  const training = useProject((state) => state.document?.training)
  if (!training) return null
  const change = (part: Partial<typeof training>) =>
    dispatch({ type: 'setTraining', training: { ...training, ...part } })
  return <WeightUpdateFields training={training} onChange={change} />
}

describe('the training form', () => {
  it('averages weights, accumulates batches and spares biases', () => {
    const form = mount(TrainingForm)
    form.click('Average weights')
    expect(project().document?.training.weightAverage).toEqual({ momentum: 0.99 })
    form.type('Average momentum', '0.9')
    form.type('Accumulate batches', '4')
    form.click('Decay kernels only')
    expect(project().document?.training).toMatchObject({
      weightAverage: { momentum: 0.9 },
      gradientAccumulationSteps: 4,
      excludeFromWeightDecay: true,
    })
    form.click('Average weights')
    expect(project().document?.training.weightAverage).toBeUndefined()
  })

  it('shows where gradients are clipped', () => {
    const training = project().document?.training
    if (!training) throw new Error('no document')
    dispatch({ type: 'setTraining', training: { ...training, clipping: { kind: 'norm', limit: 2 } } })
    const form = mount(TrainingForm)
    form.type('Clip at', '0.5')
    expect(project().document?.training.clipping).toEqual({ kind: 'norm', limit: 0.5 })
    form.type('Clip at', '-1')
    expect(project().document?.training.clipping).toEqual({ kind: 'norm', limit: 0.5 })
  })
})
