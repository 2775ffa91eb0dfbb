"""Connectionist temporal classification as PyTorch computes it, in double precision.

Standard input: { cases: { name: { batch, steps, classes, width, head, fromScores, scores, targets, lengths,
sampleWeight } } }. Answers with the loss of every sample (torch.nn.functional.ctc_loss, zero_infinity), the gradient of
their weighted mean by the scores, the labels that are read by taking the best class of every step, and how many edits lead
from these to the target. With `training` ({ kernel, bias, steps, learningRate, momentum }) a Dense layer between scores and
head is trained instead; losses and weights after the last step are printed.
"""

import json
import sys
from itertools import groupby

import torch
import torch.nn.functional as F


def log_probabilities(case, scores):
    if case["head"] == "none" and not case["fromScores"]:
        return torch.log(scores / scores.sum(dim=2, keepdim=True))
    return F.log_softmax(scores, dim=2)


def tensors(case):
    sizes = [case[name] for name in ("batch", "steps", "classes")]
    scores = torch.tensor(case["scores"], dtype=torch.float64).reshape(sizes)
    targets = torch.tensor(case["targets"], dtype=torch.long).reshape(case["batch"], case["width"])
    weights = torch.tensor(case["sampleWeight"], dtype=torch.float64)
    return scores, targets, weights


def losses_of(case, scores, targets):
    return F.ctc_loss(
        log_probabilities(case, scores).transpose(0, 1),
        targets,
        torch.tensor(case["lengths"]),
        (targets != 0).sum(dim=1),
        blank=0,
        reduction="none",
        zero_infinity=True,
    )


def edits(read, wanted):
    """The textbook table of Wagner and Fischer (1974)."""
    table = [[max(i, j) if min(i, j) == 0 else 0 for j in range(len(wanted) + 1)] for i in range(len(read) + 1)]
    for i, own in enumerate(read, 1):
        for j, other in enumerate(wanted, 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (own != other))
    return table[-1][-1]


def run(case):
    scores, targets, weights = tensors(case)
    scores.requires_grad_(True)
    losses = losses_of(case, scores, targets)
    ((losses * weights).sum() / weights.sum()).backward()
    best = scores.argmax(dim=2).tolist()
    read = [[k for k, _ in groupby(row[:length]) if k != 0] for row, length in zip(best, case["lengths"])]
    wanted = [[k for k in row if k != 0] for row in targets.tolist()]
    return {
        "losses": losses.tolist(),
        "gradient": scores.grad.flatten().tolist(),
        "read": read,
        "edits": [edits(*pair) for pair in zip(read, wanted)],
    }


def train(case):
    scores, targets, weights = tensors(case)
    settings = case["training"]
    size = case["classes"]
    kernel = torch.tensor(settings["kernel"], dtype=torch.float64).reshape(size, size).requires_grad_(True)
    bias = torch.tensor(settings["bias"], dtype=torch.float64).requires_grad_(True)
    optimizer = torch.optim.SGD([kernel, bias], lr=settings["learningRate"], momentum=settings["momentum"])
    losses = []
    for _ in range(settings["steps"]):
        optimizer.zero_grad()
        values = losses_of(case, scores @ kernel + bias, targets)
        mean = (values * weights).sum() / weights.sum()
        losses.append(mean.item())
        mean.backward()
        optimizer.step()
    return {"losses": losses, "weights": {"kernel": kernel.flatten().tolist(), "bias": bias.tolist()}}


job = json.load(sys.stdin)
json.dump({name: train(case) if "training" in case else run(case) for name, case in job["cases"].items()}, sys.stdout)
