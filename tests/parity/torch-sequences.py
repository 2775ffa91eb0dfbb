"""Cross-entropy of sequences as PyTorch computes it, steps that do not count marked by ignore_index.

Standard input: that of keras-sequences.py. Cases that torch.nn.functional.cross_entropy can express are answered with
{ loss, gradient }, in double precision.
"""

import json
import sys

import torch
import torch.nn.functional as F


def run(case, job):
    batch, steps = job["samples"], job["steps"]
    words = torch.tensor(case["words"], dtype=torch.long).reshape(batch, steps)
    table = torch.tensor(case["weights"], dtype=torch.float64).reshape(job["tokens"], case["width"])
    table.requires_grad_(True)
    targets = torch.tensor(case["targets"], dtype=torch.long).reshape(batch, steps)
    if case["masked"]:
        targets = torch.where(words == 0, -100, targets)
    scores = table[words].transpose(1, 2)
    smoothing = case.get("labelSmoothing", 0.0)
    if case["weighted"]:
        # PyTorch weighs classes and not samples: one by one, then the weighted mean over what counts.
        each = F.cross_entropy(scores, targets, ignore_index=-100, label_smoothing=smoothing, reduction="none")
        weights = torch.tensor(case["sampleWeight"], dtype=torch.float64)[:, None] * (targets != -100)
        loss = (each * weights).sum() / weights.sum()
    else:
        loss = F.cross_entropy(scores, targets, ignore_index=-100, label_smoothing=smoothing)
    loss.backward()
    return {"loss": loss.item(), "gradient": table.grad.flatten().tolist()}


job = json.load(sys.stdin)
fits = {
    name: case
    for name, case in job["cases"].items()
    if case["loss"] in ("auto", "sparseCategoricalCrossentropy")
    and case["target"]["kind"] == "category"
    and case["width"] > 1
}
json.dump({name: run(case, job) for name, case in fits.items()}, sys.stdout)
