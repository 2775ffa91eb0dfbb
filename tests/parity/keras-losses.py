"""Loss of every sample, metric of every sample, and the gradient of the weighted mean loss, as Keras computes them.

Standard input: { cases: { name: { loss, head, scores, targets, sampleWeight, parameters, fromScores, saturated } } }.
`head` is applied to the scores first; "none" hands them to the loss as they are: probabilities, numbers, or raw scores
where `fromScores`. Where `saturated`, Keras would clip probabilities: the formulas of EXACT are computed from the scores
in double precision instead. With `training` ({ name: { kernel, bias, steps, learningRate, momentum } }) a Dense layer between
scores and head is trained instead, and losses and weights after the last step are printed. Losses of embeddings, which Keras does not have, are the papers' formulas.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

PER_SAMPLE = (1,)


def focal(p):
    return {"alpha": p.get("focalAlpha", 0.25), "gamma": p.get("focalGamma", 2.0)}


def smoothing(p):
    return {"label_smoothing": p.get("labelSmoothing", 0.0)}


losses = keras.losses
LOSSES = {
    "categoricalCrossentropy": lambda t, y, p: losses.categorical_crossentropy(t, y, **smoothing(p)),
    "binaryCrossentropy": lambda t, y, p: losses.binary_crossentropy(t, y, **smoothing(p)),
    "binaryFocalCrossentropy": lambda t, y, p: losses.binary_focal_crossentropy(
        t, y, apply_class_balancing=p.get("classBalancing", False), **focal(p), **smoothing(p)
    ),
    "categoricalFocalCrossentropy": lambda t, y, p: losses.categorical_focal_crossentropy(
        t, y, **focal(p), **smoothing(p)
    ),
    "klDivergence": lambda t, y, p: losses.kl_divergence(t, y),
    "poisson": lambda t, y, p: losses.poisson(t, y),
    "meanSquaredError": lambda t, y, p: losses.mean_squared_error(t, y),
    "meanAbsoluteError": lambda t, y, p: losses.mean_absolute_error(t, y),
    "meanAbsolutePercentageError": lambda t, y, p: losses.mean_absolute_percentage_error(t, y),
    "meanSquaredLogarithmicError": lambda t, y, p: losses.mean_squared_logarithmic_error(t, y),
    "huber": lambda t, y, p: losses.huber(t, y, delta=p.get("delta", 1.0)),
    "logCosh": lambda t, y, p: losses.log_cosh(t, y),
    "cosineSimilarity": lambda t, y, p: losses.cosine_similarity(t, y),
    "hinge": lambda t, y, p: losses.hinge(t, y),
    "squaredHinge": lambda t, y, p: losses.squared_hinge(t, y),
    "categoricalHinge": lambda t, y, p: losses.categorical_hinge(t, y),
    "dice": lambda t, y, p: losses.dice(t, y, axis=PER_SAMPLE),
    "tversky": lambda t, y, p: losses.tversky(
        t, y, alpha=p.get("tverskyAlpha", 0.5), beta=p.get("tverskyBeta", 0.5), axis=PER_SAMPLE
    ),
}


def exact_crossentropy(t, s, p):
    epsilon = p.get("labelSmoothing", 0.0)
    smooth = t * (1 - epsilon) + epsilon / t.shape[-1]
    return -tf.reduce_sum(smooth * tf.nn.log_softmax(s), axis=-1)


def exact_categorical_focal(t, s, p):
    alpha, gamma = focal(p).values()
    logs = tf.nn.log_softmax(s)
    # log(1 - p) of a class is the log of the sum of the others.
    others = [
        tf.reduce_logsumexp(tf.concat([logs[:, :i], logs[:, i + 1 :]], axis=1), axis=1)
        for i in range(s.shape[-1])
    ]
    return -tf.reduce_sum(alpha * tf.exp(gamma * tf.stack(others, axis=1)) * t * logs, axis=-1)


def exact_binary_focal(t, s, p):
    _, gamma = focal(p).values()
    wrong = tf.where(t > 0.5, -s, s)
    return tf.reduce_mean(tf.exp(-gamma * tf.nn.softplus(-wrong)) * tf.nn.softplus(wrong), axis=-1)


def unit_length(points):
    return points / tf.norm(points, axis=1, keepdims=True)


def supervised_contrastive(labels, points, p):
    """Sample by sample, as equation 2 of Khosla et al. 2020 reads."""
    z = unit_length(points)
    similar = tf.matmul(z, z, transpose_b=True) / p.get("temperature", 0.1)
    values = []
    for i, label in enumerate(labels):
        others = [j for j in range(len(labels)) if j != i]
        same = [j for j in others if labels[j] == label]
        total = tf.reduce_logsumexp(tf.stack([similar[i, j] for j in others]))
        terms = [total - similar[i, j] for j in same]
        values.append(tf.add_n(terms) / len(terms) if terms else tf.constant(0.0, points.dtype))
    return tf.stack(values)


def triplet_semi_hard(labels, points, p):
    """Pair by pair, as section 3.2 of Schroff et al. 2015 reads."""
    z = unit_length(points)
    distance = tf.reduce_sum((z[:, None, :] - z[None, :, :]) ** 2, axis=2)
    known = distance.numpy()
    values = []
    for i, label in enumerate(labels):
        same = [j for j in range(len(labels)) if j != i and labels[j] == label]
        different = [j for j in range(len(labels)) if labels[j] != label]
        terms = []
        for j in same if different else []:
            further = [n for n in different if known[i, n] > known[i, j]]
            chosen = min(further, key=lambda n: known[i, n]) if further else max(different, key=lambda n: known[i, n])
            terms.append(tf.maximum(distance[i, j] - distance[i, chosen] + p.get("margin", 0.2), 0))
        values.append(tf.add_n(terms) / len(terms) if terms else tf.constant(0.0, points.dtype))
    return tf.stack(values)


EMBEDDINGS = {"supervisedContrastive": supervised_contrastive, "tripletSemiHard": triplet_semi_hard}

EXACT = {
    "categoricalCrossentropy": exact_crossentropy,
    "sparseCategoricalCrossentropy": exact_crossentropy,
    "categoricalFocalCrossentropy": exact_categorical_focal,
    "klDivergence": lambda t, s, p: tf.reduce_sum(t * (tf.math.log(t) - tf.nn.log_softmax(s)), axis=-1),
    "binaryCrossentropy": lambda t, s, p: tf.reduce_mean(tf.nn.softplus(s) - s * t, axis=-1),
    "binaryFocalCrossentropy": exact_binary_focal,
    "dice": lambda t, s, p: LOSSES["dice"](t, tf.sigmoid(s), p),
}

HEADS = {
    "Softmax": keras.activations.softmax,
    "Sigmoid": keras.activations.sigmoid,
    "Softplus": keras.activations.softplus,
    "none": lambda x: x,
}


def activation_of_scores(case):
    """What turns raw scores into the probabilities that a loss compares."""
    exclusive = case["loss"].startswith(("categorical", "sparse", "kl"))
    by_class = case["loss"] in ("dice", "tversky") and not isinstance(case["targets"][0], list)
    return HEADS["Softmax" if exclusive or by_class else "Sigmoid"]


CLASSES = (
    "categoricalCrossentropy",
    "sparseCategoricalCrossentropy",
    "categoricalFocalCrossentropy",
    "klDivergence",
    "categoricalHinge",
)
UNITS = ("binaryCrossentropy", "binaryFocalCrossentropy", "hinge", "squaredHinge", "dice", "tversky")


def metric(case, targets, prediction):
    by_class = not isinstance(case["targets"][0], list)
    if case["loss"] in CLASSES or by_class:
        return keras.metrics.categorical_accuracy(targets, prediction)
    if case["loss"] in UNITS:
        # Unit by unit; the metric class averages it. Hinge losses decide by the sign.
        threshold = 0.0 if "inge" in case["loss"] else 0.5
        positive = tf.cast(targets > 0.5, "float32")
        return tf.reduce_mean(keras.metrics.binary_accuracy(positive, prediction, threshold=threshold), axis=-1)
    return keras.metrics.mean_absolute_error(targets, prediction)


def loss_of(case, scores, targets):
    """The loss of every sample, and the prediction behind it."""
    parameters = case.get("parameters", {})
    if case["loss"] in EMBEDDINGS:
        return EMBEDDINGS[case["loss"]](case["targets"], scores, parameters), scores
    head = activation_of_scores(case) if case.get("fromScores") else HEADS[case["head"]]
    prediction = head(scores)
    if case.get("saturated"):
        return EXACT[case["loss"]](targets, scores, parameters), prediction
    if case["loss"] == "sparseCategoricalCrossentropy":
        smooth = parameters.get("labelSmoothing", 0.0)
        if smooth == 0.0:
            return keras.losses.sparse_categorical_crossentropy(np.array(case["targets"]), prediction), prediction
        return keras.losses.categorical_crossentropy(targets, prediction, label_smoothing=smooth), prediction
    return LOSSES[case["loss"]](targets, prediction, parameters), prediction


def tensors_of(case):
    """Scores, targets and sample weights."""
    embedding = case["loss"] in EMBEDDINGS
    dtype = "float64" if case.get("saturated") or embedding else "float32"
    targets = np.array(case["targets"])
    if targets.ndim == 1 and not embedding:
        targets = np.eye(len(case["scores"][0]))[targets]
    return [tf.constant(np.array(values, dtype=dtype)) for values in (case["scores"], targets, case["sampleWeight"])]


def weighted_mean(values, weights):
    return tf.reduce_sum(tf.cast(values, weights.dtype) * weights) / tf.reduce_sum(weights)


def train(case, training):
    """SGD with momentum on kernel and bias of a Dense layer, whose inputs are the case's scores."""
    features, targets, weights = tensors_of(case)
    size = features.shape[1]
    kernel, bias = (
        tf.Variable(np.array(training[name], dtype=features.dtype.as_numpy_dtype).reshape(shape))
        for name, shape in (("kernel", (size, size)), ("bias", (size,)))
    )
    velocities = [tf.zeros_like(kernel), tf.zeros_like(bias)]
    losses = []
    for _ in range(training["steps"]):
        with tf.GradientTape() as tape:
            mean = weighted_mean(loss_of(case, features @ kernel + bias, targets)[0], weights)
        losses.append(float(mean))
        gradients = tape.gradient(mean, [kernel, bias], unconnected_gradients="zero")
        for index, (variable, gradient) in enumerate(zip((kernel, bias), gradients)):
            velocities[index] = training["momentum"] * velocities[index] - training["learningRate"] * gradient
            variable.assign_add(velocities[index])
    return {"losses": losses, "weights": {n: np.ravel(v).tolist() for n, v in (("kernel", kernel), ("bias", bias))}}


def run(case):
    embedding = case["loss"] in EMBEDDINGS
    scores, targets, weights = tensors_of(case)
    with tf.GradientTape() as tape:
        tape.watch(scores)
        values, prediction = loss_of(case, scores, targets)
        mean = weighted_mean(values, weights)
    return {
        "losses": [float(x) for x in values],
        "metrics": [] if embedding else [float(x) for x in metric(case, targets, prediction)],
        "gradient": [float(x) for x in tf.reshape(tape.gradient(mean, scores, unconnected_gradients="zero"), [-1])],
    }


def main():
    job = json.load(sys.stdin)
    training = job.get("training")
    answers = {name: train(case, training[name]) if training else run(case) for name, case in job["cases"].items()}
    json.dump(answers, sys.stdout)


main()
