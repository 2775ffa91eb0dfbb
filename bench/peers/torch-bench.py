"""PyTorch's side of the bench: eager mode, as in its tutorials. Talks in lines of JSON, see bench/contender.ts."""

import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from peer import data_of, serve


class LogSoftmax(nn.Module):
    def forward(self, x):
        return F.log_softmax(x, dim=1)


def layer_of(layer):
    kind, p = layer["kind"], layer["parameters"]
    inputs = [tuple(i["shape"]) for i in layer["inputs"]]
    activations = {"relu": nn.ReLU, "softmax": None, "logSoftmax": None, "linear": None}
    if kind == "dense":
        # The class head stays scores: cross_entropy takes them.
        activation = activations[p["activation"]]
        return [nn.Linear(inputs[0][0], p["units"])] + ([activation()] if activation else [])
    if kind == "conv2d":
        activation = activations[p["activation"]]
        conv = nn.Conv2d(inputs[0][0], p["filters"], tuple(p["kernelSize"]))
        return [conv] + ([activation()] if activation else [])
    if kind == "maxPooling2d":
        return [nn.MaxPool2d(tuple(p["poolSize"]), tuple(p["strides"]))]
    if kind == "flatten":
        return [nn.Flatten()]
    if kind == "dropout":
        return [nn.Dropout(p["rate"])] if p["rate"] > 0 else []
    if kind in ("input", "output"):
        return []
    raise ValueError(kind)


def prepare(job):
    torch.manual_seed(1)
    features, labels = data_of(job)
    x, y = torch.from_numpy(features), torch.from_numpy(labels).long()
    model = nn.Sequential(*[part for layer in job["layers"] for part in layer_of(layer)])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
    model.train()
    size = job["batchSize"]
    steps = len(x) // size

    def epoch():
        order = torch.randperm(len(x))
        total = 0.0
        for step in range(steps):
            rows = order[step * size : (step + 1) * size]
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item()
        return steps, total / steps

    choose_threads(epoch)
    return epoch


def choose_threads(epoch):
    """Takes the number of threads that is faster for this net, as our own engine does."""
    most = torch.get_num_threads()
    seconds = {}
    for threads in sorted({1, most}):
        torch.set_num_threads(threads)
        epoch()
        started = time.perf_counter()
        epoch()
        seconds[threads] = time.perf_counter() - started
    torch.set_num_threads(min(seconds, key=seconds.get))


serve("PyTorch " + torch.__version__.split("+")[0] + " eager", prepare)
