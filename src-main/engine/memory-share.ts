/** Share of the machine's memory that decoded columns may take unless a job says otherwise. */
export const memoryShare = 0.25
