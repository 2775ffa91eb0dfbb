import { FilePlus, FolderOpen, GitCompare, LayoutTemplate, Save, SaveAll } from 'lucide-react'
import { useState } from 'react'
import type { ProjectSummary } from '../../src-core/ipc/contract.ts'
import { t } from '../../src-core/language/t.ts'
import { call } from '../bridge/call.ts'
import { createProject, openProject } from '../state/project-actions.ts'
import { useProject } from '../state/project-store.ts'
import { loadTemplates, useTemplateStore } from '../state/template-store.ts'
import { Button } from '../ui/button.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { notifyProblems } from '../ui/toast-store.ts'
import { runCommand } from './commands.ts'
import { shortcutText } from './shortcuts.ts'

const mostRecent = 6

/** New, templates, open, recent, save. The lists are asked for when the menu is about to open. */
export function FileMenu() {
  const openId = useProject((state) => state.project?.id)
  const templates = useTemplateStore((state) => state.templates) ?? []
  const [recent, setRecent] = useState<readonly ProjectSummary[]>([])
  const load = async () => {
    const [projects] = await Promise.all([call('projects.list', {}), loadTemplates()])
    if (projects.ok) setRecent(projects.value)
    else notifyProblems(projects.problems)
  }
  const others = recent.filter((project) => project.id !== openId).slice(0, mostRecent)
  const entries: readonly MenuEntry[] = [
    { label: t('New'), icon: FilePlus, onSelect: () => runCommand('new'), ...key('new') },
    { label: t('Open file…'), icon: FolderOpen, onSelect: () => runCommand('open'), ...key('open') },
    { type: 'separator' },
    { label: t('Save'), icon: Save, onSelect: () => runCommand('save'), ...key('save') },
    { label: t('Save as…'), icon: SaveAll, onSelect: () => runCommand('saveAs'), ...key('saveAs') },
    { label: t('Compare with…'), icon: GitCompare, onSelect: () => runCommand('compare') },
    ...headed(t('New from template'), templates, (template) => ({
      label: t(template.title),
      icon: LayoutTemplate,
      onSelect: () => void createProject(template.document),
    })),
    ...headed(t('Recent projects'), others, (project) => ({
      label: project.name,
      onSelect: () => void openProject(project.id),
    })),
  ]
  return (
    <Menu entries={entries}>
      <Button variant="ghost" onPointerEnter={() => void load()} onFocus={() => void load()}>
        {t('File')}
      </Button>
    </Menu>
  )
}

function key(command: Parameters<typeof shortcutText>[0]): { shortcut?: string } {
  const text = shortcutText(command)
  return text === undefined ? {} : { shortcut: text }
}

function headed<T>(label: string, items: readonly T[], entry: (item: T) => MenuEntry): MenuEntry[] {
  if (items.length === 0) return []
  return [{ type: 'separator' }, { type: 'heading', label }, ...items.map(entry)]
}
