// Reads a run's steps and a dataset's chunks over its own read-only connection, as the engine process does, until it
// has seen as many steps as it was told, and says how many it had seen at each look.
import { openWorkspaceReadOnly } from '../../../../src-main/workspace/open.ts'

const [file = '', steps = '0'] = process.argv.slice(2)
const workspace = openWorkspaceReadOnly(file)
let seen = -1
while (seen < Number(steps)) {
  const count = workspace.runMetrics.steps(1, 1_000_000).length
  const [dataset] = workspace.datasets.list()
  const [column] = dataset?.columns ?? []
  const sum = dataset && column ? workspace.datasets.readColumn(dataset, column).length : 0
  if (count < seen) throw new Error('steps were lost')
  if (count !== seen) console.log(`${count} ${sum}`)
  seen = count
}
workspace.close()
