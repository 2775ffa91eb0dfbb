import type { z } from 'zod'
import {
  type Channel,
  type ChannelInput,
  type ChannelValue,
  contract,
  type InvokedChannel,
  type Push,
  type PushValue,
  pushes,
} from '../../src-core/ipc/contract.ts'
import { t } from '../../src-core/language/t.ts'
import { failure, problem, type Result } from '../../src-core/problems.ts'

/** The contract's outputs, seen channel by channel, so that a generic channel keeps its own type. */
const outputs: { readonly [C in Channel]: { readonly output: z.ZodType<Result<ChannelValue<C>>> } } = contract

const pushSchemas: { readonly [P in Push]: z.ZodType<PushValue<P>> } = pushes

/**
 * Asks main for something and checks the answer against the contract. Never rejects: whatever fails on the way is a
 * problem with code `internal.bug`.
 */
export function call<C extends InvokedChannel>(
  channel: C,
  input: ChannelInput<C>,
): Promise<Result<ChannelValue<C>>> {
  return checked(channel, () => window.layerloom.invoke[channel](input))
}

/** Hands files that a person dropped to main, which opens or imports them. */
export function callDropped(files: readonly File[]): Promise<Result<ChannelValue<'files.dropped'>>> {
  return checked('files.dropped', () => window.layerloom.dropFiles(files))
}

async function checked<C extends Channel>(
  channel: C,
  ask: () => Promise<unknown>,
): Promise<Result<ChannelValue<C>>> {
  try {
    const answer = await ask()
    const parsed = outputs[channel].output.safeParse(answer)
    if (parsed.success) return parsed.data
    return failure(bug(channel, parsed.error.message))
  } catch (error) {
    return failure(bug(channel, error instanceof Error ? error.message : String(error)))
  }
}

function bug(channel: Channel, detail: string) {
  return problem(
    'internal.bug',
    t('LayerLoom could not finish “{{channel}}”: {{detail}}', { channel, detail }),
    {
      hint: t('Your work is kept. Try again; if it happens again, restart LayerLoom.'),
    },
  )
}

/** Calls `listener` whenever main tells something; returns what ends the subscription. */
export function subscribe<P extends Push>(push: P, listener: (value: PushValue<P>) => void): () => void {
  return window.layerloom.on[push]((value) => {
    const parsed = pushSchemas[push].safeParse(value)
    if (parsed.success) listener(parsed.data)
    else console.error(`Push ${push} does not match the contract: ${parsed.error.message}`)
  })
}
