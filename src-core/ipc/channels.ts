import type { Channel, InvokedChannel, Push } from './contract.ts'

/**
 * The names of the contract's channels, without its schemas: the preload script bundles this file and nothing else.
 * A channel that is missing here does not compile (see `complete` below); one that is too many neither.
 */
export const channels = [
  'app.info',
  'templates.list',
  'projects.list',
  'projects.sketches',
  'projects.create',
  'projects.open',
  'projects.reopen',
  'projects.save',
  'projects.outsideChange',
  'projects.remove',
  'projects.openFile',
  'projects.saveFileAs',
  'documents.chooseFile',
  'datasets.list',
  'datasets.addSample',
  'datasets.importFile',
  'datasets.importText',
  'datasets.preview',
  'datasets.remove',
  'engines.list',
  'engines.install',
  'engines.cancelInstall',
  'engines.remove',
  'runs.start',
  'runs.stop',
  'runs.resume',
  'runs.memory',
  'runs.list',
  'runs.get',
  'runs.remove',
  'pictures.kinds',
  'pictures.make',
  'pictures.save',
  'previews.look',
  'previews.cancel',
  'previews.findRow',
  'texts.generate',
  'texts.cancel',
  'blocks.list',
  'blocks.save',
  'blocks.remove',
  'exports.saveText',
  'exports.saveModel',
  'links.open',
  'clipboard.writeText',
  'clipboard.readText',
  'window.setState',
] as const satisfies readonly InvokedChannel[]

/** Called by the preload script alone. */
export const droppedChannel = 'files.dropped' as const satisfies Channel

export const pushNames = [
  'runs.event',
  'engines.progress',
  'projects.fileTouched',
  'menu.command',
] as const satisfies readonly Push[]

type Missing = Exclude<InvokedChannel, (typeof channels)[number]> | Exclude<Push, (typeof pushNames)[number]>

/** Compiles only while no name of the contract is missing above; the error names the missing ones. */
export const complete: [Missing] extends [never] ? true : Missing = true
