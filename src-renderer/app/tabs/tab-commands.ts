import { mark, t } from '../../../src-core/language/t.ts'
import { reopenTab } from '../../state/project-actions.ts'
import { closeTab, shiftTab, showTab, stepTab } from '../../state/tab-actions.ts'
import { shownId, useTabs } from '../../state/tabs-store.ts'
import type { Command } from '../command-list.ts'
import { type Condition, needsProject } from '../command-states.ts'
import type { TabNumber } from './tab-numbers.ts'

const needsOtherTab: Condition = () =>
  useTabs.getState().tabs.some(({ projectId }) => projectId !== shownId())
    ? undefined
    : t('No other project is open.')

const needsClosed: Condition = () =>
  useTabs.getState().closed.length > 0 ? undefined : t('No tab was closed yet.')

/** The tab that is shown is not the one at this end of the row. */
function needsRoom(end: 0 | -1): Condition {
  return () => {
    const id = shownId()
    if (id === null) return needsProject()
    return useTabs.getState().tabs.at(end)?.projectId === id
      ? t('The tab is at the end of the row.')
      : undefined
  }
}

/** Tab at a place, from 0; -1 is the last one. */
function goTo(index: number, title: string): Command {
  const tab = () => useTabs.getState().tabs.at(index)
  return {
    group: 'File',
    title,
    run: () => {
      const there = tab()
      if (there) void showTab(there.projectId)
    },
    unavailable: () => (tab() ? undefined : t('There are not that many tabs.')),
  }
}

const numbered: Readonly<Record<`goToTab${TabNumber}`, Command>> = {
  goToTab1: goTo(0, mark('Go to tab 1')),
  goToTab2: goTo(1, mark('Go to tab 2')),
  goToTab3: goTo(2, mark('Go to tab 3')),
  goToTab4: goTo(3, mark('Go to tab 4')),
  goToTab5: goTo(4, mark('Go to tab 5')),
  goToTab6: goTo(5, mark('Go to tab 6')),
  goToTab7: goTo(6, mark('Go to tab 7')),
  goToTab8: goTo(7, mark('Go to tab 8')),
}

/** Commands about the tabs of open projects. */
export const tabCommands = {
  nextTab: {
    group: 'File',
    title: mark('Next tab'),
    run: () => void stepTab(1),
    unavailable: needsOtherTab,
  },
  previousTab: {
    group: 'File',
    title: mark('Previous tab'),
    run: () => void stepTab(-1),
    unavailable: needsOtherTab,
  },
  moveTabRight: {
    group: 'File',
    title: mark('Move the tab to the right'),
    run: () => shiftTab(1),
    unavailable: needsRoom(-1),
  },
  moveTabLeft: {
    group: 'File',
    title: mark('Move the tab to the left'),
    run: () => shiftTab(-1),
    unavailable: needsRoom(0),
  },
  closeTab: {
    group: 'File',
    title: mark('Close the tab'),
    run: () => void closeTab(),
    unavailable: needsProject,
  },
  reopenTab: {
    group: 'File',
    title: mark('Reopen the closed tab'),
    run: () => void reopenTab(),
    unavailable: needsClosed,
  },
  ...numbered,
  lastTab: goTo(-1, mark('Go to the last tab')),
} as const satisfies Readonly<Record<string, Command>>
