import path from 'node:path'
import type { pictureKinds } from '../../src-core/ipc/contract.ts'
import { webLink } from '../../src-core/ipc/web-link.ts'
import { mark, t } from '../../src-core/language/t.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { Application } from '../services/application.ts'
import { readDocumentFile } from '../services/read-file.ts'
import type { Handlers } from './answer.ts'
import type { Desktop, FileFilter } from './desktop.ts'

const documents: FileFilter = { name: mark('LayerLoom document'), extensions: ['loom.json', 'json'] }
const tables: FileFilter = {
  name: mark('Data: tables, texts and IDX'),
  extensions: ['csv', 'tsv', 'txt', 'data', 'gz', 'idx', 'ubyte', 'idx3-ubyte', 'idx1-ubyte'],
}
const texts: FileFilter = { name: mark('Texts'), extensions: ['txt', 'text', 'md', 'gz'] }
const everything: FileFilter = { name: mark('All files'), extensions: ['*'] }

/** What a file of pictures is called at first. */
const pictureNames: Readonly<Record<(typeof pictureKinds)[number], string>> = {
  samples: mark('samples of run {{run}}.png'),
  plane: mark('plane of run {{run}}.png'),
  reconstructions: mark('reconstructions of run {{run}}.png'),
}

/** What stands behind every channel: the app's services, and the desktop's dialogs where a person must choose. */
export function createHandlers(application: Application, desktop: Desktop, version: string): Handlers {
  return {
    ...appHandlers(application, desktop, version),
    ...engineHandlers(application),
    ...projectHandlers(application, desktop),
    ...fileHandlers(application),
    ...documentHandlers(desktop),
    ...datasetHandlers(application, desktop),
    ...runHandlers(application),
    ...blockHandlers(application),
    ...pictureHandlers(application, desktop),
    ...previewHandlers(application),
    ...textHandlers(application),
    ...exportHandlers(application, desktop),
  }
}

type HandlersOf<Prefix extends string> = {
  readonly [C in keyof Handlers as C extends `${Prefix}.${string}` ? C : never]: Handlers[C]
}

function appHandlers(
  { templates, datasets, openProjects, workspaceFile }: Application,
  desktop: Desktop,
  version: string,
): HandlersOf<'app' | 'templates' | 'links' | 'clipboard' | 'window'> {
  return {
    'app.info': () =>
      success({
        version,
        platform: process.platform,
        workspaceFile,
        shippedSamples: datasets.samples().map((sample) => sample.name),
      }),
    'templates.list': () => templates.list(),
    'links.open': async ({ address }) => {
      const page = webLink(address)
      if (page !== undefined) return success({ opened: await desktop.openLink(page) })
      return failure(
        problem('link.refused', 'The link was not opened: it does not lead to a page in the web.', {
          hint: 'Links of notes begin with https:// or http:// and the name of a host.',
        }),
      )
    },
    'clipboard.writeText': ({ text }) => {
      desktop.writeClipboard(text)
      return success({})
    },
    'clipboard.readText': async () => success({ text: await desktop.readClipboard() }),
    'window.setState': ({ open, ...state }) => {
      desktop.setWindowState(state)
      if (open) openProjects.set({ projects: open, shown: state.projectId })
      return success({})
    },
  }
}

function blockHandlers({ blocks }: Application): HandlersOf<'blocks'> {
  return {
    'blocks.list': () => success(blocks.list()),
    'blocks.save': (block) => success(blocks.save(block)),
    'blocks.remove': ({ name }) => success(blocks.remove(name)),
  }
}

function engineHandlers({ engineService }: Application): HandlersOf<'engines'> {
  return {
    'engines.list': async () => success(await engineService.list()),
    'engines.install': ({ engine }) => engineService.install(engine),
    'engines.cancelInstall': async () => {
      await engineService.cancelInstallation()
      return success({})
    },
    'engines.remove': async ({ engine }) => {
      await engineService.remove(engine)
      return success(await engineService.list())
    },
  }
}

function projectHandlers({ projects, openProjects }: Application, desktop: Desktop): HandlersOf<'projects'> {
  return {
    'projects.list': () => success(projects.list()),
    'projects.sketches': ({ projectIds }) => success(projects.sketches(projectIds)),
    'projects.create': ({ document }) => success(projects.create(document)),
    'projects.open': ({ projectId }) => projects.open(projectId),
    'projects.reopen': () => success(openProjects.reopen()),
    'projects.save': ({ projectId, document, reason, overwrite = false }) =>
      projects.save(projectId, document, reason, { overwrite }),
    'projects.outsideChange': ({ projectId }) => projects.outsideChange(projectId),
    'projects.remove': ({ projectId }) => projects.remove(projectId),
    'projects.openFile': async () => {
      const files = await desktop.chooseFiles({ title: t('Open a Model'), filters: [documents, everything] })
      return whenChosen(files?.[0], (file) => projects.openFile(file))
    },
    'projects.saveFileAs': async ({ projectId, document }) => {
      const suggestion = `${fileName(document.name)}.loom.json`
      const file = await desktop.chooseSaveFile({
        title: t('Save the Model As'),
        suggestion,
        filters: [documents],
      })
      return whenChosen(file, (target) =>
        projects.saveToFile(projectId, document, withExtension(target, '.loom.json')),
      )
    },
  }
}

function fileHandlers({ projects, datasets }: Application): HandlersOf<'files'> {
  return {
    'files.dropped': async ({ paths }) => {
      const [first, second] = paths
      if (first === undefined) {
        return failure(
          problem('usage.invalid', 'What was dropped is no file of this machine.', {
            hint: 'Save it to a folder, then drop it from there.',
          }),
        )
      }
      if (/\.json$/i.test(first)) {
        const opened = await projects.openFile(first)
        return opened.ok ? success({ type: 'project', opened: opened.value }) : opened
      }
      const imported = await datasets.import(first, second === undefined ? {} : { partner: second })
      return imported.ok ? success({ type: 'dataset', dataset: imported.value }) : imported
    },
  }
}

function documentHandlers(desktop: Desktop): HandlersOf<'documents'> {
  return {
    'documents.chooseFile': async () => {
      const title = t('Choose a Model to Compare With')
      const files = await desktop.chooseFiles({ title, filters: [documents, everything] })
      return whenChosen(files?.[0], async (file) => {
        const document = await readDocumentFile(file)
        return document.ok ? success({ title: path.basename(file), document: document.value }) : document
      })
    },
  }
}

function datasetHandlers({ datasets }: Application, desktop: Desktop): HandlersOf<'datasets'> {
  return {
    'datasets.list': () => success(datasets.list()),
    'datasets.addSample': ({ name }) => datasets.addSample(name),
    'datasets.importFile': async () => {
      const title = t('Import a Dataset (for IDX choose images and labels together)')
      const files = await desktop.chooseFiles({ title, filters: [tables, everything], several: true })
      const [first, second] = files ?? []
      return whenChosen(first, (file) =>
        datasets.import(file, second === undefined ? {} : { partner: second }),
      )
    },
    'datasets.importText': async (text) => {
      const files = await desktop.chooseFiles({ title: t('Import a Text'), filters: [texts, everything] })
      return whenChosen(files?.[0], (file) => datasets.import(file, { text }))
    },
    'datasets.preview': ({ datasetId, offset, count }) => datasets.preview(datasetId, offset, count),
    'datasets.remove': ({ datasetId }) => datasets.remove(datasetId),
  }
}

function runHandlers({ runs, memoryEstimates }: Application): HandlersOf<'runs'> {
  return {
    'runs.start': ({ projectId, document, name }) =>
      runs.start({ projectId, document, ...(name === undefined ? {} : { name }) }),
    'runs.stop': ({ runId }) => runs.stop(runId),
    'runs.resume': ({ runId, batchSize }) => runs.resume(runId, batchSize === undefined ? {} : { batchSize }),
    'runs.memory': async ({ document }) => success(await memoryEstimates.report(document)),
    'runs.list': ({ projectId }) => success(runs.list(projectId === undefined ? {} : { projectId })),
    'runs.get': ({ runId }) => runs.get(runId),
    'runs.remove': ({ runId }) => runs.remove(runId),
  }
}

function pictureHandlers({ pictures }: Application, desktop: Desktop): HandlersOf<'pictures'> {
  return {
    'pictures.kinds': ({ runId }) => pictures.kinds(runId),
    'pictures.make': async ({ runId, ...request }) => {
      const made = await pictures.make(runId, request)
      return made.ok
        ? success({ ...made.value, levels: [...made.value.levels], rows: [...made.value.rows] })
        : made
    },
    'pictures.save': async ({ runId, ...request }) => {
      const suggestion = t(pictureNames[request.kind], { run: runId })
      const filters = filtersFor(suggestion)
      const file = await desktop.chooseSaveFile({ title: t('Save the Pictures'), suggestion, filters })
      return whenChosen(file, async (target) => {
        const saved = await pictures.save(runId, request, target)
        return saved.ok ? success({ filePath: target }) : saved
      })
    },
  }
}

function previewHandlers({ previews }: Application): HandlersOf<'previews'> {
  return {
    'previews.look': (request) => previews.look(request),
    'previews.cancel': () => {
      previews.cancel()
      return success({})
    },
    'previews.findRow': (search) => previews.findRow(search),
  }
}

function textHandlers({ texts }: Application): HandlersOf<'texts'> {
  return {
    'texts.generate': ({ runId, ...settings }) => texts.generate(runId, settings),
    'texts.cancel': ({ runId }) => {
      texts.cancel(runId)
      return success({})
    },
  }
}

function exportHandlers({ exports }: Application, desktop: Desktop): HandlersOf<'exports'> {
  return {
    'exports.saveText': async ({ suggestedName, text }) => {
      const suggestion = fileName(suggestedName)
      const file = await desktop.chooseSaveFile({
        title: t('Save'),
        suggestion,
        filters: filtersFor(suggestion),
      })
      return whenChosen(file, (target) => exports.writeText(target, text))
    },
    'exports.saveModel': async ({ runId, format }) => {
      const named = exports.suggestedName(runId, format)
      if (!named.ok) return named
      const suggestion = fileName(named.value)
      const file = await desktop.chooseSaveFile({
        title: t('Export the Model'),
        suggestion,
        filters: filtersFor(suggestion),
      })
      return whenChosen(file, (target) => exports.exportRun(runId, format, target))
    },
  }
}

/** Null when nothing was chosen in a dialog. */
async function whenChosen<T>(
  file: string | null | undefined,
  work: (file: string) => Promise<Result<T>>,
): Promise<Result<T | null>> {
  return file === null || file === undefined ? success(null) : work(file)
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const harmless = [...name].map((character) => (isHarmless(character) ? character : '-')).join('')
  return harmless.replace(/^[\s.]+|[\s.]+$/g, '').slice(0, 120) || 'model'
}

function isHarmless(character: string): boolean {
  return character >= ' ' && !'<>:"/\\|?*\u007f'.includes(character)
}

/** Some systems' dialogs do not add the extension themselves. */
function withExtension(file: string, extension: string): string {
  return /\.json$/i.test(file) ? file : file + extension
}

function filtersFor(name: string): FileFilter[] {
  const extension = name.split('.').at(-1)
  return extension === undefined || extension === name
    ? [everything]
    : [{ name: extension, extensions: [extension] }, everything]
}
