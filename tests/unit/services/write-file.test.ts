import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeFileAtomically } from '../../../src-main/services/write-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layerloom-write-'))
})
const inFolder = (name: string) => path.join(folder, name)

describe('writing a file as a whole or not at all', () => {
  it('makes a new file and leaves nothing else behind', async () => {
    const file = inFolder('model.loom.json')
    expect(await writeFileAtomically(file, 'text')).toEqual({ ok: true, value: null })
    expect(readFileSync(file, 'utf8')).toBe('text')
    expect(readdirSync(folder)).toEqual(['model.loom.json'])
  })

  it('replaces a file and keeps its permissions', async () => {
    const file = inFolder('model.loom.json')
    writeFileSync(file, 'old')
    chmodSync(file, 0o640)
    await writeFileAtomically(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(statSync(file).mode & 0o777).toBe(0o640)
  })

  it('never shows a part: somebody who has the old file open goes on reading the old file', async () => {
    const file = inFolder('model.loom.json')
    writeFileSync(file, 'old')
    const before = statSync(file).ino
    await writeFileAtomically(file, 'new')
    expect(statSync(file).ino).not.toBe(before)
  })

  it.skipIf(process.platform === 'win32')('writes through a link and leaves the link a link', async () => {
    writeFileSync(inFolder('real.json'), 'old')
    symlinkSync(inFolder('real.json'), inFolder('link.json'))
    await writeFileAtomically(inFolder('link.json'), 'new')
    expect(readFileSync(inFolder('real.json'), 'utf8')).toBe('new')
  })

  it('says that the folder does not exist', async () => {
    const written = await writeFileAtomically(inFolder('nowhere/model.loom.json'), 'text')
    expect(written).toMatchObject({
      ok: false,
      problems: [{ code: 'file.notWritten', message: expect.stringContaining('its folder does not exist') }],
    })
  })

  it('says that the target is a folder and leaves nothing behind', async () => {
    const written = await writeFileAtomically(folder, 'text')
    expect(written).toMatchObject({ ok: false, problems: [{ code: 'file.notWritten' }] })
    expect(
      readdirSync(path.dirname(folder)).filter(
        (name) => name.endsWith('.tmp') && name.includes(path.basename(folder)),
      ),
    ).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    const written = await writeFileAtomically('/dev/full', 'text')
    expect(written).toMatchObject({
      ok: false,
      problems: [{ code: 'file.notWritten', message: '"/dev/full" could not be written: the disk is full.' }],
    })
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
  })
})
