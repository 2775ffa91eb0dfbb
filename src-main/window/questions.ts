import { app, type BrowserWindow, dialog } from 'electron'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { CloseChoice } from './close-guard.ts'

/** Asks what is to become of the run in progress when its window closes. Escape cancels. */
export async function askAboutRuns(window: BrowserWindow): Promise<CloseChoice> {
  const choices: readonly CloseChoice[] = ['stop', 'keepRunning', 'cancel']
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('A training run is in progress.'),
    detail: t(
      'Stopping keeps everything it has learned so far: it can be resumed later. If it goes on, LayerLoom closes by itself when the run is finished.',
    ),
    buttons: [t('Stop and Keep Checkpoint'), t('Keep Running'), t('Cancel')],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return choices[response] ?? 'cancel'
}

/** Asks before a page of the web is opened: documents come from others, and a link's text may say anything. */
export async function askAboutLink(window: BrowserWindow, address: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('Open this page in the browser?'),
    detail: address,
    buttons: [t('Open'), t('Cancel')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

export type WorkspaceChoice = 'other' | 'setAside' | 'retry' | 'quit'

/**
 * Tells that the workspace file cannot be used and asks what to do. Setting aside is offered only for a file that
 * is damaged: it is renamed, never deleted.
 */
export async function askAboutWorkspace(file: string, trouble: Problem): Promise<WorkspaceChoice> {
  const damaged = trouble.code === 'workspace.corrupted'
  const offers: readonly (readonly [WorkspaceChoice, string])[] = [
    damaged ? ['setAside', t('Set It Aside and Start Fresh')] : ['retry', t('Try Again')],
    ['other', t('Open Another Workspace…')],
    ['quit', t('Quit')],
  ]
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: sentence(trouble.message),
    detail: [
      trouble.hint === undefined ? undefined : sentence(trouble.hint),
      t('Workspace: {{file}}', { file }),
      damaged ? t('Nothing is deleted: the file is renamed.') : undefined,
    ]
      .filter((line) => line !== undefined)
      .join('\n\n'),
    buttons: offers.map(([, label]) => label),
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return offers[response]?.[0] ?? 'quit'
}

/** A new place for a workspace: an existing file or a new one; null when cancelled. */
export async function askForWorkspaceFile(): Promise<string | null> {
  const chosen = await dialog.showSaveDialog({
    title: t('Open or Create a Workspace'),
    buttonLabel: t('Open'),
    defaultPath: 'workspace.loom.db',
    filters: [{ name: t('LayerLoom workspace'), extensions: ['db'] }],
    // An existing file is opened, not overwritten, so there is nothing to confirm.
    properties: ['createDirectory'],
  })
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
}

/** Tells that the page crashes again and again, and ends the app. What was autosaved is kept. */
export function tellHopeless(logFile: string): void {
  dialog.showErrorBox(
    t('LayerLoom’s window keeps crashing'),
    t('Your work is kept in the workspace. Please report this with the file {{file}}.', { file: logFile }),
  )
  app.exit(1)
}
