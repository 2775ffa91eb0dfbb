import { FilePlus2, FolderOpen, Layers, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ProjectSummary, Template } from '../../../src-core/ipc/contract.ts'
import { call } from '../../bridge/call.ts'
import { createProject, openFile, openProject } from '../../state/project-actions.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { formatCount, formatDate } from '../../ui/format.ts'
import { notifyProblems } from '../../ui/toast-store.ts'
import { DocumentThumbnail } from './document-thumbnail.tsx'
import './start-page.css'

/** What a person meets when no project is open: a new model, a template, or what they worked on before. */
export function StartPage() {
  const templates = useTemplates()
  return (
    <main className="start-page" aria-label="Start">
      <div className="start-page__content">
        <header className="start-page__header">
          <Layers size={32} strokeWidth={1.75} aria-hidden />
          <div>
            <h1 className="start-page__title">LayerLoom</h1>
            <p className="start-page__lead">
              Draw a network, train it on this machine, take the diagram and the model with you.
            </p>
          </div>
          <div className="start-page__actions">
            <Button variant="primary" icon={FilePlus2} onClick={() => void createProject()}>
              New empty model
            </Button>
            <Button icon={FolderOpen} onClick={() => void openFile()}>
              Open file…
            </Button>
          </div>
        </header>
        <section aria-labelledby="start-templates">
          <h2 id="start-templates" className="start-page__heading">
            Start from a template
          </h2>
          <ul className="start-page__templates">
            {templates.map((template) => (
              <li key={template.id}>
                <TemplateCard template={template} />
              </li>
            ))}
          </ul>
        </section>
        <RecentProjects />
      </div>
    </main>
  )
}

function TemplateCard({ template }: { readonly template: Template }) {
  return (
    <button type="button" className="template-card" onClick={() => void createProject(template.document)}>
      <DocumentThumbnail document={template.document} />
      <span className="template-card__title">{template.title}</span>
      <span className="template-card__text">{template.description}</span>
    </button>
  )
}

function RecentProjects() {
  const { projects, remove } = useProjects()
  const [doomed, setDoomed] = useState<ProjectSummary | null>(null)
  return (
    <section aria-labelledby="start-recent">
      <h2 id="start-recent" className="start-page__heading">
        Recent projects
      </h2>
      {projects?.length === 0 && (
        <p className="start-page__empty">
          Projects appear here as soon as you make one. They are saved as you work.
        </p>
      )}
      <ul className="recent-list">
        {projects?.map((project) => (
          <li key={project.id} className="recent-list__row">
            <button type="button" className="recent-list__open" onClick={() => void openProject(project.id)}>
              <span className="recent-list__name truncate">{project.name}</span>
              <span className="recent-list__detail truncate">
                {formatCount(project.layerCount)} {project.layerCount === 1 ? 'layer' : 'layers'} ·{' '}
                {formatDate(project.updatedAt)}
                {project.filePath !== null && ` · ${project.filePath}`}
              </span>
            </button>
            <IconButton
              label={`Delete ${project.name}`}
              icon={Trash2}
              size="small"
              onClick={() => setDoomed(project)}
            />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={doomed !== null}
        title={`Delete “${doomed?.name ?? ''}”?`}
        description="The project and its saved versions leave the workspace. Its runs and any file you saved it to stay."
        confirmLabel="Delete project"
        danger
        onCancel={() => setDoomed(null)}
        onConfirm={() => {
          if (doomed) void remove(doomed.id)
          setDoomed(null)
        }}
      />
    </section>
  )
}

function useTemplates(): readonly Template[] {
  const [templates, setTemplates] = useState<readonly Template[]>([])
  useEffect(() => {
    void call('templates.list', {}).then((answer) => {
      if (answer.ok) setTemplates(answer.value)
      else notifyProblems(answer.problems)
    })
  }, [])
  return templates
}

function useProjects() {
  const [projects, setProjects] = useState<readonly ProjectSummary[] | null>(null)
  const refresh = async () => {
    const answer = await call('projects.list', {})
    if (answer.ok) setProjects(answer.value)
    else notifyProblems(answer.problems)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the page appears
  useEffect(() => {
    void refresh()
  }, [])
  const remove = async (projectId: number) => {
    const answer = await call('projects.remove', { projectId })
    if (!answer.ok) notifyProblems(answer.problems)
    await refresh()
  }
  return { projects, remove }
}
