import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const rendererTests = ['tests/**/*.test.tsx', 'tests/**/{renderer,src-renderer}/**/*.test.ts']
const minutes = 60_000

export default defineConfig({
  test: {
    // Native modules (onnxruntime-node, better-sqlite3) want a process of their own, not a thread.
    pool: 'forks',
    // Vitest leaves a core idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...rendererTests, 'tests/e2e/**'],
          // Against hanging only: peers in Python take minutes to start on a slow disk.
          testTimeout: 10 * minutes,
          hookTimeout: 15 * minutes,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: { name: 'renderer', environment: 'jsdom', include: rendererTests, testTimeout: minutes / 2 },
      },
      {
        // The real application in a real Electron: one window at a time.
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/e2e/support/global-setup.mjs'],
          fileParallelism: false,
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
          // A busy machine draws late.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
