"""The part of NumPy that the parity cases are written in, on PyTorch's tensors, so that gradients flow through them.

`Array` behaves as a NumPy array where the two libraries differ; `numpy_on_torch` stands in for the module.
"""

import numpy
import torch


class Array(torch.Tensor):
    """A tensor with NumPy's methods where PyTorch's of the same name mean something else."""

    def astype(self, dtype):
        # Everything is computed in double precision.
        return self if "float" in str(dtype) else self.to(getattr(torch, str(dtype)))

    def transpose(self, *axes):
        return torch.Tensor.permute(self, *axes) if len(axes) != 2 else torch.Tensor.transpose(self, *axes)

    def max(self, axis=None):
        return self.amax() if axis is None else self.amax(axis)

    def var(self, axis):
        return torch.var(self, dim=axis, correction=0)

    def swapaxes(self, a, b):
        return torch.Tensor.transpose(self, a, b)


def array(value):
    """A tensor with NumPy's methods."""
    tensor = value if isinstance(value, torch.Tensor) else torch.as_tensor(numpy.asarray(value))
    tensor = tensor.double() if tensor.is_floating_point() else tensor
    return tensor.as_subclass(Array)


def _pad(x, widths, mode="constant", constant_values=0):
    x = array(x)
    widths = [(widths, widths)] * x.ndim if isinstance(widths, int) else widths
    if mode == "constant":
        flat = [width for pair in reversed(widths) for width in pair]
        return array(torch.nn.functional.pad(x, flat, value=constant_values))
    # NumPy knows which element every place repeats.
    for axis, pair in enumerate(widths):
        places = numpy.pad(numpy.arange(x.shape[axis]), pair, mode)
        x = x.index_select(axis, torch.as_tensor(places))
    return x


def _sort(x, axis=-1):
    return torch.sort(x, dim=axis).values


def _where(condition, a, b):
    return torch.where(array(condition), *(array(value) if not isinstance(value, float) else value for value in (a, b)))


def _float32(value):
    return array(value) if isinstance(value, (list, tuple)) else float(value)


def _norm(x, axis, keepdims=False):
    return torch.linalg.vector_norm(x, dim=axis, keepdim=keepdims)


class _Linalg:
    norm = staticmethod(_norm)
    svd = staticmethod(torch.linalg.svd)


_special = {
    "pi": numpy.pi,
    "e": numpy.e,
    "linalg": _Linalg,
    "pad": _pad,
    "sort": _sort,
    "where": _where,
    "float32": _float32,
    "size": lambda x: x.numel(),
    "moveaxis": torch.movedim,
    "transpose": torch.permute,
    "concatenate": lambda arrays, axis=0: torch.cat([array(x) for x in arrays], axis),
    "stack": lambda arrays, axis=0: torch.stack([array(x) for x in arrays], axis),
    "repeat": lambda x, times, axis: torch.repeat_interleave(array(x), times, axis),
    "take_along_axis": lambda x, places, axis: torch.take_along_dim(x, places.long(), axis),
    "tensordot": lambda a, b, axes: torch.tensordot(a, array(b), axes),
    "flip": lambda x, axis: torch.flip(x, [axis]),
    "digitize": lambda x, edges: torch.bucketize(x.detach(), torch.tensor(edges, dtype=x.dtype), right=True),
    "broadcast_arrays": lambda *arrays: torch.broadcast_tensors(*(array(x) for x in arrays)),
    "maximum": lambda a, b: torch.maximum(*torch.broadcast_tensors(array(a), array(b))),
    "minimum": lambda a, b: torch.minimum(*torch.broadcast_tensors(array(a), array(b))),
}


class NumpyOnTorch:
    """Looks up a function of NumPy's: plain numbers go to NumPy, tensors to PyTorch's function of that name."""

    def __getattr__(self, name):
        if name in _special:
            return _special[name]

        def call(*args, **options):
            if any(isinstance(value, torch.Tensor) for value in args):
                return array(getattr(torch, name)(*args, **options))
            result = getattr(numpy, name)(*args, **options)
            return float(result) if numpy.isscalar(result) else array(result)

        return call


numpy_on_torch = NumpyOnTorch()
