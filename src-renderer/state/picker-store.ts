import { create } from 'zustand'

export interface WindowPoint {
  readonly x: number
  readonly y: number
}

/** A list that asks what to do next; at most one is open. Points are in the window, in pixels. */
export type Picker =
  | { readonly type: 'commands' }
  /** Which layer to add; at a point, or after what is selected. */
  | { readonly type: 'add'; readonly at: WindowPoint }
  /** Which layer to add at the loose end of a wire that comes from a port. */
  | { readonly type: 'addToWire'; readonly at: WindowPoint; readonly from: WireStart }
  | { readonly type: 'replace'; readonly layerId: string }
  | { readonly type: 'connect'; readonly layerId: string }
  | { readonly type: 'disconnect'; readonly layerId: string }

/** The port that a wire was drawn from. */
export interface WireStart {
  readonly layerId: string
  readonly port: string
  readonly side: 'source' | 'target'
}

interface PickerState {
  readonly picker: Picker | null
  /** The layer a list points at, marked on the canvas. */
  readonly pointedAt: string | null
}

export const usePicker = create<PickerState>()(() => ({ picker: null, pointedAt: null }))

export function openPicker(picker: Picker): void {
  usePicker.setState({ picker, pointedAt: null })
}

export function closePicker(): void {
  usePicker.setState({ picker: null, pointedAt: null })
}

/** Marks a layer on the canvas while a list speaks of it. */
export function pointAt(layerId: string | undefined): void {
  usePicker.setState({ pointedAt: layerId ?? null })
}
