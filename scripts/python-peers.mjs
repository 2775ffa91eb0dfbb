// Makes the Python environment of the parity tests, even if that failed a short while ago.
import { ensurePythonPeers } from './lib/python-peers.mjs'

process.exitCode = (await ensurePythonPeers({ again: true })) ? 0 : 1
