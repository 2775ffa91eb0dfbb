"""Takes one step of gradient descent on a batch under mixup in PyTorch, as the code of Zhang et al. (2018) does it.

Standard input: { features: [[number]], labels: [int], shares: [number], kernels: [[[number]]], biases: [[number]],
learningRate }; dense layers with tanh between them and softmax behind. Prints { loss, kernels, biases } after the step.
"""

import json
import sys

import torch
import torch.nn.functional as F

case = json.load(sys.stdin)


def parameters(name):
    return [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in case[name]]


kernels, biases = parameters("kernels"), parameters("biases")
x = torch.tensor(case["features"], dtype=torch.float64)
labels = torch.tensor(case["labels"])
share = torch.tensor(case["shares"], dtype=torch.float64)

y = share[:, None] * x + (1 - share[:, None]) * x.flip(0)
for index, (kernel, bias) in enumerate(zip(kernels, biases)):
    y = y @ kernel + bias
    if index < len(kernels) - 1:
        y = torch.tanh(y)
own = F.cross_entropy(y, labels, reduction="none")
partner = F.cross_entropy(y, labels.flip(0), reduction="none")
loss = (share * own + (1 - share) * partner).mean()
loss.backward()

rate = case["learningRate"]
json.dump(
    {
        "loss": loss.item(),
        "kernels": [(kernel - rate * kernel.grad).flatten().tolist() for kernel in kernels],
        "biases": [(bias - rate * bias.grad).tolist() for bias in biases],
    },
    sys.stdout,
)
