import { z } from 'zod'
import type { ChannelValue, OpenedProject } from '../../src-core/ipc/contract.ts'
import { type Problem, problem, type Result } from '../../src-core/problems.ts'
import type { SettingsRepository } from '../workspace/settings-repository.ts'
import type { ProjectService } from './project-service.ts'

const openSchema = z.object({
  /** In the order of their tabs. The names are for telling of those that are gone. */
  projects: z.array(z.object({ projectId: z.int().positive(), name: z.string() })),
  /** Null for the start page. */
  shown: z.int().positive().nullable(),
})
type Open = z.output<typeof openSchema>

const openKey = 'openProjects'
/** What earlier versions remembered: the one project that a window could show. */
const lastProjectKey = 'lastProject'

/** Which projects the window has open: those are held for it, and opened again at the next start. */
export class OpenProjects {
  readonly #projects: ProjectService
  readonly #settings: SettingsRepository
  #told = ''

  constructor(projects: ProjectService, settings: SettingsRepository) {
    this.#projects = projects
    this.#settings = settings
  }

  /** Lets go of every project that is not among these, and remembers these. */
  set(open: Open): void {
    const text = JSON.stringify(open)
    if (text === this.#told) return
    this.#projects.keepOpen(open.projects.map(({ projectId }) => projectId))
    this.#settings.set(openKey, open)
    this.#told = text
  }

  /** Opens what was open before. What does not open any more is named with the reason. */
  reopen(): ChannelValue<'projects.reopen'> {
    // After a crash of the page main let go of what it had told.
    this.#told = ''
    const { projects, shown } = this.#settings.get(openKey, openSchema) ?? this.#last()
    const opened: OpenedProject[] = []
    const lost: { name: string; problem: Problem }[] = []
    for (const { projectId, name } of projects) {
      const answer = this.#open(projectId, name)
      if (answer.ok) opened.push(answer.value)
      else lost.push(...answer.problems.slice(0, 1).map((reason) => ({ name, problem: reason })))
    }
    const isThere = opened.some(({ project }) => project.id === shown)
    return { opened, shown: isThere || shown === null ? shown : (opened.at(-1)?.project.id ?? null), lost }
  }

  #open(projectId: number, name: string): Result<OpenedProject> {
    const holder = this.#projects.holder(projectId)
    if (holder === undefined) return this.#projects.open(projectId)
    // A copy is made for somebody who asks for the project, not by itself.
    return {
      ok: false,
      problems: [problem('workspace.held', `“${name}” is open in another LayerLoom (process ${holder}).`)],
    }
  }

  #last(): Open {
    const projectId = this.#settings.get(lastProjectKey, z.int().positive())
    const project = this.#projects.list().find(({ id }) => id === projectId)
    if (!project) return { projects: [], shown: null }
    return { projects: [{ projectId: project.id, name: project.name }], shown: project.id }
  }
}
