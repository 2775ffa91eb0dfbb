import { powerSaveBlocker } from 'electron'

/** Keeps the machine from sleeping (not the screen from turning off) while there is something to do. */
export class StayAwake {
  #blocker: number | undefined

  set(busy: boolean): void {
    if (busy && this.#blocker === undefined) {
      this.#blocker = powerSaveBlocker.start('prevent-app-suspension')
    } else if (!busy && this.#blocker !== undefined) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = undefined
    }
  }
}
