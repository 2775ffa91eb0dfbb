"""Losses and metrics of sequences as Keras computes them: step by step, masks multiplied into the sample weights.

Standard input: { samples, steps, tokens, topK, cases: { name: { activation, loss, labelSmoothing, metrics, width, target,
masked, words, weights, sampleWeight, targets } } }; what a step says is activation(weights[word]). Prints for each case
{ loss, own, metrics, gradient }: the weighted mean over the steps that count, Keras's own reduction with the mask where no
sample weights make it mean something else, and the gradient with respect to the table.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import precision_score, r2_score, recall_score

L, M = keras.losses, keras.metrics

HEADS = {
    "softmax": tf.nn.softmax,
    "logSoftmax": tf.nn.log_softmax,
    "sigmoid": tf.sigmoid,
    "tanh": tf.tanh,
    "linear": lambda x: x,
}


def losses_of(case):
    """The loss class, whose call function takes means over the last axis only."""
    smoothing = case.get("labelSmoothing", 0.0)
    kind = case["loss"]
    if kind == "auto":
        number = case["target"]["kind"] == "number"
        kind = "meanSquaredError" if number else "binary" if case["width"] == 1 else "sparseCategoricalCrossentropy"
    return {
        "sparseCategoricalCrossentropy": lambda: L.CategoricalCrossentropy(label_smoothing=smoothing),
        "categoricalCrossentropy": lambda: L.CategoricalCrossentropy(label_smoothing=smoothing),
        "categoricalFocalCrossentropy": lambda: L.CategoricalFocalCrossentropy(),
        "klDivergence": lambda: L.KLDivergence(),
        "categoricalHinge": lambda: L.CategoricalHinge(),
        "dice": lambda: L.Dice(axis=(2,)),
        "binary": lambda: L.BinaryCrossentropy(),
        "binaryFocalCrossentropy": lambda: L.BinaryFocalCrossentropy(),
        "meanSquaredError": lambda: L.MeanSquaredError(),
        "huber": lambda: L.Huber(),
        "cosineSimilarity": lambda: L.CosineSimilarity(),
    }[kind]()


def stated(case, scores):
    """What Keras's losses and metrics take: probabilities where the head says them in another way."""
    says_classes = case["target"]["kind"] == "category" and case["loss"] != "categoricalHinge"
    if case["activation"] == "logSoftmax" or (case["activation"] == "linear" and says_classes):
        return tf.nn.softmax(scores)
    return HEADS[case["activation"]](scores)


def macro(score, targets, prediction, weights):
    right, said = targets.argmax(-1).reshape(-1), prediction.argmax(-1).reshape(-1)
    return score(right, said, average="macro", sample_weight=weights.reshape(-1), zero_division=0)


def each(metric, targets, prediction, weights):
    """A metric of single values: every unit of a step counts as the step does."""
    spread = np.broadcast_to(weights[:, :, None], targets.shape)
    metric.update_state(targets.reshape(-1), prediction.reshape(-1), spread.reshape(-1))
    return metric.result()


def each_step(metric, targets, prediction, weights):
    metric.update_state(targets, prediction, sample_weight=weights)
    return metric.result()


def rows(metric, targets, prediction, weights):
    width = targets.shape[-1]
    metric.update_state(targets.reshape(-1, width), prediction.reshape(-1, width), weights.reshape(-1))
    return np.mean(np.array(metric.result()))


def r_squared(targets, prediction, weights):
    width = targets.shape[-1]
    t, y = targets.reshape(-1, width).astype("float64"), prediction.reshape(-1, width).astype("float64")
    return r2_score(t, y, sample_weight=weights.reshape(-1).astype("float64"))


def measure(name, case, top_k, *data):
    one = case["width"] == 1
    accuracy = M.BinaryAccuracy() if one else M.CategoricalAccuracy()
    known = {
        "accuracy": lambda: each(accuracy, *data) if one else each_step(accuracy, *data),
        "sparseCategoricalAccuracy": lambda: each_step(M.CategoricalAccuracy(), *data),
        "topKAccuracy": lambda: rows(M.TopKCategoricalAccuracy(k=top_k), *data),
        "precision": lambda: each(M.Precision(), *data) if one else macro(precision_score, *data),
        "recall": lambda: each(M.Recall(), *data) if one else macro(recall_score, *data),
        "f1": lambda: rows(M.F1Score(average="micro", threshold=0.5) if one else M.F1Score(average="macro"), *data),
        "auc": lambda: each(M.AUC(), *data),
        "perplexity": lambda: np.exp(each_step(M.CategoricalCrossentropy(), *data)),
        "klDivergence": lambda: each_step(M.KLDivergence(), *data),
        "meanAbsoluteError": lambda: each_step(M.MeanAbsoluteError(), *data),
        "meanSquaredError": lambda: each_step(M.MeanSquaredError(), *data),
        "rootMeanSquaredError": lambda: each_step(M.RootMeanSquaredError(), *data),
        "r2": lambda: r_squared(*data),
        "cosineSimilarity": lambda: each_step(M.CosineSimilarity(), *data),
    }
    return float(known[name]())


def run(case, job):
    batch, steps, width = job["samples"], job["steps"], case["width"]
    words = np.array(case["words"], dtype="int32").reshape(batch, steps)
    table = tf.Variable(np.array(case["weights"], dtype="float32").reshape(job["tokens"], width))
    sample_weight = np.array(case["sampleWeight"], dtype="float32")
    mask = (words != 0) if case["masked"] else np.ones_like(words, dtype=bool)
    weights = mask.astype("float32") * sample_weight[:, None]
    targets = np.array(case["targets"])
    if case["target"]["kind"] == "category":
        indices = targets.reshape(batch, steps)
        targets = indices[:, :, None] if width == 1 else np.eye(width)[indices]
    targets = targets.reshape(batch, steps, width).astype("float32")
    loss = losses_of(case)
    with tf.GradientTape() as tape:
        prediction = stated(case, tf.gather(table, words))
        values = loss.call(tf.constant(targets), prediction)
        mean = tf.reduce_sum(values * weights) / tf.reduce_sum(weights)
    gradient = tf.convert_to_tensor(tape.gradient(mean, table))
    own = None
    if not case["weighted"]:
        masked = tf.identity(prediction)
        if case["masked"]:
            keras.src.backend.set_keras_mask(masked, tf.constant(mask))
        own = float(loss(tf.constant(targets), masked))
    metrics = {
        name: measure(name, case, job["topK"], targets, prediction.numpy(), weights) for name in case["metrics"]
    }
    return {
        "loss": float(mean),
        "own": own,
        "metrics": metrics,
        "gradient": [float(x) for x in tf.reshape(gradient, [-1])],
    }


def main():
    job = json.load(sys.stdin)
    json.dump({name: run(case, job) for name, case in job["cases"].items()}, sys.stdout)


main()
