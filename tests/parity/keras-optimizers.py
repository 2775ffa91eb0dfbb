"""Applies Keras's optimizers to given gradients and prints the parameters after every step.

Standard input: { start: [...], gradients: [[...], ...], optimizers: { name: { class, arguments } } }.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def run(spec, start, gradients):
    optimizer = getattr(keras.optimizers, spec["class"])(**spec["arguments"])
    variable = keras.Variable(np.array(start, dtype="float32"), name="parameter")
    optimizer.build([variable])
    history = []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(np.array(gradient, dtype="float32"))], [variable])
        history.append([float(x) for x in keras.ops.convert_to_numpy(variable)])
    return history


def main():
    job = json.load(sys.stdin)
    answer = {
        name: run(spec, job["start"], job["gradients"]) for name, spec in job["optimizers"].items()
    }
    json.dump(answer, sys.stdout)


main()
