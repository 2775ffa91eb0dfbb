import { describe, expect, it } from 'vitest'
import { gitBlobHash } from '../../../src-main/services/git-hash.ts'
import { newWorkspace, steppingClock } from './support/temporary-workspace.ts'

const state = (content: string, name = 'Digits') => ({ name, layerCount: content.length, json: content })

function newProjects() {
  return newWorkspace({ now: steppingClock() }).projects
}

describe('versions of a project', () => {
  it('begin with the document the project was made of, saved', () => {
    const projects = newProjects()
    const project = projects.create(state('a'))
    expect(projects.newestDocument(project.id)).toMatchObject({ version: 1, reason: 'save', json: 'a' })
    expect(projects.newestDocument(project.id)?.hash).toBe(gitBlobHash('a'))
  })

  it('get one autosave after a save, which further autosaves replace', () => {
    const projects = newProjects()
    const { id } = projects.create(state('a'))
    projects.saveVersion(id, state('b'), 'autosave')
    projects.saveVersion(id, state('c'), 'autosave')
    expect(projects.versions(id).map(({ version, reason }) => [version, reason])).toEqual([
      [2, 'autosave'],
      [1, 'save'],
    ])
    expect(projects.newestDocument(id)?.json).toBe('c')
    expect(projects.findVersion(id, 1)?.json).toBe('a')
  })

  it('keep each save', () => {
    const projects = newProjects()
    const { id } = projects.create(state('a'))
    projects.saveVersion(id, state('b'), 'autosave')
    projects.saveVersion(id, state('b'), 'save')
    projects.saveVersion(id, state('c'), 'save')
    expect(projects.versions(id).map(({ version, reason }) => [version, reason])).toEqual([
      [3, 'save'],
      [2, 'save'],
      [1, 'save'],
    ])
  })

  it('do not grow when nothing has changed', () => {
    const projects = newProjects()
    const { id } = projects.create(state('a'))
    const again = projects.saveVersion(id, state('a'), 'save')
    projects.saveVersion(id, state('a'), 'autosave')
    expect(again).toMatchObject({ version: 1, reason: 'save' })
    expect(projects.versions(id)).toHaveLength(1)
  })

  it('cannot be added to a project that does not exist', () => {
    expect(newProjects().saveVersion(7, state('a'), 'save')).toBeUndefined()
  })
})

describe('the list of projects', () => {
  it('has the last changed first, with the name and layers of the newest version', () => {
    const projects = newProjects()
    const first = projects.create(state('a', 'First'))
    projects.create(state('b', 'Second'))
    projects.saveVersion(first.id, state('abc', 'First, renamed'), 'autosave')
    expect(projects.list().map(({ name, layerCount }) => [name, layerCount])).toEqual([
      ['First, renamed', 3],
      ['Second', 1],
    ])
  })

  it('finds a project by the file it is linked to', () => {
    const projects = newProjects()
    const { id } = projects.create(state('a'), '/models/a.loom.json')
    expect(projects.findByFile('/models/a.loom.json')?.id).toBe(id)
    expect(projects.linkFile(id, '/models/b.loom.json')).toBe(true)
    expect(projects.findByFile('/models/a.loom.json')).toBeUndefined()
    expect(projects.findByFile('/models/b.loom.json')?.id).toBe(id)
    expect(projects.linkFile(99, null)).toBe(false)
  })
})

it('removing a project removes its versions and never gives its id again', () => {
  const projects = newProjects()
  const { id } = projects.create(state('a'))
  expect(projects.remove(id)).toBe(true)
  expect(projects.remove(id)).toBe(false)
  expect(projects.versions(id)).toEqual([])
  expect(projects.create(state('b')).id).toBeGreaterThan(id)
})
