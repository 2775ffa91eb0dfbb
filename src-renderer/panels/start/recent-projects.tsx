import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Sketch } from '../../../src-core/document/sketch.ts'
import type { ProjectSummary } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { openProject } from '../../state/project-actions.ts'
import { forgetTab } from '../../state/tab-actions.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { formatCount, formatDate } from '../../ui/format.ts'
import { notifyProblems } from '../../ui/toast-store.ts'
import { SketchPicture } from './sketch-picture.tsx'

/** So many are shown until somebody asks for all. */
const fewProjects = 6
/** So many have a picture; the list itself has no end. */
const mostPictures = 100

/** What a person worked on before, the newest first, with pictures of it. */
export function RecentProjects() {
  const { projects, remove } = useProjects()
  const sketches = useSketches(projects)
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? projects : projects?.slice(0, fewProjects)
  const hidden = (projects?.length ?? 0) - (shown?.length ?? 0)
  const [doomed, setDoomed] = useState<ProjectSummary | null>(null)
  return (
    <section
      aria-labelledby="start-recent"
      className={
        projects?.length === 0 ? 'start-page__recent start-page__recent--empty' : 'start-page__recent'
      }
    >
      <h2 id="start-recent" className="start-page__heading">
        {t('Recent projects')}
      </h2>
      {projects?.length === 0 && (
        <p className="start-page__empty">
          {t('Projects appear here as soon as you make one. They are saved as you work.')}
        </p>
      )}
      <ul className="recent-list">
        {shown?.map((project) => (
          <li key={project.id} className="recent-list__row">
            <button type="button" className="recent-list__open" onClick={() => void openProject(project.id)}>
              <SketchPicture sketch={sketches.get(project.id)} small />
              <span className="recent-list__name truncate">{project.name}</span>
              <span className="recent-list__detail truncate">{detailOf(project)}</span>
            </button>
            <IconButton
              label={t('Delete {{name}}', { name: project.name })}
              icon={Trash2}
              size="small"
              onClick={() => setDoomed(project)}
            />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="small" variant="ghost" onClick={() => setShowsAll(true)}>
          {t('Show {{number}} more', { number: formatCount(hidden) })}
        </Button>
      )}
      <ConfirmDialog
        open={doomed !== null}
        title={t('Delete “{{name}}”?', { name: doomed?.name ?? '' })}
        description={t(
          'The project and its saved versions leave the workspace. Its runs and any file you saved it to stay.',
        )}
        confirmLabel={t('Delete project')}
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

function detailOf({ layerCount, updatedAt, filePath }: ProjectSummary): string {
  const layers = t('{{count, number}} layers', { count: layerCount })
  return [layers, formatDate(updatedAt), ...(filePath === null ? [] : [filePath])].join(' · ')
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
    if (answer.ok) forgetTab(projectId)
    else notifyProblems(answer.problems)
    await refresh()
  }
  return { projects, remove }
}

/** Sketches by project id, once they are there. */
function useSketches(projects: readonly ProjectSummary[] | null): ReadonlyMap<number, Sketch> {
  const [sketches, setSketches] = useState<ReadonlyMap<number, Sketch>>(new Map())
  useEffect(() => {
    const projectIds = (projects ?? []).slice(0, mostPictures).map(({ id }) => id)
    if (projectIds.length === 0) return
    let current = true
    void call('projects.sketches', { projectIds }).then((answer) => {
      // Without pictures the list is still a list.
      if (current && answer.ok) {
        setSketches(new Map(answer.value.map(({ projectId, sketch }) => [projectId, sketch])))
      }
    })
    return () => {
      current = false
    }
  }, [projects])
  return sketches
}
