import path from 'node:path'
import { expect, it } from 'vitest'
import { workspaceArgument } from '../../../src-main/window/workspace-argument.ts'

it.each([
  [['electron', '--no-sandbox', '/app', '--workspace', 'my.loom.db'], path.resolve('my.loom.db')],
  [['electron', '/app', '--workspace=/data/my.loom.db'], path.resolve('/data/my.loom.db')],
  [['electron', '/app'], undefined],
  [['electron', '/app', '--workspace'], undefined],
])('%j names the workspace %s', (commandLine, file) => {
  expect(workspaceArgument(commandLine)).toBe(file)
})
