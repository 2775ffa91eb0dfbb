import { create } from 'zustand'
import type { CompiledModel } from '../../src-core/compile/compile-model.ts'
import { compileDocument } from './compile-document.ts'
import { type CompileView, emptyCompileView } from './compile-view.ts'
import { useDatasets } from './dataset-store.ts'
import { useProject } from './project-store.ts'

/** What the compiler says about the open document, at every moment: shapes, sizes, problems. */
export const useCompile = create<CompileView>()(() => emptyCompileView)

/** The compiler's own answer for the open document, for exporters. */
export function useCompiled(): CompiledModel | undefined {
  return useCompile((state) => state.compiled)
}

/** Compiles after every change of the document and of the workspace's datasets; returns what ends it. */
export function startCompiling(): () => void {
  const compile = () => {
    const { document, drawing, entered } = useProject.getState()
    const { datasets, importing } = useDatasets.getState()
    const before = useCompile.getState()
    // Of a dataset that is on its way nothing is known yet.
    const known = importing !== null && importing === document?.dataset?.name ? null : datasets
    const shown = drawing ? { drawing, entered } : undefined
    useCompile.setState(document ? compileDocument(document, known, before, shown) : emptyCompileView)
  }
  compile()
  const stops = [
    useProject.subscribe((state, before) => {
      if (state.document !== before.document || state.drawing !== before.drawing) compile()
    }),
    useDatasets.subscribe((state, before) => {
      if (state.datasets !== before.datasets || state.importing !== before.importing) compile()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
