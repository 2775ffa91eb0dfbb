"""Keras's side of the bench: model.fit on arrays, as in its tutorials. Talks in lines of JSON, see bench/contender.ts."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

from peer import data_of, serve


def layer_of(layer):
    kind, p = layer["kind"], layer["parameters"]
    if kind == "input":
        shape = p["shape"]
        # Channels last: TensorFlow's CPU kernels know no other order.
        return keras.Input([*shape[1:], shape[0]] if len(shape) == 3 else shape)
    activation = {"logSoftmax": "softmax"}.get(p.get("activation"), p.get("activation"))
    if kind == "dense":
        return keras.layers.Dense(p["units"], activation=activation)
    if kind == "conv2d":
        return keras.layers.Conv2D(p["filters"], p["kernelSize"], activation=activation)
    if kind == "maxPooling2d":
        return keras.layers.MaxPooling2D(p["poolSize"], p["strides"])
    if kind == "flatten":
        return keras.layers.Flatten()
    if kind == "dropout":
        return keras.layers.Dropout(p["rate"]) if p["rate"] > 0 else None
    if kind == "output":
        return None
    raise ValueError(kind)


def prepare(job):
    keras.utils.set_random_seed(1)
    x, y = data_of(job)
    if x.ndim == 4:
        x = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    model = keras.Sequential([part for part in map(layer_of, job["layers"]) if part is not None])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy")
    size = job["batchSize"]
    steps = len(x) // size
    x, y = x[: steps * size], y[: steps * size]

    def epoch():
        history = model.fit(x, y, batch_size=size, epochs=1, shuffle=True, verbose=0)
        return steps, history.history["loss"][0]

    return epoch


serve(f"Keras {keras.__version__} fit (TensorFlow {tf.__version__})", prepare)
