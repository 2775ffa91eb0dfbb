import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { DatasetService } from '../../../src-main/services/dataset-service.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { otherProcess } from '../../unit/workspace/support/other-process.ts'
import { datasetPlace, problemIn, samplesFolder, unwrap } from './support/dataset-place.ts'

const largeTable = `a,b\n${Array.from({ length: 200_000 }, (_, row) => `${row},${row / 7}`).join('\n')}\n`

describe('an import while the disk fills up', () => {
  const disk = smallDisk(1024)

  it.skipIf(disk === undefined)(
    'is refused with workspace.diskFull and leaves no dataset behind',
    async () => {
      if (disk === undefined) return
      onTestFinished(() => disk.remove())
      const workspace = openWorkspace(path.join(disk.folder, 'workspace.loom.db'))
      const service = new DatasetService(workspace.datasets, samplesFolder)
      unwrap(await service.addSample('iris'))
      const file = datasetPlace().write('large.csv', largeTable)
      expect(problemIn(await service.import(file)).code).toBe('workspace.diskFull')
      expect(service.list().map(({ name }) => name)).toEqual(['iris'])
      workspace.close()
      const again = openWorkspace(path.join(disk.folder, 'workspace.loom.db'))
      expect(again.datasets.list().map(({ name }) => name)).toEqual(['iris'])
      again.close()
    },
  )
})

describe('an import while another program holds the workspace', () => {
  it('is refused with workspace.locked and leaves no dataset behind', async () => {
    const place = datasetPlace()
    const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-locked-'))
    const workspace = openWorkspace(path.join(folder, 'workspace.loom.db'), { busyTimeout: 50 })
    onTestFinished(() => workspace.close())
    const service = new DatasetService(workspace.datasets, samplesFolder)
    const other = otherProcess('hold-write-lock.mjs', workspace.file)
    await other.nextLine()
    const file = place.write('t.csv', 'a,b\n1,2.5\n')
    expect(problemIn(await service.import(file)).code).toBe('workspace.locked')
    await other.finish()
    expect(service.list()).toEqual([])
    expect(unwrap(await service.import(file)).rows).toBe(1)
  })
})

it('other work is written while an import is under way, and outlives its failure', async () => {
  const place = datasetPlace()
  const file = place.write('large.csv', `${largeTable}1,2,3\n`)
  let notes = 0
  const problem = problemIn(
    await place.service.import(file, {
      onProgress: () => {
        notes += 1
        place.workspace.settings.set(`note ${notes}`, true)
      },
    }),
  )
  expect(problem.code).toBe('csv.ragged')
  expect(notes).toBeGreaterThan(1)
  expect(place.workspace.settings.get(`note ${notes}`, z.literal(true))).toBe(true)
})
