import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { loadedSqliteVersion, sqliteSupportProblem } from '../../../src-main/workspace/sqlite-support.ts'

describe('whether SQLite runs on this Node', () => {
  it('refuses a package with Node-API 10 binaries on a Node without it, before it would crash', () => {
    const problem = sqliteSupportProblem('13.2.0', '9', '20.18.1')
    expect(problem?.code).toBe('workspace.sqlite')
    expect(problem?.message).toContain('this is Node 20.18.1')
    expect(problem?.hint).toContain('npm start')
  })

  it('lets the same package run where Node-API 10 is there', () => {
    expect(sqliteSupportProblem('13.2.0', '10', '24.0.0')).toBeUndefined()
  })

  it('lets an older package run on an older Node: a host may substitute one', () => {
    expect(sqliteSupportProblem('11.5.0', '9', '20.18.1')).toBeUndefined()
  })

  it('lets a package run whose version cannot be told', () => {
    expect(sqliteSupportProblem(undefined, '9', '20.18.1')).toBeUndefined()
  })

  it('knows the version of the package that is installed', () => {
    const manifest = execFileSync(process.execPath, ['-p', "require('better-sqlite3/package.json').version"])
    expect(loadedSqliteVersion()).toBe(manifest.toString().trim())
  })
})
