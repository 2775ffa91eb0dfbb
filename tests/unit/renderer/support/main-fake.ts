import type { z } from 'zod'
import { channels, pushNames } from '../../../../src-core/ipc/channels.ts'
import {
  type Channel,
  type ChannelInput,
  type ChannelOutput,
  contract,
  type Push,
} from '../../../../src-core/ipc/contract.ts'

/** The other side of the bridge: what main would answer, and what it was asked. */
export interface MainFake {
  answer<C extends Channel>(channel: C, answer: (input: ChannelInput<C>) => ChannelOutput<C>): void
  /** Lets the next call wait until it is released with an answer. */
  hold<C extends Channel>(channel: C): { release(output: ChannelOutput<C>): void }
  calls<C extends Channel>(channel: C): readonly ChannelInput<C>[]
  push(push: Push, value: unknown): void
}

const inputs: { readonly [C in Channel]: { readonly input: z.ZodType<ChannelInput<C>> } } = contract

/** Stands in for main at the edge of the renderer: window.layerloom checks inputs as main does and answers what a test says. */
export function installMain(): MainFake {
  const answers = new Map<Channel, (raw: unknown) => unknown>()
  const asked = new Map<Channel, unknown[]>()
  const held = new Map<Channel, Promise<unknown>>()
  const listeners = new Map<Push, Set<(value: unknown) => void>>()

  const handler = (channel: Channel) => async (raw: unknown) => {
    asked.set(channel, [...(asked.get(channel) ?? []), raw])
    const waiting = held.get(channel)
    held.delete(channel)
    if (waiting) return waiting
    const answer = answers.get(channel)
    if (!answer) throw new Error(`The test did not say what ${channel} answers.`)
    return answer(raw)
  }
  const invoke = Object.fromEntries(channels.map((channel) => [channel, handler(channel)]))
  const on = Object.fromEntries(
    pushNames.map((name) => [
      name,
      (listener: (value: unknown) => void) => {
        const known = listeners.get(name) ?? new Set()
        listeners.set(name, known.add(listener))
        return () => known.delete(listener)
      },
    ]),
  )
  Object.defineProperty(window, 'layerloom', { value: { invoke, on }, configurable: true })
  return {
    answer: (channel, answer) => {
      answers.set(channel, (raw) => answer(inputs[channel].input.parse(raw)))
    },
    hold: (channel) => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      held.set(channel, promise)
      return { release: resolve }
    },
    calls: (channel) => (asked.get(channel) ?? []).map((raw) => inputs[channel].input.parse(raw)),
    push: (push, value) => {
      for (const listener of listeners.get(push) ?? []) listener(value)
    },
  }
}
