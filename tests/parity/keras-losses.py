"""Loss of every sample, metric of every sample, and the gradient of the weighted mean loss, as Keras computes them.

Standard input: { cases: { name: { loss, head, scores, targets, sampleWeight } } }. `head` is applied to the scores first;
"none" hands them to the loss as probabilities (or as numbers).
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

LOSSES = {
    "categoricalCrossentropy": keras.losses.categorical_crossentropy,
    "sparseCategoricalCrossentropy": keras.losses.sparse_categorical_crossentropy,
    "binaryCrossentropy": keras.losses.binary_crossentropy,
    "meanSquaredError": keras.losses.mean_squared_error,
    "meanAbsoluteError": keras.losses.mean_absolute_error,
}
HEADS = {
    "Softmax": keras.activations.softmax,
    "Sigmoid": keras.activations.sigmoid,
    "none": lambda x: x,
}


def metric(case, targets, prediction):
    if case["loss"] == "sparseCategoricalCrossentropy":
        return keras.metrics.sparse_categorical_accuracy(targets, prediction)
    if case["loss"] == "categoricalCrossentropy":
        return keras.metrics.categorical_accuracy(targets, prediction)
    if case["loss"] == "binaryCrossentropy":
        # Unit by unit; the metric class averages it.
        return tf.reduce_mean(keras.metrics.binary_accuracy(targets, prediction), axis=-1)
    return keras.metrics.mean_absolute_error(targets, prediction)


def run(case):
    scores = tf.constant(np.array(case["scores"], dtype="float32"))
    targets = tf.constant(np.array(case["targets"], dtype="float32"))
    weights = tf.constant(np.array(case["sampleWeight"], dtype="float32"))
    with tf.GradientTape() as tape:
        tape.watch(scores)
        prediction = HEADS[case["head"]](scores)
        losses = LOSSES[case["loss"]](targets, prediction)
        mean = tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)
    return {
        "losses": [float(x) for x in losses],
        "metrics": [float(x) for x in metric(case, targets, prediction)],
        "gradient": [float(x) for x in tf.reshape(tape.gradient(mean, scores), [-1])],
    }


def main():
    job = json.load(sys.stdin)
    json.dump({name: run(case) for name, case in job["cases"].items()}, sys.stdout)


main()
