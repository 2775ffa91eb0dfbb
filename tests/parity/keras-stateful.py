"""Trains stateful recurrent layers over one sequence, shuffle=False, with states that begin at zero in every epoch.

Standard input: { batch, steps, features, learningRate, cases: { name: { layers: [{ class, arguments, weights: [{ shape, data }] }],
masked, x, y, epochs } } }. The last layer is Dense(1); the loss is the mean squared error. Prints for each case { losses,
weights, validation }: the loss of every batch, all weights at the end, and the loss of an evaluation from zero states.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def array(tensor):
    return np.array(tensor["data"], dtype="float32").reshape(tensor["shape"])


class Losses(keras.callbacks.Callback):
    """The loss of every batch by itself: Keras reports means since the epoch began."""

    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def reset(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_states()


def run(case, job):
    shape = (job["steps"], job["features"])
    inputs = keras.Input(batch_shape=(job["batch"], *shape))
    value = keras.layers.Masking()(inputs) if case["masked"] else inputs
    layers = [getattr(keras.layers, one["class"])(**one["arguments"]) for one in case["layers"]]
    for layer in layers:
        value = layer(value)
    model = keras.Model(inputs, value)
    for layer, one in zip(layers, case["layers"], strict=True):
        layer.set_weights([array(weight) for weight in one["weights"]])
    model.compile(optimizer=keras.optimizers.Adam(job["learningRate"]), loss="mse")
    x = np.array(case["x"], dtype="float32").reshape(-1, *shape)
    y = np.array(case["y"], dtype="float32").reshape(-1, 1)
    losses = Losses()
    for _ in range(case["epochs"]):
        reset(model)
        model.fit(x, y, batch_size=job["batch"], epochs=1, shuffle=False, verbose=0, callbacks=[losses])
    reset(model)
    validation = model.evaluate(x, y, batch_size=job["batch"], verbose=0)
    weights = [np.ravel(weight).tolist() for layer in layers for weight in layer.get_weights()]
    return {"losses": losses.losses, "weights": weights, "validation": float(validation)}


job = json.load(sys.stdin)
json.dump({name: run(case, job) for name, case in job["cases"].items()}, sys.stdout)
