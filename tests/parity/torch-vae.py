"""Trains a variational autoencoder in PyTorch with given weights, batches and noise; prints the losses of every step.

Standard input: { weights, batches: [{ x, uniform: [u, v] }], beta, learningRate, epsilon, beta2 }. Tensors are
{ shape, data }. The loss is that of Kingma & Welling 2013: binary cross-entropy summed over pixels plus beta times
torch.distributions' own divergence, both averaged over the batch.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch.distributions import Normal, kl_divergence

torch.set_num_threads(1)


def tensor(given):
    return torch.tensor(given["data"], dtype=torch.float32).reshape(given["shape"])


def dense(x, weights, name):
    return x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"]


def step_losses(weights, batch, beta):
    x = tensor(batch["x"])
    hidden = torch.relu(dense(x, weights, "encoder"))
    posterior = Normal(dense(hidden, weights, "mean"), torch.exp(0.5 * dense(hidden, weights, "logVariance")))
    u, v = (tensor(uniform) for uniform in batch["uniform"])
    normal = torch.sqrt(-2 * torch.log(1 - u)) * torch.cos(2 * torch.pi * v)
    z = posterior.loc + posterior.scale * normal
    scores = dense(torch.relu(dense(z, weights, "decoder")), weights, "pixels")
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    prior = Normal(torch.zeros_like(z), torch.ones_like(z))
    divergence = beta * kl_divergence(posterior, prior).sum(1).mean()
    return reconstruction, divergence


job = json.load(sys.stdin)
weights = {name: tensor(given).requires_grad_() for name, given in job["weights"].items()}
optimizer = torch.optim.Adam(weights.values(), lr=job["learningRate"])
steps = []
for number, batch in enumerate(job["batches"], start=1):
    # Keras adds epsilon to the root before bias correction, PyTorch after it.
    optimizer.param_groups[0]["eps"] = job["epsilon"] / (1 - job["beta2"] ** number) ** 0.5
    reconstruction, divergence = step_losses(weights, batch, job["beta"])
    loss = reconstruction + divergence
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    steps.append([loss.item(), reconstruction.item(), divergence.item()])
trained = {name: weight.detach().flatten().tolist() for name, weight in weights.items()}
json.dump({"steps": steps, "weights": trained}, sys.stdout)
