import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { speak } from '../../../../src-core/language/t.ts'
import { runCommand } from '../../../../src-renderer/app/commands.ts'
import { startLanguage } from '../../../../src-renderer/app/language.ts'
import { paletteChoices } from '../../../../src-renderer/app/palette-choices.ts'
import { startFlow, useFlow } from '../../../../src-renderer/canvas/flow-store.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { useUi } from '../../../../src-renderer/state/ui-store.ts'
import { formatMoment, formatShape } from '../../../../src-renderer/ui/format.ts'
import { opened, smallClassifier } from '../support/documents.ts'

const commands = (query: string) =>
  paletteChoices(query).flatMap(({ choice, label }) => (choice.type === 'command' ? [label] : []))
const labels = (query: string) => paletteChoices(query).map(({ label }) => label)
const undoLabel = () => useProject.getState().history.done.at(-1)?.label

let stop: () => void
beforeEach(() => {
  useUi.setState({ language: 'system' })
  stop = startLanguage()
  useProject.getState().show(opened(smallClassifier()))
})
afterEach(() => {
  stop()
  useUi.setState({ language: 'system' })
  speak('en')
})

const english = ['Language: as the system', 'Language: English', 'Language: 简体中文']

describe('the commands for the language', () => {
  it('are found by words of both languages, whichever the window speaks', () => {
    expect(commands('language')).toEqual(english)
    expect(commands('语言')).toEqual(english)
    expect(commands('中文')[0]).toBe('Language: 简体中文')
    runCommand('languageChinese')
    const chinese = ['语言：跟随系统', '语言：English（英语）', '语言：简体中文']
    expect(commands('语言')).toEqual(chinese)
    expect(commands('language')).toEqual(chinese)
    expect(commands('英语')[0]).toBe('语言：English（英语）')
  })

  it('change what the window says, and the language of the page', () => {
    runCommand('languageChinese')
    expect(document.documentElement.lang).toBe('zh-CN')
    expect(useUi.getState().language).toBe('zh-CN')
    expect(commands('undo')).toEqual(['撤销'])
    runCommand('languageEnglish')
    expect(document.documentElement.lang).toBe('en')
    expect(commands('undo')).toEqual(['Undo'])
  })
})

describe('in Chinese', () => {
  beforeEach(() => runCommand('languageChinese'))

  it('commands are found by their Chinese and by their English names', () => {
    expect(commands('整理')).toEqual(['整理：排列所有层', '从上到下整理', '从左到右整理'])
    expect(commands('tidy')).toHaveLength(3)
    expect(labels('添加 dense')[0]).toBe('添加 Dense')
    expect(labels('add dense')[0]).toBe('添加 Dense')
    expect(labels('转到 dense_1')).toContain('转到 dense_1')
  })

  it('undo names steps, with the names that people gave as they are', () => {
    dispatch({ type: 'renameLayer', layerId: 'dense_1', name: 'Layer' })
    expect(undoLabel()).toBe('将 dense_1 重命名为 Layer')
    useProject.getState().select(['flatten_1', 'dense_1'])
    runCommand('bypass')
    expect(undoLabel()).toBe('旁路 2 个层')
    runCommand('delete')
    expect(undoLabel()).toBe('删除 2 个层')
  })

  it('layers on the canvas are told of in Chinese after a change of the language', () => {
    runCommand('languageEnglish')
    startFlow()()
    const spoken = () => useFlow.getState().nodes.map(({ ariaLabel }) => ariaLabel)
    expect(spoken()[0]).toBe('input_1, Input')
    runCommand('languageChinese')
    startFlow()()
    expect(spoken()[0]).toBe('input_1，Input')
    expect(useFlow.getState().edges[0]?.ariaLabel).toBe('从 input_1 到 flatten_1 的连线')
  })

  it('dates and shapes are written in Chinese', () => {
    expect(formatMoment('2020-03-04T05:06:00Z')).toMatch(/^2020年3月\d日$/)
    expect(formatShape([])).toBe('标量')
  })
})
