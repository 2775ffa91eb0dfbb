import { describe, expect, it } from 'vitest'
import { describeViolation, findViolations } from '../../../scripts/lib/layering/find-violations.mjs'

const rulesBrokenBy = (file: string, source: string) =>
  findViolations(file, source).map((violation) => violation.specifier)

describe('the layering check', () => {
  it('names file, line and rule', () => {
    const [violation] = findViolations(
      'src-core/document/read.ts',
      "\n\nimport { readFileSync } from 'node:fs'\n",
    )
    expect(violation && describeViolation(violation)).toBe(
      "src-core/document/read.ts:3: may not import 'node:fs': only src-main may use Node",
    )
  })

  it.each([
    ['src-core/a.ts', "import { app } from 'electron'"],
    ['src-core/a.ts', "import path from 'path'"],
    ['src-core/a.ts', "import { useState } from 'react'"],
    ['src-core/a.ts', "import * as ort from 'onnxruntime-node'"],
    ['src-core/a.ts', "import { x } from '../src-main/x.ts'"],
    ['src-core/a.ts', "import { x } from '../scripts/x.mjs'"],
    ['src-main/services/a.ts', "import { app } from 'electron'"],
    ['src-main/services/a.ts', "import Database from 'better-sqlite3'"],
    ['src-main/engine/supervisor.ts', "import { InferenceSession } from 'onnxruntime-node'"],
    ['src-main/engine/process/main.ts', "import * as tf from '@tensorflow/tfjs-node-gpu'"],
    ['src-main/window/a.ts', "import { Panel } from '../../src-renderer/panels/panel.tsx'"],
    ['src-main/window/a.ts', "import { createRoot } from 'react-dom/client'"],
    ['src-renderer/app/a.tsx', "import { readFile } from 'node:fs/promises'"],
    ['src-renderer/app/a.tsx', "import { bridge } from '../../src-preload/index.ts'"],
    ['src-renderer/app/a.tsx', "import { shell } from 'electron'"],
    ['src-preload/index.ts', "import { save } from '../src-main/services/save.ts'"],
  ])('reports in %s: %s', (file, source) => {
    expect(findViolations(file, source)).toHaveLength(1)
  })

  it.each([
    ['import type', "import type { Panel } from '../src-renderer/panel.tsx'"],
    ['an inline type', "type Panel = import('../src-renderer/panel.tsx').Panel"],
    ['a re-export', "export * from '../src-renderer/panel.tsx'"],
    ['a named re-export', "export { Panel } from '../src-renderer/panel.tsx'"],
    ['a dynamic import', "const panel = await import('../src-renderer/panel.tsx')"],
    ['a template string', 'const panel = await import(`../src-renderer/panel.tsx`)'],
    ['require', "const panel = require('../src-renderer/panel.tsx')"],
    ['createRequire', "const panel = createRequire(import.meta.url)('../src-renderer/panel.tsx')"],
    ['import = require', "import panel = require('../src-renderer/panel.tsx')"],
    ['a resource query', "import panel from '../src-renderer/panel.tsx?raw'"],
  ])('is not evaded by %s', (_way, source) => {
    expect(findViolations('src-main/a.ts', source)).toHaveLength(1)
  })

  it('lets ipcMain be used in the ipc folder only', () => {
    const source = "import { ipcMain } from 'electron'"
    expect(rulesBrokenBy('src-main/ipc/register.ts', source)).toEqual([])
    expect(rulesBrokenBy('src-main/window/menu.ts', source)).toEqual(['electron'])
    expect(rulesBrokenBy('src-main/window/menu.ts', "import { ipcMain as ipc } from 'electron'")).toEqual([
      'electron',
    ])
  })

  it('lets ipcRenderer be used in the preload script only', () => {
    const source = "import { ipcRenderer } from 'electron'"
    expect(rulesBrokenBy('src-preload/index.ts', source)).toEqual([])
    expect(rulesBrokenBy('src-main/ipc/register.ts', source)).toEqual(['electron'])
  })

  it('wants Electron imported by name', () => {
    expect(rulesBrokenBy('src-main/index.ts', "import * as electron from 'electron'")).toEqual(['electron'])
    expect(rulesBrokenBy('src-main/index.ts', "import electron from 'electron'")).toEqual(['electron'])
  })

  it.each([
    ['src-core/compile/plan.ts', "import { z } from 'zod'\nimport { shape } from '../shapes/shape.ts'"],
    [
      'src-main/services/a.ts',
      "import { readFile } from 'node:fs/promises'\nimport '../../src-core/problems.ts'",
    ],
    ['src-main/index.ts', "import { app } from 'electron'"],
    ['src-main/engine/process/onnx/session.ts', "import type { Tensor } from 'onnxruntime-common'"],
    ['src-main/workspace/open.ts', "import Database from 'better-sqlite3'"],
    ['src-renderer/app/app.tsx', "import { useState } from 'react'\nimport './app.css'"],
    ['tests/parity/conv.test.ts', "import * as ort from 'onnxruntime-node'\nimport '../../src-main/a.ts'"],
  ])('accepts in %s what belongs there', (file, source) => {
    expect(findViolations(file, source)).toEqual([])
  })

  it('says so when a file does not parse', () => {
    expect(() => findViolations('src-core/a.ts', 'import {')).toThrow('src-core/a.ts does not parse')
  })
})
