// The dependency rule of docs/architecture.md, as data.

/** @typedef {{ name: string, mayImport: string[], because: string }} Zone */

/**
 * The processes' folders. A file may import, from this repository, only what lies under the folders of its zone.
 * @type {Zone[]}
 */
export const zones = [
  {
    name: 'src-core/',
    mayImport: ['src-core/'],
    because: 'src-core runs in every process and imports nothing else of ours',
  },
  {
    name: 'src-main/',
    mayImport: ['src-main/', 'src-core/', 'resources/', 'package.json'],
    because: 'src-main imports src-core only, never another process',
  },
  {
    name: 'src-preload/',
    mayImport: ['src-preload/', 'src-core/'],
    because: 'src-preload imports src-core only, never another process',
  },
  {
    name: 'src-renderer/',
    mayImport: ['src-renderer/', 'src-core/', 'resources/'],
    because: 'src-renderer imports src-core only, never another process',
  },
]

/** @typedef {{ packages: RegExp, onlyIn: string[], because: string }} PackageRule */

const developmentFolders = ['tests/', 'bench/', 'scripts/']

/**
 * Packages with a home: they may be imported there and in tests, benchmarks and scripts, and nowhere else.
 * `node:` stands for every module of Node itself, with or without that prefix.
 * @type {PackageRule[]}
 */
export const packageRules = [
  {
    packages: /^electron(\/|$)/,
    onlyIn: ['src-main/window/', 'src-main/ipc/', 'src-main/index.ts', 'src-preload/'],
    because: 'only the window, the ipc folder, the composition root and the preload script know Electron',
  },
  {
    packages: /^node:/,
    onlyIn: ['src-main/'],
    because: 'only src-main may use Node',
  },
  {
    packages: /^onnxruntime-/,
    onlyIn: ['src-main/engine/process/onnx/'],
    because: 'ONNX Runtime is known to its engine only',
  },
  {
    packages: /^@tensorflow\//,
    onlyIn: ['src-main/engine/process/tensorflow/'],
    because: 'TensorFlow is known to its engine only',
  },
  {
    packages: /^better-sqlite3$/,
    onlyIn: ['src-main/workspace/'],
    because: 'SQL and the workspace file belong to src-main/workspace',
  },
  {
    packages:
      /^(react|react-dom|reactflow|@xyflow\/.*|radix-ui|lucide-react|react-resizable-panels|uplot|@headless-tree\/.*|@tanstack\/.*)(\/|$)/,
    onlyIn: ['src-renderer/'],
    because: 'user-interface packages belong to src-renderer',
  },
].map((rule) => ({ ...rule, onlyIn: [...rule.onlyIn, ...developmentFolders] }))

/** @typedef {{ name: string, onlyIn: string[], because: string }} ElectronNameRule */

/**
 * Parts of Electron that only one folder may touch.
 * @type {ElectronNameRule[]}
 */
export const electronNameRules = [
  {
    name: 'ipcMain',
    onlyIn: ['src-main/ipc/', 'tests/'],
    because: 'every channel is registered through src-main/ipc, which checks who is calling',
  },
  {
    name: 'ipcRenderer',
    onlyIn: ['src-preload/', 'tests/'],
    because: 'the preload script is the only door to the main process',
  },
  {
    // `import * as electron` and `import electron` would hand out both of the above.
    name: '*',
    onlyIn: ['tests/'],
    because: 'Electron is imported by name, so that this check sees what is used',
  },
]
