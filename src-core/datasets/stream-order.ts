/**
 * Rows that follow each other, in an order for batches of which row r goes on where row r of the batch before ended. The rows
 * are cut into as many streams as a batch has rows. Where they cannot be of one length the first ones are longer by a row,
 * so that a short last batch goes on with them.
 */
export function streamOrder(rows: Uint32Array, batchSize: number): Uint32Array {
  const streams = Math.min(batchSize, rows.length)
  const length = Math.floor(rows.length / Math.max(1, streams))
  const longer = rows.length - length * streams
  return rows.map((_, place) => {
    const stream = place % streams
    const step = Math.floor(place / streams)
    return rows[stream * length + Math.min(stream, longer) + step] ?? 0
  })
}
