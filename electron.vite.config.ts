import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// The oldest Node and Chromium that must run the output: those of Electron 33, the fallback of scripts/setup.mjs.
const oldestNode = 'node20.18'
const oldestChromium = 'chrome130'

// Native modules, and Electron itself, stay outside the bundles; everything else is bundled, so that the
// packaged app carries only these folders of node_modules.
const external = ['electron', 'better-sqlite3', /^onnxruntime-node/, /^onnxruntime-common/, /^@tensorflow\//]

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: oldestNode,
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: {
          index: 'src-main/index.ts',
          'engine-process': 'src-main/engine/process/main.ts',
          'memory-worker': 'src-main/services/memory-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: oldestNode,
      externalizeDeps: false,
      // A sandboxed preload script must be one CommonJS file with everything in it.
      rolldownOptions: {
        external: ['electron'],
        input: { index: 'src-preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: oldestChromium,
      rolldownOptions: { input: path.join(import.meta.dirname, 'src-renderer/index.html') },
    },
  },
})
