"""Trains small GANs in PyTorch with the textbook's loop: two networks, two optimizers.

Standard input: a list of { loss, discriminatorSteps, learningRate, factor, labelSmoothing, epsilon, momentum, real: [[[number]]]
(batch by batch), discriminatorNoise: [[[[number]]]] (by batch and update), generatorNoise: [[[number]]], weights: {name:
nested list} }. The generator is dense1 (tanh), batch normalisation bn1, dense2; the discriminator dense3, leaky
ReLU (0.2), batch normalisation bn2, tanh, dense4. Prints a list of { losses: [[discriminator, generator,
real right, generated right]], weights } in double precision.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)


class Dense(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.kernel = nn.Parameter(given[f"{name}.kernel"].clone())
        self.bias = nn.Parameter(given[f"{name}.bias"].clone())

    def forward(self, x):
        return x @ self.kernel + self.bias


class BatchNorm(nn.Module):
    """Keras's: moving statistics of the biased variance; they stay where the network is not the one being trained."""

    def __init__(self, name):
        super().__init__()
        self.gamma = nn.Parameter(given[f"{name}.gamma"].clone())
        self.beta = nn.Parameter(given[f"{name}.beta"].clone())
        self.register_buffer("movingMean", given[f"{name}.movingMean"].clone())
        self.register_buffer("movingVariance", given[f"{name}.movingVariance"].clone())
        self.trained = False

    def forward(self, x):
        mean, variance = x.mean(0), x.var(0, unbiased=False)
        if self.trained:
            keep = case["momentum"]
            with torch.no_grad():
                self.movingMean.mul_(keep).add_((1 - keep) * mean)
                self.movingVariance.mul_(keep).add_((1 - keep) * variance)
        return self.gamma * (x - mean) / torch.sqrt(variance + 1e-3) + self.beta


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense1, self.bn1, self.dense2 = Dense("dense1"), BatchNorm("bn1"), Dense("dense2")

    def forward(self, z):
        return self.dense2(self.bn1(torch.tanh(self.dense1(z))))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense3, self.bn2, self.dense4 = Dense("dense3"), BatchNorm("bn2"), Dense("dense4")

    def forward(self, x):
        return self.dense4(torch.tanh(self.bn2(F.leaky_relu(self.dense3(x), 0.2))))


def trains(network, whether):
    for module in network.modules():
        if isinstance(module, BatchNorm):
            module.trained = whether


def of_discriminator(real, fake):
    told = 1 - case["labelSmoothing"]
    match case["loss"]:
        case "nonSaturating":
            return F.binary_cross_entropy_with_logits(
                real, torch.full_like(real, told)
            ) + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        case "leastSquares":
            return 0.5 * ((real - told) ** 2).mean() + 0.5 * (fake**2).mean()
        case "hinge":
            return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        case "wasserstein":
            return fake.mean() - real.mean()


def of_generator(fake):
    match case["loss"]:
        case "nonSaturating":
            return F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))
        case "leastSquares":
            return 0.5 * ((fake - 1) ** 2).mean()
        case _:
            return -fake.mean()


def border(real, fake):
    match case["loss"]:
        case "leastSquares":
            return 0.5
        case "wasserstein":
            return (real.mean() + fake.mean()) / 2
        case _:
            return 0


def play():
    generator, discriminator = Generator(), Discriminator()
    settings = {"betas": (0.5, 0.999), "eps": case["epsilon"]}
    of_g = torch.optim.Adam(generator.parameters(), lr=case["learningRate"], **settings)
    of_d = torch.optim.Adam(discriminator.parameters(), lr=case["learningRate"] * case["factor"], **settings)
    losses = []
    for batch, updates, noise in zip(case["real"], case["discriminatorNoise"], case["generatorNoise"]):
        x = torch.tensor(batch)
        trains(generator, False)
        trains(discriminator, True)
        for z in updates:
            fake = generator(torch.tensor(z)).detach()
            on_real, on_fake = discriminator(x), discriminator(fake)
            loss_d = of_discriminator(on_real, on_fake)
            of_d.zero_grad()
            loss_d.backward()
            of_d.step()
        trains(generator, True)
        trains(discriminator, False)
        loss_g = of_generator(discriminator(generator(torch.tensor(noise))))
        of_g.zero_grad()
        loss_g.backward()
        of_g.step()
        edge = border(on_real, on_fake)
        right = [(on_real > edge).double().mean().item(), (on_fake <= edge).double().mean().item()]
        losses.append([loss_d.item(), loss_g.item(), *right])

    state = {**generator.state_dict(), **discriminator.state_dict()}
    return {"losses": losses, "weights": {name: value.flatten().tolist() for name, value in state.items()}}


answers = []
for case in json.load(sys.stdin):
    given = {name: torch.tensor(value, dtype=torch.float64) for name, value in case["weights"].items()}
    answers.append(play())
json.dump(answers, sys.stdout)
