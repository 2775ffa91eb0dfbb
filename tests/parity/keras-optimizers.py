"""Applies Keras's optimizers to given gradients and prints the weights after every step.

Standard input: { weights: [{ name, shape, values }], gradients: [{ name: [...] }],
optimizers: { name: { class, arguments, exclude?, constraints?: { weight: { class, arguments } } } } }. Kernels of
convolutions come as [filters, channels, height, width] and are turned into Keras's [height, width, channels, filters],
because some optimizers and constraints look at axes.
Standard output: { name: { steps: [{ name: [...] }], averages?: { name: [...] } } }.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def to_keras(values, shape):
    array = np.array(values, dtype="float32").reshape(shape)
    return array.transpose(2, 3, 1, 0) if len(shape) == 4 else array


def from_keras(variable, shape):
    array = np.asarray(keras.ops.convert_to_numpy(variable))
    array = array.transpose(3, 2, 0, 1) if len(shape) == 4 else array
    return [float(x) for x in array.ravel()]


def run(spec, weights, gradients):
    optimizer = getattr(keras.optimizers, spec["class"])(**spec["arguments"])
    variables = [
        keras.Variable(to_keras(w["values"], w["shape"]), name=w["name"].replace(".", "_")) for w in weights
    ]
    for variable, weight in zip(variables, weights):
        constraint = spec.get("constraints", {}).get(weight["name"])
        if constraint:
            variable.constraint = getattr(keras.constraints, constraint["class"])(**constraint["arguments"])
    if spec.get("exclude"):
        optimizer.exclude_from_weight_decay(var_names=spec["exclude"])
    optimizer.build(variables)
    steps = []
    for gradient in gradients:
        tensors = [keras.ops.convert_to_tensor(to_keras(gradient[w["name"]], w["shape"])) for w in weights]
        optimizer.apply(tensors, variables)
        steps.append({w["name"]: from_keras(v, w["shape"]) for w, v in zip(weights, variables)})
    answer = {"steps": steps}
    if optimizer.use_ema:
        averages = optimizer._model_variables_moving_average
        answer["averages"] = {w["name"]: from_keras(a, w["shape"]) for w, a in zip(weights, averages)}
    return answer


def main():
    job = json.load(sys.stdin)
    answer = {
        name: run(spec, job["weights"], job["gradients"]) for name, spec in job["optimizers"].items()
    }
    json.dump(answer, sys.stdout)


main()
