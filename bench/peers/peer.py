"""What the peers of the bench share: the data they are given and the conversation with the bench."""

import json
import sys
import time

import numpy as np


def data_of(job):
    """Samples (float32, channels first) and class indices."""
    features = np.fromfile(job["features"], dtype="<f4").reshape([-1, *job["sampleShape"]])
    return features, np.fromfile(job["labels"], dtype="<i4")


def peak_kilobytes():
    """The most memory this process has held, from Linux; None elsewhere."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM"):
                    return int(line.split()[1])
    except OSError:
        pass
    return None


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve(name, prepare):
    """Reads one job, warms up, then takes one epoch for every line until standard input ends."""
    epoch = prepare(json.loads(sys.stdin.readline()))
    epoch()
    say({"ready": name})
    for _ in sys.stdin:
        started, busy = time.perf_counter(), time.process_time()
        steps, loss = epoch()
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
        say(
            {
                "millisecondsPerStep": 1000 * seconds / steps,
                "processorMilliseconds": 1000 * busy / steps,
                "loss": loss,
                "peakKilobytes": peak_kilobytes(),
            }
        )
