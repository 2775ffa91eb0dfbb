/** Tabs that have a key of their own; the next number is for the last one. */
export const tabNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const
export type TabNumber = (typeof tabNumbers)[number]
