import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newWorkspace } from './support/temporary-workspace.ts'

const text = z.string()

describe('a transaction over several repositories', () => {
  it('keeps all of it', () => {
    const workspace = newWorkspace()
    const id = workspace.transaction(() => {
      workspace.settings.set('theme', 'dark')
      return workspace.projects.create({ name: 'Digits', layerCount: 0, json: '{}' }).id
    })
    expect(workspace.projects.find(id)?.name).toBe('Digits')
    expect(workspace.settings.get('theme', text)).toBe('dark')
  })

  it('keeps nothing of it when something in it fails', () => {
    const workspace = newWorkspace()
    workspace.settings.set('theme', 'light')
    expect(() =>
      workspace.transaction(() => {
        workspace.settings.set('theme', 'dark')
        workspace.projects.create({ name: 'Digits', layerCount: 0, json: '{}' })
        throw new Error('half-way')
      }),
    ).toThrow('half-way')
    expect(workspace.settings.get('theme', text)).toBe('light')
    expect(workspace.projects.list()).toEqual([])
  })

  it('goes on without an inner part that failed and was caught', () => {
    const workspace = newWorkspace()
    workspace.transaction(() => {
      workspace.settings.set('outer', 'kept')
      try {
        workspace.transaction(() => {
          workspace.settings.set('inner', 'dropped')
          throw new Error('inner')
        })
      } catch {
        workspace.settings.set('after', 'kept')
      }
    })
    expect(workspace.settings.get('outer', text)).toBe('kept')
    expect(workspace.settings.get('inner', text)).toBeUndefined()
    expect(workspace.settings.get('after', text)).toBe('kept')
  })
})
