"""PyTorch's side of the bench: eager mode, as in its tutorials. Talks in lines of JSON, see bench/contender.ts."""

import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from peer import data_of, serve

ACTIVATIONS = {"relu": nn.ReLU, "softmax": None, "logSoftmax": None, "sigmoid": None, "linear": None}


class LastStep(nn.Module):
    """An LSTM of which only the last output counts."""

    def __init__(self, features, units):
        super().__init__()
        self.lstm = nn.LSTM(features, units, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[1][0][0]


class Tokens(nn.Module):
    def __init__(self, words, features, steps=None):
        super().__init__()
        self.tokens = nn.Embedding(words, features)
        self.positions = None if steps is None else nn.Parameter(torch.randn(steps, features) * 0.05)

    def forward(self, x):
        y = self.tokens(x)
        return y if self.positions is None else y + self.positions


class Mean(nn.Module):
    def __init__(self, axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.mean(self.axes)


def with_activation(module, name):
    # The class head stays scores: the loss takes them.
    activation = ACTIVATIONS[name]
    return nn.Sequential(module, activation()) if activation else module


def convolution(p, channels):
    kernel, strides = tuple(p["kernelSize"]), tuple(p["strides"])
    same = [size // 2 for size in kernel] if p["padding"] == "same" else 0
    return nn.Conv2d(channels, p["filters"], kernel, strides, padding=same, bias=p["useBias"])


def module_of(layer):
    kind, p = layer["kind"], layer["parameters"]
    shape = layer["inputs"][0]["shape"] if layer["inputs"] else []
    if kind == "dense":
        return with_activation(nn.Linear(shape[0], p["units"]), p["activation"])
    if kind == "conv2d":
        return with_activation(convolution(p, shape[0]), p["activation"])
    if kind == "maxPooling2d":
        return nn.MaxPool2d(tuple(p["poolSize"]), tuple(p["strides"]))
    if kind == "flatten":
        return nn.Flatten()
    if kind == "dropout":
        return nn.Dropout(p["rate"]) if p["rate"] > 0 else nn.Identity()
    if kind == "batchNormalization":
        return nn.BatchNorm2d(shape[0], eps=p["epsilon"], momentum=1 - p["momentum"])
    if kind == "activation":
        return ACTIVATIONS[p["activation"]]()
    if kind == "globalAveragePooling2d":
        return Mean((2, 3))
    if kind == "globalAveragePooling1d":
        return Mean(1)
    if kind == "embedding":
        return Tokens(p["inputDim"], p["outputDim"])
    if kind == "tokenAndPositionEmbedding":
        return Tokens(p["inputDim"], p["outputDim"], shape[0])
    if kind == "lstm":
        return LastStep(shape[1], p["units"])
    if kind == "transformerEncoder":
        return nn.TransformerEncoderLayer(
            shape[1], p["numHeads"], p["intermediateDim"], dropout=0.0, batch_first=True
        )
    if kind in ("input", "output"):
        return nn.Identity()
    raise ValueError(kind)


class Network(nn.Module):
    """The layers of a plan, wired as they are."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers
        self.parts = nn.ModuleList([nn.Identity() if layer["kind"] == "add" else module_of(layer) for layer in layers])

    def forward(self, x):
        values = {}
        for layer, part in zip(self.layers, self.parts):
            inputs = [values[wire["layerId"]] for wire in layer["inputs"]] or [x]
            values[layer["id"]] = inputs[0] + inputs[1] if layer["kind"] == "add" else part(inputs[0])
        return values[self.layers[-1]["id"]]


def prepare(job):
    torch.manual_seed(1)
    features, labels = data_of(job)
    whole = any("mbedding" in layer["kind"] for layer in job["layers"])
    x = torch.from_numpy(features).long() if whole else torch.from_numpy(features)
    y = torch.from_numpy(labels).long()
    device = torch.device(job["device"])
    on_gpu, mixed = device.type == "cuda", job["precision"] == "mixed16"
    model = Network(job["layers"]).to(device)
    scaler = torch.amp.GradScaler(device.type, enabled=mixed)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
    model.train()
    size = job["batchSize"]
    steps = len(x) // size

    def loss_of(scores, truth):
        if scores.shape[1] == 1:
            return F.binary_cross_entropy_with_logits(scores[:, 0], truth.float())
        return F.cross_entropy(scores, truth)

    def epoch():
        # Every step's loss is read, as ours is.
        order = torch.randperm(len(x))
        total = 0.0
        for step in range(steps):
            rows = order[step * size : (step + 1) * size]
            optimizer.zero_grad()
            samples, truth = x[rows].to(device), y[rows].to(device)
            with torch.autocast(device.type, torch.float16, enabled=mixed):
                scores = model(samples)
            loss = loss_of(scores.float(), truth)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            total += loss.item()
        return steps, total / steps

    if not on_gpu:
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
