// An engine process that goes down with its driver.
process.on('message', () => process.kill(process.pid, 'SIGSEGV'))
