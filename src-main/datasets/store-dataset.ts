import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { DatasetRepository, NewDataset } from '../workspace/dataset-repository.ts'
import type { DatasetSource } from './importer.ts'

/**
 * Reads all values of a source into the workspace. Nobody sees the dataset before it is whole, and a failure of any
 * kind leaves nothing behind.
 * Problems: dataset.exists, and those of the source. @throws ProblemError workspace.diskFull and its like
 */
export async function storeDataset(
  datasets: DatasetRepository,
  source: DatasetSource,
  as: Pick<NewDataset, 'name' | 'format' | 'description' | 'source'>,
): Promise<Result<DatasetInfo>> {
  if (datasets.findByName(as.name) !== undefined) return failure(nameTaken(datasets, as.name))
  const datasetId = datasets.begin({ ...as, columns: source.columns, defaultTarget: source.defaultTarget })
  let stored = false
  try {
    let chunk = 0
    const read = await source.read((columns) => {
      datasets.appendChunk(datasetId, chunk, columns)
      chunk += 1
    })
    if (!read.ok) return read
    const info = datasets.complete(datasetId, read.value.rows, read.value.columns)
    stored = info !== undefined
    return info === undefined ? failure(nameTaken(datasets, as.name)) : success(info)
  } finally {
    if (!stored) discard(datasets, datasetId)
  }
}

/** A full disk may refuse even this; what is left is invisible, and the next import removes it. */
function discard(datasets: DatasetRepository, datasetId: number): void {
  try {
    datasets.remove(datasetId)
  } catch {
    // The failure that led here is the one to tell about.
  }
}

function nameTaken(datasets: DatasetRepository, name: string) {
  return problem('dataset.exists', `There is already a dataset called "${name}".`, {
    hint: `Choose another name, for example "${freeName(datasets, name)}", or remove the other one first.`,
  })
}

/** The name, or the first of "name 2", "name 3" ... that no dataset has. */
export function freeName(datasets: DatasetRepository, name: string): string {
  let free = name
  for (let copy = 2; datasets.findByName(free) !== undefined; copy += 1) free = `${name} ${copy}`
  return free
}
