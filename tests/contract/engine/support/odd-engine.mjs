// An engine process that behaves as ODD_ENGINE says, once it gets its job.
const behaviours = {
  babble: () => process.send({ type: 'nonsense', value: 1 }),
  exit: () => process.exit(3),
  deaf: () => process.send({ type: 'event', event: { type: 'log', level: 'info', message: 'here' } }),
  complain: () => {
    console.error('the reason')
    process.exit(4)
  },
}

process.on('message', ({ type }) => {
  if (type === 'job') behaviours[process.env.ODD_ENGINE]()
})
process.on('disconnect', () => process.exit(0))
