// The worker that ELK lays out in: its script answers the messages of elk-api.js.
import 'elkjs/lib/elk-worker.min.js'
