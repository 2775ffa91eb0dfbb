"""Runs Keras layers and Python expressions on given inputs and weights and prints what comes out.

Standard input: { name: { class, arguments } or { python } with inputs: [{ shape, data }], weights: [{ name, shape, data }],
masks: [[number]], noise: [{ shape, data }], training }.
Images and volumes come and go channels first; Keras gets them channels last, the layout it computes in on a CPU.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import torch
import torch.nn.functional as F


def array(tensor):
    return np.array(tensor["data"], dtype="float32").reshape(tensor["shape"])


def channels_last(x):
    return np.moveaxis(x, 1, -1) if x.ndim >= 4 else x


def channels_first(y):
    return np.moveaxis(y, -1, 1) if y.ndim >= 4 else y


def kernel(x, name):
    """[filters, channels, ...window] to [...window, channels, filters]; other weights are laid out alike."""
    if x.ndim >= 4 or (x.ndim == 3 and "Conv" in name):
        return np.moveaxis(x, (0, 1), (-1, -2))
    return x


def weights_of(case, layer):
    """Our weights in Keras's order of axes; depthwise kernels have channels and their filters on one axis here."""
    ours = [kernel(array(tensor), case["class"]) for tensor in case["weights"]]
    if "Depthwise" in case["class"] or "Separable" in case["class"]:
        return [weight.reshape(theirs.shape) for weight, theirs in zip(ours, layer.weights, strict=True)]
    return ours


def masks_of(case):
    """One mask, [batch, steps], for every input that has one."""
    if not case["inputs"]:
        return []
    batch = case["inputs"][0]["shape"][0]
    return [None if mask is None else np.array(mask, "float32").reshape(batch, -1) for mask in case["masks"]]


def run_keras(case):
    layer = getattr(keras.layers, case["class"])(**case["arguments"])
    inputs = [channels_last(array(tensor)) for tensor in case["inputs"]]
    given = inputs if len(inputs) > 1 else inputs[0]
    masks = [None if mask is None else mask > 0 for mask in masks_of(case)]
    options = {"mask": masks if len(masks) > 1 else masks[0]} if masks else {}
    layer(given)
    if case["weights"]:
        layer.set_weights(weights_of(case, layer))
    if case["training"]:
        options["training"] = True
    return channels_first(keras.ops.convert_to_numpy(layer(given, **options)))


def run_expression(case):
    scope = {
        "x": [array(tensor) for tensor in case["inputs"]],
        "w": {tensor["name"]: array(tensor) for tensor in case["weights"]},
        "mask": masks_of(case),
        "noise": [array(tensor) for tensor in case["noise"]],
        "np": np,
        "torch": torch,
        "F": F,
        "keras": keras,
        "t": lambda value: torch.tensor(value),
    }
    y = eval(case["python"], scope)
    if isinstance(y, torch.Tensor):
        y = y.detach().numpy()
    return np.asarray(keras.ops.convert_to_numpy(y))


def run(case):
    y = run_expression(case) if case["python"] else run_keras(case)
    return {"shape": list(y.shape), "data": [float(value) for value in np.ravel(y)]}


def answer(name, case):
    try:
        return run(case)
    except Exception as error:
        raise RuntimeError(f"the case {name!r} fails: {error}") from error


json.dump({name: answer(name, case) for name, case in json.load(sys.stdin).items()}, sys.stdout)
