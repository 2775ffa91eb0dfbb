"""Trains a plan of LayerLoom's in PyTorch and prints the loss of every step.

Standard input: { layers, weights, batches, optimizer, autocast? }. Tensors are { shape, base64 } of little-endian float32 (targets:
int32). Layer kinds are those that the parity models use; formulas are PyTorch's own, gradients its autograd's.
"""

import base64
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_num_threads(1)


def array(tensor, dtype="<f4"):
    return np.frombuffer(base64.b64decode(tensor["base64"]), dtype=dtype).reshape(tensor["shape"])


def activate(x, kind):
    functions = {
        "linear": lambda v: v,
        "relu": F.relu,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        # Class heads stay scores here: cross_entropy takes them.
        "softmax": lambda v: v,
        "logSoftmax": lambda v: v,
    }
    return functions[kind](x)


def same_padding(x, window, strides):
    """TensorFlow's "same": an odd row or column goes to the bottom and right."""
    pads = []
    for size, k, s in zip(reversed(x.shape[-2:]), reversed(window), reversed(strides)):
        total = max((-(-size // s) - 1) * s + k - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def attention(x, w, heads, causal):
    batch, steps, features = x.shape
    split = lambda y: y.reshape(batch, steps, heads, -1).transpose(1, 2)
    parts = [split(x @ w(f"attention{part}Kernel") + w(f"attention{part}Bias")) for part in ("Query", "Key", "Value")]
    read = F.scaled_dot_product_attention(*parts, is_causal=causal).transpose(1, 2).reshape(x.shape)
    return read @ w("attentionOutputKernel") + w("attentionOutputBias")


def transformer(x, p, w):
    def norm(y, name):
        return F.layer_norm(y, y.shape[-1:], w(f"{name}Gamma"), w(f"{name}Beta"), p["layerNormEpsilon"])

    z = norm(x + attention(x, w, p["numHeads"], p["useCausalMask"]), "attentionNorm")
    hidden = activate(z @ w("intermediateKernel") + w("intermediateBias"), p["hiddenActivation"])
    return norm(z + hidden @ w("feedForwardOutputKernel") + w("feedForwardOutputBias"), "feedForwardNorm")


def recurrent(x, w, units, step):
    state = [torch.zeros(x.shape[0], units)] * 2
    outputs = []
    for t in range(x.shape[1]):
        state = step(x[:, t] @ w("kernel"), state)
        outputs.append(state[0])
    return torch.stack(outputs, 1)


def lstm_step(w):
    def step(projected, state):
        h, c = state
        i, f, g, o = (projected + h @ w("recurrentKernel") + w("bias")).chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    return step


def gru_step(w):
    def step(projected, state):
        h = state[0]
        own = (projected + w("bias")[0]).chunk(3, -1)
        past = (h @ w("recurrentKernel") + w("bias")[1]).chunk(3, -1)
        z, r = torch.sigmoid(own[0] + past[0]), torch.sigmoid(own[1] + past[1])
        fresh = torch.tanh(own[2] + r * past[2])
        return z * h + (1 - z) * fresh, h

    return step


def run_layer(layer, xs, weights):
    kind, p, x = layer["kind"], layer["parameters"], xs[0]
    w = lambda name: weights[f"{layer['name']}.{name}"]
    if kind == "dense":
        y = x @ w("kernel")
        return activate(y + w("bias") if p["useBias"] else y, p["activation"])
    if kind == "conv2d":
        if p["padding"] == "same":
            x = same_padding(x, p["kernelSize"], p["strides"])
        bias = w("bias") if p["useBias"] else None
        return activate(F.conv2d(x, w("kernel"), bias, stride=p["strides"]), p["activation"])
    if kind == "maxPooling2d":
        return F.max_pool2d(x, p["poolSize"], p["strides"])
    if kind == "globalAveragePooling2d":
        return x.mean(dim=(2, 3))
    if kind == "flatten":
        return x.flatten(1)
    if kind == "batchNormalization":
        return F.batch_norm(x, None, None, w("gamma"), w("beta"), training=True, eps=p["epsilon"])
    if kind == "activation":
        return activate(x, p["activation"])
    if kind == "add":
        return sum(xs[1:], xs[0])
    if kind == "embedding":
        return w("embeddings")[x.long()]
    if kind == "tokenAndPositionEmbedding":
        return w("tokens")[x.long()] + w("positions")
    if kind in ("lstm", "gru"):
        step = lstm_step(w) if kind == "lstm" else gru_step(w)
        y = recurrent(x, w, p["units"], step)
        return y if p["returnSequences"] else y[:, -1]
    if kind == "transformerEncoder":
        return transformer(x, p, w)
    if kind == "globalAveragePooling1d":
        return x.mean(1)
    if kind in ("dropout", "output"):
        return x
    raise ValueError(f"no rule for {kind}")


def forward(layers, weights, x):
    values = {}
    for layer in layers:
        if layer["kind"] == "input":
            values[layer["id"]] = x
        else:
            values[layer["id"]] = run_layer(layer, [values[i["layerId"]] for i in layer["inputs"]], weights)
    return values[layers[-1]["id"]]


def optimizer_for(config, parameters):
    lr = config["learningRate"]
    if config["kind"] == "adam":
        return torch.optim.Adam(parameters, lr=lr, betas=(config["beta1"], config["beta2"]))
    if config["kind"] == "sgd":
        return torch.optim.SGD(parameters, lr=lr)
    raise ValueError(config["kind"])


def main():
    job = json.load(sys.stdin)
    weights = {
        name: torch.tensor(array(tensor)).requires_grad_(not name.endswith(("movingMean", "movingVariance")))
        for name, tensor in job["weights"].items()
    }
    config = job["optimizer"]
    optimizer = optimizer_for(config, [w for w in weights.values() if w.requires_grad])
    mixed = job.get("autocast", False)
    scaler = torch.amp.GradScaler("cpu", enabled=mixed)
    losses = []
    for step, batch in enumerate(job["batches"], start=1):
        if config["kind"] == "adam":
            # Keras adds epsilon to √v before bias correction, PyTorch after it.
            for group in optimizer.param_groups:
                group["eps"] = config["epsilon"] / (1 - config["beta2"] ** step) ** 0.5
        x = torch.tensor(array(batch["features"]))
        y = torch.tensor(array(batch["targets"], "<i4").astype(np.int64))
        with torch.autocast("cpu", dtype=torch.float16, enabled=mixed):
            loss = F.cross_entropy(forward(job["layers"], weights, x), y)
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        losses.append(loss.item())
    trained = {name: w.detach().numpy().flatten().tolist() for name, w in weights.items() if w.requires_grad}
    json.dump({"losses": losses, "scale": scaler.get_scale(), "weights": trained if job.get("returnWeights") else {}}, sys.stdout)


main()
