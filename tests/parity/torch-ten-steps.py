"""Trains one layer at a time, between a scale per channel and a softmax head, and prints losses and weights.

Standard input: { steps, momentum, cases: { name: { class?, arguments?, python?, learningRate, inputs: [[{ shape,
data }]], masks, weights: [{ name, shape, data, trainable }], scales: [{ gamma, beta }], head: { kernel, bias }, noise:
[[{ shape, data }]] } } }. inputs are by batch, noise by step.
Standard output: { name: { losses, weights: { name: [number] } } or { error } }.

Everything runs in PyTorch, in double precision, with PyTorch's gradients: its own functions, Keras's layers on its PyTorch
backend, and NumPy's formulas translated (numpy_on_torch.py).
"""

import json
import os
import sys
import traceback

os.environ["KERAS_BACKEND"] = "torch"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import keras
import numpy as np
import torch
import torch.nn.functional as F
from numpy_on_torch import array, numpy_on_torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")
torch.Tensor.float = torch.Tensor.double


class OncePerCase:
    """keras.layers that builds each layer of an expression once, and hands out the same ones at every later step."""

    def __init__(self):
        self.layers = []
        self.next = 0

    def __getattr__(self, name):
        def make(*args, **options):
            if self.next == len(self.layers):
                self.layers.append(getattr(keras.layers, name)(*args, **options))
            layer = self.layers[self.next]
            self.next += 1
            if self.next <= len(self.layers) and layer.built:
                layer.build = lambda *shapes: None
            return layer

        return make


class KerasOps:
    def __getattr__(self, name):
        return array if name == "convert_to_numpy" else getattr(keras.ops, name)


class KerasFor:
    """The module as expressions see it."""

    def __init__(self):
        self.layers = OncePerCase()
        self.ops = KerasOps()
        self.activations = keras.activations


def tensor(given):
    return array(np.array(given["data"], dtype="float64").reshape(given["shape"]))


def per_channel(vector, x):
    """Channels are on axis 1 of images and volumes, on the last of all else; axis 0 is the batch."""
    return vector.reshape(-1, *[1] * (x.ndim - 2)) if x.ndim >= 4 else vector


def channels_last(x):
    return torch.movedim(x, 1, -1) if x.ndim >= 4 else x


def channels_first(y):
    return torch.movedim(y, -1, 1) if y.ndim >= 4 else y


def kernel(x, name):
    if x.ndim >= 4 or (x.ndim == 3 and "Conv" in name):
        return torch.movedim(x, (0, 1), (-1, -2))
    return x


class KerasTwin:
    """A Keras layer by class and arguments."""

    def __init__(self, case):
        self.case = case
        self.layer = getattr(keras.layers, case["class"])(**case["arguments"])

    def options(self, masks):
        given = [None if mask is None else mask > 0 for mask in masks]
        options = {"mask": given if len(given) > 1 else given[0]} if given else {}
        return {**options, "training": True} if self.layer._call_has_training_arg else options

    def build(self, x, weights, masks, noise):
        given = [channels_last(value.detach()) for value in x]
        self.layer(given if len(given) > 1 else given[0])

    def call(self, x, weights, masks, noise, scope):
        name = self.case["class"]
        flat = "Depthwise" in name or "Separable" in name
        for variable, (_, weight) in zip(self.layer.weights, weights.items()):
            value = kernel(weight, name)
            variable.assign(value.reshape(variable.shape) if flat else value)
        given = [channels_last(value) for value in x]
        y = self.layer(given if len(given) > 1 else given[0], **self.options(masks))
        held = [scope.get_current_value(variable) for variable in self.layer.weights]
        return channels_first(y), dict(zip(weights, held))


class Functions:
    """torch.nn.functional, but batches are normalized by their own statistics and the moving ones kept, as Keras does."""

    def __init__(self, weights, keep):
        self.names = {value.data_ptr(): name for name, value in weights.items()}
        self.keep = keep

    def __getattr__(self, name):
        return getattr(F, name)

    def batch_norm(self, x, mean, variance, gamma, beta, training=True, eps=1e-5):
        if mean is not None:
            axes = [axis for axis in range(x.ndim) if axis != 1]
            for held, now in ((mean, x.mean(axes)), (variance, x.var(axes, correction=0))):
                self.keep(self.names[held.data_ptr()], 0.99 * held + 0.01 * now)
        return F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)


class ExpressionTwin:
    """A Python expression, as in keras-layers.py. keep(name, value) says what an untrained weight becomes."""

    def __init__(self, case):
        self.code = compile(case["python"], "<case>", "eval")
        self.keras = KerasFor()

    def evaluate(self, x, weights, masks, noise):
        self.keras.layers.next = 0
        kept = {}

        def keep(name, value):
            kept[name] = value
            return value

        scope = {
            "x": x,
            "w": weights,
            "mask": masks,
            "noise": noise,
            "np": numpy_on_torch,
            "torch": torch,
            "F": Functions(weights, keep),
            "keep": keep,
            "keras": self.keras,
            "t": lambda value: array(value).as_subclass(torch.Tensor),
        }
        return eval(self.code, scope), kept

    def build(self, x, weights, masks, noise):
        self.evaluate([value.detach() for value in x], {n: w.detach() for n, w in weights.items()}, masks, noise)

    def call(self, x, weights, masks, noise, scope):
        y, kept = self.evaluate(x, weights, masks, noise)
        # What a layer keeps for itself is found by the value that the expression gave it.
        vectors = [
            variable
            for layer in self.keras.layers.layers
            for variable in layer.variables
            if variable.name.endswith("vector_u")
        ]
        return y, {**kept, **{"vectorU": scope.get_current_value(vector) for vector in vectors}}


def train(case, job):
    twin = KerasTwin(case) if case.get("class") else ExpressionTwin(case)
    batches = [[tensor(x) for x in batch] for batch in case["inputs"]]
    rows = batches[0][0].shape[0]
    masks = [None if mask is None else array(np.array(mask, "float64").reshape(rows, -1)) for mask in case["masks"]]
    weights = {w["name"]: tensor(w) for w in case["weights"]}
    trained = {w["name"] for w in case["weights"] if w["trainable"]}
    scales = [{name: tensor(value) for name, value in scale.items()} for scale in case["scales"]]
    head = {name: tensor(value) for name, value in case["head"].items()}
    parameters = {
        **{f"layer.{name}": weights[name] for name in trained},
        **{f"scale{i}.{name}": value for i, scale in enumerate(scales) for name, value in scale.items()},
        **{f"head.{name}": value for name, value in head.items()},
    }
    leaves = {name: value.as_subclass(torch.Tensor).clone().requires_grad_(True) for name, value in parameters.items()}
    velocity = {name: torch.zeros_like(value) for name, value in leaves.items()}
    losses = []
    reported = {}
    for step in range(job["steps"]):
        x = batches[step % len(batches)]
        noise = [tensor(n) for n in case["noise"][step]] if case["noise"] else []
        for index in range(len(scales)):
            gamma, beta = (leaves[f"scale{index}.{name}"] for name in ("gamma", "beta"))
            x = [*x[:index], array(x[index] * per_channel(gamma, x[index]) + per_channel(beta, x[index])), *x[index + 1 :]]
        held = {name: array(leaves[f"layer.{name}"]) if name in trained else value for name, value in weights.items()}
        if step == 0:
            twin.build(x, held, masks, noise)
        with keras.StatelessScope(collect_losses=True) as scope:
            y, after = twin.call(x, held, masks, noise, scope)
        y = y.reshape(rows, -1).to(torch.float64).as_subclass(torch.Tensor)
        labels = torch.tensor([(row + step % len(batches)) % 3 for row in range(rows)])
        loss = F.cross_entropy(y @ leaves["head.kernel"] + leaves["head.bias"], labels) + sum(scope.losses)
        gradients = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
        losses.append(loss.item())
        with torch.no_grad():
            for (name, leaf), gradient in zip(leaves.items(), gradients):
                if gradient is not None:
                    velocity[name] = job["momentum"] * velocity[name] - case["learningRate"] * gradient
                    leaf += velocity[name]
        for name, value in after.items():
            if name not in trained and value is not None:
                weights[name] = array(value.detach().reshape(weights[name].shape))
                reported[f"layer.{name}"] = weights[name]
    if not np.all(np.isfinite(losses)):
        raise ArithmeticError(f"the losses are {losses}")
    answer = {**leaves, **reported}
    return {"losses": losses, "weights": {name: value.detach().flatten().tolist() for name, value in answer.items()}}


def answer(case, job):
    try:
        return train(case, job)
    except Exception as error:
        place = traceback.format_exc().strip().splitlines()[-4:]
        return {"error": f"{type(error).__name__}: {error} {' | '.join(place)}"}


job = json.load(sys.stdin)
json.dump({name: answer(case, job) for name, case in job["cases"].items()}, sys.stdout)
