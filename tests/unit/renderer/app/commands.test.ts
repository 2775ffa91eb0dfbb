import { beforeEach, describe, expect, it } from 'vitest'
import { runCommand, whyUnavailable } from '../../../../src-renderer/app/commands.ts'
import { paletteChoices } from '../../../../src-renderer/app/palette-choices.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { openInTab } from '../../../../src-renderer/state/tab-actions.ts'
import { shownId, useTabs } from '../../../../src-renderer/state/tabs-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain } from '../support/main-fake.ts'

const project = () => useProject.getState()
const labels = (query: string) => paletteChoices(query).map(({ label }) => label)
const choice = (label: string) => paletteChoices(label).find((option) => option.label.startsWith(label))

beforeEach(() => project().show(opened(smallClassifier())))

describe('a command', () => {
  it('says why it cannot be used, and then does nothing', () => {
    expect(whyUnavailable('alignLeft')).toBe('Select at least 2 layers first.')
    expect(whyUnavailable('undo')).toBe('There is nothing to undo.')
    expect(whyUnavailable('stop')).toBe('No training is running.')
    expect(whyUnavailable('disconnect')).toBe('Select a layer or a wire first.')
    const before = project().document
    runCommand('alignLeft')
    runCommand('delete')
    expect(project().document).toBe(before)
    project().show(null)
    expect(whyUnavailable('save')).toBe('Open a project first.')
    expect(whyUnavailable('new')).toBeUndefined()
  })

  it('about tabs says what is missing for it', async () => {
    installMain()
    project().show(null)
    useTabs.setState({ tabs: [], closed: [], restored: true })
    expect(whyUnavailable('closeTab')).toBe('Open a project first.')
    expect(whyUnavailable('moveTabLeft')).toBe('Open a project first.')
    expect(whyUnavailable('nextTab')).toBe('No other project is open.')
    expect(whyUnavailable('reopenTab')).toBe('No tab was closed yet.')
    expect(whyUnavailable('lastTab')).toBe('There are not that many tabs.')
    await openInTab(opened(smallClassifier(), 1))
    await openInTab(opened(smallClassifier(), 2))
    expect(whyUnavailable('nextTab')).toBeUndefined()
    expect(whyUnavailable('goToTab2')).toBeUndefined()
    expect(whyUnavailable('goToTab3')).toBe('There are not that many tabs.')
    expect(whyUnavailable('moveTabRight')).toBe('The tab is at the end of the row.')
    runCommand('moveTabLeft')
    expect(useTabs.getState().tabs.map(({ projectId }) => projectId)).toEqual([2, 1])
    runCommand('lastTab')
    await expect.poll(shownId).toBe(1)
    runCommand('closeTab')
    await expect.poll(shownId).toBe(2)
    expect(whyUnavailable('reopenTab')).toBeUndefined()
  })

  it('works on what is selected', () => {
    project().select(['dense_1'])
    runCommand('bypass')
    expect(project().document?.layers[2]?.bypassed).toBe(true)
    runCommand('bypass')
    expect(project().document).toEqual(smallClassifier())
    runCommand('moveFarRight')
    expect(project().document?.layers[2]?.position).toEqual({ x: 32, y: 240 })
    runCommand('walkUp')
    expect([...project().selectedLayers]).toEqual(['flatten_1'])
    runCommand('deleteAndReconnect')
    expect(project().document?.connections.map(({ id }) => id)).toEqual([
      'input_1-dense_1',
      'dense_1-output_1',
    ])
  })
})

describe('the command palette', () => {
  it('has commands first, then layers to add, then layers to go to', () => {
    expect(labels('dense').slice(0, 1)).toEqual(['Add Dense'])
    expect(labels('dense').at(-1)).toBe('Go to dense_1')
    expect(labels('align').slice(0, 6)).toEqual([
      'Align left edges',
      'Align centres',
      'Align right edges',
      'Align top edges',
      'Align middles',
      'Align bottom edges',
    ])
  })

  it('finds words in any order, and layers after “add”', () => {
    expect(labels('edges left')[0]).toBe('Align left edges')
    expect(labels('add dropout')[0]).toBe('Add Dropout')
    expect(labels('no such thing')).toEqual([])
  })

  it('shows keys, reasons, and what undo would do', () => {
    expect(choice('Duplicate')).toMatchObject({ shortcut: 'Ctrl+D', unavailable: 'Select a layer first.' })
    project().dispatch({ type: 'setBypassed', layerId: 'dense_1', bypassed: true })
    expect(choice('Undo')?.label).toBe('Undo: Bypass dense_1')
  })

  it('offers no layers while no project is open', () => {
    project().show(null)
    expect(labels('dense')).toEqual([])
    expect(labels('new')).toEqual(['New project'])
  })
})
