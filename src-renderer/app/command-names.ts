import type { MenuCommand } from '../../src-core/ipc/contract.ts'
import type { Alignment, DistributionAxis } from '../canvas/arrange.ts'
import type { WalkDirection } from '../canvas/walk.ts'
import type { DockTab } from '../state/ui-store.ts'
import type { TabNumber } from './tabs/tab-numbers.ts'

type Direction = Capitalize<WalkDirection>

/** Everything a person can do by menu, key or command palette. */
export type CommandName =
  | MenuCommand
  | 'close'
  | 'moveTabLeft'
  | 'moveTabRight'
  | `goToTab${TabNumber}`
  | 'lastTab'
  | 'compare'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'duplicate'
  | 'deleteAndReconnect'
  | 'deselect'
  | 'add'
  | 'rename'
  | 'replace'
  | 'bypass'
  | 'makeBlock'
  | 'openBlock'
  | 'leaveBlock'
  | 'unpackBlock'
  | 'connect'
  | 'disconnect'
  | 'tidy'
  | 'tidyDown'
  | 'tidyRight'
  | 'cancelTidy'
  | 'note'
  | 'frame'
  | 'find'
  | 'findNext'
  | 'findPrevious'
  | 'endSearch'
  | 'focusBefore'
  | 'focusAfter'
  | 'endFocus'
  | 'legend'
  | 'outline'
  | 'pin'
  | 'search'
  | 'commands'
  | 'tour'
  | `align${Capitalize<Alignment>}`
  | `distribute${Capitalize<DistributionAxis>}`
  | `move${Direction}`
  | `moveFar${Direction}`
  | `walk${Direction}`
  | `show${Capitalize<DockTab>}`
