"""Trains an encoder on two views of its samples in PyTorch, with NT-Xent as in algorithm 1 of Chen et al. (2020).

Standard input: { temperature, learningRate, momentum, batches: [[[number]]], views: [[{normal, uniform}, {normal, uniform}]]
(noise by batch and view), weights }. The model adds 0.5 times normal noise, then dense1 (tanh), dropout 0.25, batch
normalisation bn1, dense2. Plain gradient descent with momentum 0.9. Prints { losses, found, weights } in double precision.
"""

import json
import sys

import torch

case = json.load(sys.stdin)
torch.set_default_dtype(torch.float64)
weights = {name: torch.tensor(value, dtype=torch.float64) for name, value in case["weights"].items()}
trained = [name for name in weights if "moving" not in name]
for name in trained:
    weights[name].requires_grad_()


def embed(x, noise):
    x = x + 0.5 * torch.tensor(noise["normal"])
    x = torch.tanh(x @ weights["dense1.kernel"] + weights["dense1.bias"])
    x = x * (torch.tensor(noise["uniform"]) >= 0.25) / 0.75
    mean, variance = x.mean(0), x.var(0, unbiased=False)
    keep = case["momentum"]
    with torch.no_grad():
        weights["bn1.movingMean"].mul_(keep).add_((1 - keep) * mean)
        weights["bn1.movingVariance"].mul_(keep).add_((1 - keep) * variance)
    x = weights["bn1.gamma"] * (x - mean) / torch.sqrt(variance + 1e-3) + weights["bn1.beta"]
    return x @ weights["dense2.kernel"] + weights["dense2.bias"]


optimizer = torch.optim.SGD([weights[name] for name in trained], lr=case["learningRate"], momentum=0.9)
losses, found = [], []
for batch, views in zip(case["batches"], case["views"]):
    x = torch.tensor(batch)
    # Row 2k and 2k + 1 (from 0) are the views of sample k, as in the paper.
    z = torch.stack([embed(x, view) for view in views], 1).flatten(0, 1)
    n = len(z)
    s = torch.nn.functional.cosine_similarity(z[:, None], z[None], dim=2)

    def pair(i, j):
        others = torch.stack([torch.exp(s[i, k] / case["temperature"]) for k in range(n) if k != i])
        return -torch.log(torch.exp(s[i, j] / case["temperature"]) / others.sum())

    loss = sum(pair(k, k + 1) + pair(k + 1, k) for k in range(0, n, 2)) / n
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    nearest = (s.detach() - 9 * torch.eye(n)).argmax(1)
    found.append(sum(nearest[i].item() == (i ^ 1) for i in range(n)) / n)

json.dump(
    {
        "losses": losses,
        "found": found,
        "weights": {name: value.detach().flatten().tolist() for name, value in weights.items()},
    },
    sys.stdout,
)
