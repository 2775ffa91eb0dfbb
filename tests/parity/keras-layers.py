"""Runs Keras layers on given inputs and weights and prints what comes out.

Standard input: { name: { class, arguments, inputs: [{ shape, data }], weights: [{ shape, data }], training } }.
Images come and go channels first; Keras gets them channels last, the layout it computes in on a CPU.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def array(tensor):
    return np.array(tensor["data"], dtype="float32").reshape(tensor["shape"])


def channels_last(x):
    return np.moveaxis(x, 1, -1) if x.ndim == 4 else x


def kernel(x):
    # [filters, channels, height, width] to [height, width, channels, filters]
    return np.transpose(x, (2, 3, 1, 0)) if x.ndim == 4 else x


def run(case):
    layer = getattr(keras.layers, case["class"])(**case["arguments"])
    inputs = [channels_last(array(tensor)) for tensor in case["inputs"]]
    given = inputs if len(inputs) > 1 else inputs[0]
    layer(given)
    if case["weights"]:
        layer.set_weights([kernel(array(tensor)) for tensor in case["weights"]])
    y = keras.ops.convert_to_numpy(layer(given, training=True) if case["training"] else layer(given))
    y = np.moveaxis(y, -1, 1) if y.ndim == 4 else y
    return {"shape": list(y.shape), "data": [float(value) for value in np.ravel(y)]}


json.dump({name: run(case) for name, case in json.load(sys.stdin).items()}, sys.stdout)
