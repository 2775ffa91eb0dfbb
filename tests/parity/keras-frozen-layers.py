"""Trains a small Keras model with a frozen batch normalisation and prints its weights after some steps of SGD.

Standard input: { weights: { name: values }, batches: [{ x, y }], features, learningRate }. Standard output: { losses: [...], weights: { name: values } }.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def main():
    job = json.load(sys.stdin)
    features = job["features"]
    hidden, norm, head = (
        keras.layers.Dense(5, name="hidden"),
        keras.layers.BatchNormalization(name="norm"),
        keras.layers.Dense(3, activation="softmax", name="head"),
    )
    model = keras.Sequential([keras.Input((features,)), hidden, norm, head])
    names = {
        "hidden.kernel": hidden.kernel,
        "hidden.bias": hidden.bias,
        "norm.gamma": norm.gamma,
        "norm.beta": norm.beta,
        "norm.movingMean": norm.moving_mean,
        "norm.movingVariance": norm.moving_variance,
        "head.kernel": head.kernel,
        "head.bias": head.bias,
    }
    for name, variable in names.items():
        variable.assign(np.array(job["weights"][name], dtype="float32").reshape(variable.shape))
    norm.trainable = False
    model.compile(
        optimizer=keras.optimizers.SGD(job["learningRate"]), loss="sparse_categorical_crossentropy"
    )
    losses = []
    for batch in job["batches"]:
        x = np.array(batch["x"], dtype="float32").reshape(-1, features)
        losses.append(float(model.train_on_batch(x, np.array(batch["y"], dtype="int32"))))
    values = {name: [float(v) for v in np.asarray(variable).ravel()] for name, variable in names.items()}
    json.dump({"losses": losses, "weights": values}, sys.stdout)


main()
