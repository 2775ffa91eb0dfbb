import { useEffect, useState } from 'react'
import type { ChannelInput, ChannelValue, Pictures } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { notify, notifyProblems } from '../../ui/toast-store.ts'

type PictureRequest = ChannelInput<'pictures.make'>

/** Which pictures a run can make; null until it is known, or where the run is not `ready`. */
export function usePictureKinds(runId: number, ready: boolean): ChannelValue<'pictures.kinds'> | null {
  const [kinds, setKinds] = useState<ChannelValue<'pictures.kinds'> | null>(null)
  useEffect(() => {
    if (!ready) return setKinds(null)
    let current = true
    void call('pictures.kinds', { runId }).then((answer) => {
      if (current && answer.ok) setKinds(answer.value)
    })
    return () => {
      current = false
    }
  }, [runId, ready])
  return kinds
}

/** The pictures of a request; while others are made, those before stay. */
export function usePictures({ runId, kind, count, columns, seed }: PictureRequest) {
  const [made, setMade] = useState<{ readonly pictures: Pictures | null; readonly busy: boolean }>({
    pictures: null,
    busy: true,
  })
  useEffect(() => {
    let current = true
    setMade(({ pictures }) => ({ pictures, busy: true }))
    void call('pictures.make', { runId, kind, count, columns, seed }).then((answer) => {
      if (!current) return
      if (answer.ok) return setMade({ pictures: answer.value, busy: false })
      setMade(({ pictures }) => ({ pictures, busy: false }))
      notifyProblems(answer.problems)
    })
    return () => {
      current = false
    }
  }, [runId, kind, count, columns, seed])
  return made
}

/** Asks for a file and writes the pictures of a request to it. */
export async function savePictures(request: PictureRequest): Promise<void> {
  const answer = await call('pictures.save', request)
  if (!answer.ok) return notifyProblems(answer.problems)
  if (answer.value) notify({ tone: 'success', title: t('Pictures saved'), detail: answer.value.filePath })
}
