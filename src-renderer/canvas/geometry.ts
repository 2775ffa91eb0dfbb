/** Sizes of the drawing, in document units (CSS pixels at zoom 1). The height is that of a card with all its lines. */
export const layerWidth = 208
export const layerHeight = 72
/** Room for the shape on the wire. */
export const gapBetweenLayers = 40
/** Where the flow runs to the right the shape needs its whole width. */
export const gapForShapes = 112
export const gapBetweenColumns = 56
/** Positions snap to this when dragged. */
export const gridSize = 8

/** How the whole drawing is shown: never enlarged much, and clear of the view's buttons below. */
export const fitOptions = {
  padding: { top: '24px', right: '24px', bottom: '60px', left: '24px' },
  maxZoom: 1.1,
} as const

/** As `fitOptions`, with room for the path above the inside of a block. */
export const fitBelowPath = { ...fitOptions, padding: { ...fitOptions.padding, top: '64px' } } as const
