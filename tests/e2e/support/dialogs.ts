import type { ElectronApplication } from 'playwright'

/** From now on the system's save dialog answers with this file at once; null: it is cancelled. */
export async function answerSaveDialog(app: ElectronApplication, filePath: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' })
  }, filePath)
}

/** From now on the system's open dialog answers with these files at once; none: it is cancelled. */
export async function answerOpenDialog(app: ElectronApplication, ...filePaths: string[]): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: chosen.length === 0, filePaths: chosen })
  }, filePaths)
}
