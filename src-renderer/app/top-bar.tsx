import { House, Languages, Monitor, Moon, Play, Redo2, Square, Sun, Undo2 } from 'lucide-react'
import { type LanguageChoice, languageNames, languages } from '../../src-core/language/language.ts'
import { mark, t } from '../../src-core/language/t.ts'
import { closeProject } from '../state/project-actions.ts'
import { dispatch, type SaveState, useProject } from '../state/project-store.ts'
import { useActiveRun, useRuns } from '../state/run-store.ts'
import { type Theme, useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { useCommittedText } from '../ui/text-field.tsx'
import { runCommand } from './commands.ts'
import { FileMenu } from './file-menu.tsx'
import { shortcutText } from './shortcuts.ts'
import { isDark } from './theme.ts'

/** The bar at the top: files, name, undo, theme, training. */
export function TopBar() {
  return (
    <header className="top-bar">
      <h1 className="visually-hidden">{t('Workbench')}</h1>
      <div className="top-bar__group">
        <IconButton label={t('Start page')} icon={House} onClick={() => void closeProject()} />
        <FileMenu />
        <UndoButtons />
      </div>
      <div className="top-bar__group top-bar__group--centre">
        <ProjectName />
        <SaveStatus />
      </div>
      <div className="top-bar__group top-bar__group--end">
        <ThemeMenu />
        <TrainButton />
      </div>
    </header>
  )
}

function UndoButtons() {
  const undoLabel = useProject((state) => state.history.done.at(-1)?.label)
  const redoLabel = useProject((state) => state.history.undone.at(-1)?.label)
  return (
    <>
      <IconButton
        label={t('Undo')}
        icon={Undo2}
        tooltip={undoLabel === undefined ? t('Nothing to undo') : t('Undo: {{what}}', { what: undoLabel })}
        shortcut={shortcutText('undo')}
        aria-disabled={undoLabel === undefined}
        onClick={() => runCommand('undo')}
      />
      <IconButton
        label={t('Redo')}
        icon={Redo2}
        tooltip={redoLabel === undefined ? t('Nothing to redo') : t('Redo: {{what}}', { what: redoLabel })}
        shortcut={shortcutText('redo')}
        aria-disabled={redoLabel === undefined}
        onClick={() => runCommand('redo')}
      />
    </>
  )
}

function ProjectName() {
  const name = useProject((state) => state.document?.name ?? '')
  const text = useCommittedText(name, (next) => dispatch({ type: 'setDocumentName', name: next }))
  return (
    <input
      className="top-bar__name truncate"
      aria-label={t('Project name')}
      maxLength={200}
      spellCheck={false}
      {...text}
    />
  )
}

const saveTexts: Readonly<Record<SaveState, string>> = {
  saved: mark('Saved'),
  saving: mark('Saving…'),
  unsaved: mark('Unsaved changes'),
  failed: mark('Not saved'),
}

function SaveStatus() {
  const state = useProject((project) => project.saveState)
  if (state === 'failed') {
    return (
      <Button size="small" variant="danger" onClick={() => runCommand('save')}>
        {t('Not saved – try again')}
      </Button>
    )
  }
  return (
    <span className="top-bar__save" role="status">
      {t(saveTexts[state])}
    </span>
  )
}

const themes: readonly { theme: Theme; label: string; icon: typeof Sun }[] = [
  { theme: 'system', label: mark('As the system'), icon: Monitor },
  { theme: 'light', label: mark('Light'), icon: Sun },
  { theme: 'dark', label: mark('Dark'), icon: Moon },
]

const languageEntries: readonly { choice: LanguageChoice; label: string; icon: typeof Sun }[] = [
  { choice: 'system', label: mark('Language of the system'), icon: Monitor },
  ...languages.map((choice) => ({ choice, label: languageNames[choice], icon: Languages })),
]

/** How the window looks and speaks. */
function ThemeMenu() {
  const current = useUi((state) => state.theme)
  const setTheme = useUi((state) => state.setTheme)
  const language = useUi((state) => state.language)
  const setLanguage = useUi((state) => state.setLanguage)
  const scale = useUi((state) => state.scale)
  const sized = (label: string, command: 'larger' | 'smaller' | 'usualSize'): MenuEntry => {
    const shortcut = shortcutText(command)
    return { label, onSelect: () => runCommand(command), ...(shortcut !== undefined && { shortcut }) }
  }
  const entries: readonly MenuEntry[] = [
    ...themes.map(
      ({ theme, label, icon }): MenuEntry => ({
        label: t(label),
        icon,
        checked: theme === current,
        onSelect: () => setTheme(theme),
      }),
    ),
    { type: 'separator' },
    { type: 'heading', label: t('Language') },
    ...languageEntries.map(
      ({ choice, label, icon }): MenuEntry => ({
        label: t(label),
        icon,
        checked: choice === language,
        onSelect: () => setLanguage(choice),
      }),
    ),
    { type: 'separator' },
    { type: 'heading', label: t('Size: {{percent}} %', { percent: Math.round(100 * scale) }) },
    sized(t('Larger'), 'larger'),
    sized(t('Smaller'), 'smaller'),
    sized(t('Usual size'), 'usualSize'),
  ]
  return (
    <Menu entries={entries} align="end">
      <IconButton label={t('Theme')} icon={isDark(current) ? Moon : Sun} />
    </Menu>
  )
}

function TrainButton() {
  const active = useActiveRun()
  const starting = useRuns((state) => state.starting)
  if (active) {
    return (
      <Button icon={Square} onClick={() => runCommand('stop')} title={shortcutText('stop')}>
        {t('Stop')}
      </Button>
    )
  }
  return (
    <Button
      variant="primary"
      icon={Play}
      busy={starting}
      onClick={() => runCommand('train')}
      title={shortcutText('train')}
    >
      {t('Train')}
    </Button>
  )
}
