// Shows the bare page in a window like the designer's.
import path from 'node:path'
import { app, BrowserWindow } from 'electron'

app.on('window-all-closed', () => app.quit())
// Electron gets ready when this module has been read, so that the module may not wait for it.
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: { sandbox: true },
  })
  return window.loadFile(path.join(import.meta.dirname, 'page', 'index.html'))
})
