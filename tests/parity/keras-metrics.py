"""Weighted metrics over batches as Keras computes them.

scikit-learn computes macro averages of precision and recall, IoU (Keras counts samples in whole numbers, so that weights
are lost) and R² (Keras sums squares of large numbers in single precision), each from all samples at once.

Standard input: { topK, batchSize, cases: { name: { activation, loss, metrics, target, scores, targets, sampleWeight } } }.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
from scipy.special import expit, log_softmax
from sklearn.metrics import jaccard_score, precision_score, r2_score, recall_score

M = keras.metrics


class OfAllUnits:
    """A metric of single values: every unit of a sample counts with the sample's weight."""

    def __init__(self, metric):
        self.metric = metric

    def update_state(self, targets, prediction, sample_weight):
        weights = np.broadcast_to(sample_weight[:, None], targets.shape)
        self.metric.update_state(targets.reshape(-1), prediction.reshape(-1), weights.reshape(-1))

    def result(self):
        return self.metric.result()


class Everything:
    """Computes a function of all samples at the end."""

    def __init__(self, function):
        self.function = function
        self.parts = []

    def update_state(self, targets, prediction, sample_weight):
        self.parts.append((targets, prediction, sample_weight))

    def result(self):
        return self.function(*(np.concatenate(values) for values in zip(*self.parts)))


def macro(score):
    return Everything(
        lambda t, y, w: score(t.argmax(1), y.argmax(1), average="macro", sample_weight=w, zero_division=0)
    )


def iou(average):
    def of_units(targets, prediction, weights):
        spread = np.broadcast_to(weights[:, None], targets.shape)
        yes = (targets > 0.5).reshape(-1), (prediction > 0.5).reshape(-1)
        return jaccard_score(*yes, average=average, sample_weight=spread.reshape(-1))

    return Everything(of_units)


def exp_of(metric):
    result = metric.result
    metric.result = lambda: np.exp(result())
    return metric


def exclusive_metrics(top_k):
    return {
        "accuracy": lambda: M.CategoricalAccuracy(),
        "categoricalAccuracy": lambda: M.CategoricalAccuracy(),
        "sparseCategoricalAccuracy": lambda: M.CategoricalAccuracy(),
        "topKAccuracy": lambda: M.TopKCategoricalAccuracy(k=top_k),
        "precision": lambda: macro(precision_score),
        "recall": lambda: macro(recall_score),
        "f1": lambda: M.F1Score(average="macro"),
        "auc": lambda: OfAllUnits(M.AUC()),
        "prAuc": lambda: OfAllUnits(M.AUC(curve="PR")),
        "meanIou": lambda: macro(jaccard_score),
        "perplexity": lambda: exp_of(M.CategoricalCrossentropy(dtype="float64")),
        "klDivergence": lambda: M.KLDivergence(),
    }


def unit_metrics(threshold):
    return {
        "accuracy": lambda: OfAllUnits(M.BinaryAccuracy(threshold=threshold)),
        "binaryAccuracy": lambda: OfAllUnits(M.BinaryAccuracy(threshold=threshold)),
        "precision": lambda: OfAllUnits(M.Precision(thresholds=0.5)),
        "recall": lambda: OfAllUnits(M.Recall(thresholds=0.5)),
        "f1": lambda: M.F1Score(average="micro", threshold=0.5),
        "auc": lambda: OfAllUnits(M.AUC()),
        "prAuc": lambda: OfAllUnits(M.AUC(curve="PR")),
        "iou": lambda: iou("binary"),
        "meanIou": lambda: iou("macro"),
    }


NUMBERS = {
    "meanAbsoluteError": lambda: M.MeanAbsoluteError(),
    "meanSquaredError": lambda: M.MeanSquaredError(),
    "rootMeanSquaredError": lambda: M.RootMeanSquaredError(),
    "meanAbsolutePercentageError": lambda: M.MeanAbsolutePercentageError(),
    "r2": lambda: Everything(
        lambda t, y, w: r2_score(t.astype("float64"), y.astype("float64"), sample_weight=w.astype("float64"))
    ),
    "cosineSimilarity": lambda: M.CosineSimilarity(),
}


def predicted(case, scores):
    exclusive = case["target"]["kind"] == "category" and scores.shape[1] > 1
    if exclusive:
        return np.exp(log_softmax(scores, axis=1)), exclusive
    if case["loss"] == "hinge":
        # Keras's metrics take probabilities: any that lie on the same side of one half.
        return (scores > 0).astype("float64"), exclusive
    if case["activation"] == "sigmoid" or case["loss"] in ("binaryFocalCrossentropy", "dice"):
        return expit(scores), exclusive
    return scores, exclusive


def run(case, top_k, batch_size):
    scores = np.array(case["scores"], dtype="float32").astype("float64")
    targets = np.array(case["targets"])
    weights = np.array(case["sampleWeight"], dtype="float32")
    prediction, exclusive = predicted(case, scores)
    if targets.ndim == 1:
        targets = np.eye(scores.shape[1])[targets] if exclusive else targets[:, None]
    known = {**NUMBERS, **(exclusive_metrics(top_k) if exclusive else unit_metrics(0.5))}
    prediction = prediction.astype("float32")
    targets = targets.astype("float32")
    results = {}
    for name in case["metrics"]:
        metric = known[name]()
        for at in range(0, len(scores), batch_size):
            part = slice(at, at + batch_size)
            # Saturated probabilities have ties that scores have not.
            stated = scores.astype("float32") if name == "topKAccuracy" else prediction
            metric.update_state(targets[part], stated[part], sample_weight=weights[part])
        results[name] = float(np.mean(np.array(metric.result())))
    return results


def main():
    job = json.load(sys.stdin)
    json.dump(
        {name: run(case, job["topK"], job["batchSize"]) for name, case in job["cases"].items()}, sys.stdout
    )


main()
