"""keras.losses.CTC of every sample, its gradient, and the labels that keras.ops.ctc_decode reads.

Standard input: that of torch-ctc.py. Where samples have lengths of their own, keras.ops.ctc_loss is given them, which
keras.losses.CTC has no argument for. Cases of given probabilities are left out: Keras takes raw scores only. Samples whose
labels no path gives are null: TensorFlow says 709 for them, and has a gradient that means nothing.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf


def is_possible(labels, steps):
    labels = [k for k in labels if k != 0]
    return len(labels) + sum(a == b for a, b in zip(labels, labels[1:])) <= steps


def run(case):
    scores = tf.constant(np.array(case["scores"], "float32").reshape(case["batch"], case["steps"], case["classes"]))
    targets = np.array(case["targets"], "int32").reshape(case["batch"], case["width"])
    weights = tf.constant(np.array(case["sampleWeight"], "float32"))
    lengths = np.array(case["lengths"], "int32")
    with tf.GradientTape() as tape:
        tape.watch(scores)
        if all(lengths == case["steps"]):
            losses = keras.losses.ctc(targets, scores)
        else:
            losses = keras.ops.ctc_loss(targets, scores, (targets != 0).sum(axis=1).astype("int32"), lengths, mask_index=0)
        mean = tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)
    (decoded,), _ = keras.ops.ctc_decode(scores, lengths, strategy="greedy", merge_repeated=True, mask_index=0)
    known = [is_possible(row, length) for row, length in zip(targets, lengths)]
    slopes = np.array(tape.gradient(mean, scores)).reshape(case["batch"], -1)
    return {
        "losses": [float(x) if own else None for x, own in zip(losses, known)],
        "gradient": [row.tolist() if own else None for row, own in zip(slopes, known)],
        "read": [[int(k) for k in row if k > 0] for row in np.array(decoded)],
    }


job = json.load(sys.stdin)
fits = {name: case for name, case in job["cases"].items() if case["head"] != "none" or case["fromScores"]}
json.dump({name: run(case) for name, case in fits.items()}, sys.stdout)
