"""Learning rates of Keras's and PyTorch's schedules, and what Keras's callbacks do with monitored values.

Standard input: {
  steps, keras: { name: { class, arguments } }, torch: { name: { class, arguments } },
  plateaus: [{ base, arguments, values }], stops: [{ arguments, values }]
}.
Keras's schedules are computed in float64, so that a difference is one of the formula and not of rounding.
"""

import json
import os
import sys
import types
import warnings

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import torch


def in_float64(value):
    """A schedule computes in the type of its first learning rate."""
    if isinstance(value, list):
        return [in_float64(item) for item in value]
    return np.float64(value) if isinstance(value, float) else value


def keras_rates(spec, steps):
    arguments = {name: in_float64(value) for name, value in spec["arguments"].items()}
    schedule = getattr(keras.optimizers.schedules, spec["class"])(**arguments)
    return [float(schedule(step)) for step in range(steps)]


def torch_rates(spec, steps):
    arguments = spec["arguments"]
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=spec["base"])
    scheduler = getattr(torch.optim.lr_scheduler, spec["class"])(optimizer, **arguments)
    rates = []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        if step + 1 < steps:
            optimizer.step()
            scheduler.step()
    return rates


def plateau(case):
    callback = keras.callbacks.ReduceLROnPlateau(**case["arguments"])
    model = types.SimpleNamespace(optimizer=keras.optimizers.SGD(learning_rate=case["base"]), metrics=[])
    callback._model = model
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(case["values"]):
        callback.on_epoch_end(epoch, {case["arguments"]["monitor"]: value})
        rates.append(float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)))
    return rates


class Weights:
    """A model whose only weight is the number of the epoch that was trained last."""

    def __init__(self):
        self.epoch = 0
        self.stop_training = False
        self.metrics = []

    def get_weights(self):
        return [np.array(self.epoch)]

    def set_weights(self, weights):
        self.epoch = int(weights[0])


def stop(case):
    callback = keras.callbacks.EarlyStopping(**case["arguments"])
    model = Weights()
    callback._model = model
    callback.on_train_begin()
    done = 0
    for epoch, value in enumerate(case["values"]):
        model.epoch = done = epoch + 1
        callback.on_epoch_end(epoch, {case["arguments"]["monitor"]: value})
        if model.stop_training:
            break
    callback.on_train_end()
    return {"epochs": done, "stopped": model.stop_training, "kept": model.epoch}


def main():
    warnings.simplefilter("ignore")
    job = json.load(sys.stdin)
    answer = {
        "plateaus": [plateau(case) for case in job["plateaus"]],
        "stops": [stop(case) for case in job["stops"]],
    }
    answer["keras"] = {name: keras_rates(spec, job["steps"]) for name, spec in job["keras"].items()}
    answer["torch"] = {name: torch_rates(spec, job["steps"]) for name, spec in job["torch"].items()}
    json.dump(answer, sys.stdout)


main()
