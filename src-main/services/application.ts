import path from 'node:path'
import type { EngineLauncher } from '../engine/launcher.ts'
import { EngineSupervisor } from '../engine/supervisor.ts'
import { openWorkspace } from '../workspace/open.ts'
import type { SettingsRepository } from '../workspace/settings-repository.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { BlockLibrary } from './block-library.ts'
import { DatasetService } from './dataset-service.ts'
import { EngineService } from './engine-service.ts'
import { EvaluationService } from './evaluation-service.ts'
import { ExportService } from './export-service.ts'
import { MemoryEstimates } from './memory-estimates.ts'
import { MemoryService } from './memory-service.ts'
import { OpenProjects } from './open-projects.ts'
import { PictureService } from './picture-service.ts'
import { PredictionService } from './prediction-service.ts'
import { PreviewService } from './preview-service.ts'
import { ProjectService } from './project-service.ts'
import { RunService } from './run-service.ts'
import { TemplateService } from './template-service.ts'
import { TextService } from './text-service.ts'

export interface ApplicationParts {
  /** Made when it does not exist. */
  readonly workspaceFile: string
  /** Holds `samples` and `templates`. */
  readonly resourcesFolder: string
  /** Starts engine processes: utility processes in the app, Node children elsewhere. */
  readonly launch: EngineLauncher
  /** The built file of the thread that estimates memory; its source file when absent. */
  readonly memoryWorker?: string
  /** Of the app, for what it writes. */
  readonly version: string
}

/** Everything the app can do, without a window: what the app, the command line and the tests share. */
export class Application {
  readonly workspaceFile: string
  readonly settings: SettingsRepository
  readonly blocks: BlockLibrary
  readonly templates: TemplateService
  readonly projects: ProjectService
  readonly openProjects: OpenProjects
  readonly datasets: DatasetService
  readonly engines: EngineSupervisor
  readonly engineService: EngineService
  readonly memory: MemoryService
  /** The same, without keeping whoever asks waiting. */
  readonly memoryEstimates: MemoryEstimates
  readonly runs: RunService
  readonly exports: ExportService
  readonly predictions: PredictionService
  readonly evaluations: EvaluationService
  readonly pictures: PictureService
  readonly previews: PreviewService
  readonly texts: TextService
  readonly #workspace: Workspace

  constructor(workspace: Workspace, { resourcesFolder, launch, version, memoryWorker }: ApplicationParts) {
    this.#workspace = workspace
    this.workspaceFile = workspace.file
    this.settings = workspace.settings
    this.blocks = new BlockLibrary(workspace.settings)
    this.engines = new EngineSupervisor({ launch })
    this.engineService = new EngineService(this.engines)
    this.templates = new TemplateService(path.join(resourcesFolder, 'templates'))
    this.projects = new ProjectService(workspace.projects, workspace.settings)
    this.openProjects = new OpenProjects(this.projects, workspace.settings)
    this.datasets = new DatasetService(workspace.datasets, path.join(resourcesFolder, 'samples'))
    this.memory = new MemoryService(workspace.datasets)
    this.memoryEstimates = new MemoryEstimates(workspace.datasets, memoryWorker)
    this.runs = new RunService({ workspace, engines: this.engines, version, memory: this.memory })
    this.exports = new ExportService({ sources: workspace, engines: this.engines, version })
    this.predictions = new PredictionService(workspace, this.engines)
    this.evaluations = new EvaluationService(workspace, this.engines, workspace.file)
    this.pictures = new PictureService(workspace, this.engines, workspace.file)
    this.previews = new PreviewService(workspace, this.engines, workspace.file)
    this.texts = new TextService(workspace, this.engines)
  }

  /** Ends every engine process and thread, and closes the workspace. */
  async close(): Promise<void> {
    await this.memoryEstimates.close()
    await this.engineService.cancelInstallation()
    await this.engines.dispose()
    this.projects.leave()
    this.#workspace.close()
  }
}

/**
 * Opens a workspace file and puts the services over it.
 * @throws ProblemError as openWorkspace does; the file is then as it was
 */
export function openApplication(parts: ApplicationParts): Application {
  return new Application(openWorkspace(parts.workspaceFile), parts)
}
