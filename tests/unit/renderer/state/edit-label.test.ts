// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Edit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'

const undoLabel = () => useProject.getState().history.done.at(-1)?.label
const training = (changes: Partial<ModelDocument['training']>): Edit => ({
  type: 'setTraining',
  training: { ...smallClassifier().training, ...changes },
})
const { optimizer } = smallClassifier().training

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  useProject.getState().show(opened(smallClassifier()))
})

describe('undo names an edit by what it changes', () => {
  it.each<[Edit, string]>([
    [
      { type: 'setParameters', layerId: 'dense_1', parameters: { units: 64 } },
      'Set units of dense_1: 10 → 64',
    ],
    [
      { type: 'setParameters', layerId: 'dense_1', parameters: { activation: 'relu' } },
      'Set activation of dense_1: linear → relu',
    ],
    [
      { type: 'setParameters', layerId: 'dense_1', parameters: { units: undefined } },
      'Set units of dense_1: 10 → 32',
    ],
    [
      { type: 'setParameters', layerId: 'input_1', parameters: { shape: [3, 32, 32] } },
      'Set shape of input_1: 1 × 28 × 28 → 3 × 32 × 32',
    ],
    [training({ epochs: 20 }), `Set epochs: ${smallClassifier().training.epochs} → 20`],
    [
      training({ optimizer: { ...optimizer, learningRate: 0.5 } }),
      `Set optimizer learning rate: ${optimizer.learningRate} → 0.5`,
    ],
    [training({ epochs: 20, batchSize: 7 }), 'Change training settings'],
    [{ type: 'setBypassed', layerId: 'dense_1', bypassed: true }, 'Bypass dense_1'],
    [{ type: 'setDocumentName', name: 'Digits' }, 'Rename project to Digits'],
    [{ type: 'setDescription', description: 'New' }, 'Change description'],
    [{ type: 'setDataset', dataset: { name: 'iris', inputs: {}, targets: {} } }, 'Use dataset iris'],
  ])('%o', (edit, label) => {
    dispatch(edit)
    expect(undoLabel()).toBe(label)
    useProject.getState().undo()
    expect(useProject.getState().document).toEqual(smallClassifier())
  })

  it('keystrokes in one field are named by the value before the first and after the last', () => {
    for (const units of [3, 32, 320]) {
      dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units } }, { coalesceKey: 'units' })
    }
    expect(undoLabel()).toBe('Set units of dense_1: 10 → 320')
  })
})
