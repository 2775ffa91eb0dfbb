import type { ReportedLoss } from '../../layers/define-layer.ts'

/** What is reported besides, where a model's layers report losses of their own: the loss of its outputs alone. */
export const outputsLoss = 'reconstructionLoss'

/** How people read them. */
export const reportedLossTitles: Readonly<Record<ReportedLoss | typeof outputsLoss, string>> = {
  [outputsLoss]: 'Reconstruction loss',
  klLoss: 'KL loss',
}

export function isReportedLoss(name: string): name is keyof typeof reportedLossTitles {
  return Object.hasOwn(reportedLossTitles, name)
}
