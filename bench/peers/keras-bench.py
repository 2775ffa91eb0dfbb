"""Keras's side of the bench: model.fit on arrays, as in its tutorials. Talks in lines of JSON, see bench/contender.ts."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

from peer import data_of, serve

L = keras.layers


def name_of(activation):
    return {"logSoftmax": "softmax"}.get(activation, activation)


def transformer(p, features):
    """A block after KerasHub's TransformerEncoder."""
    attention = L.MultiHeadAttention(p["numHeads"], features // p["numHeads"])
    first, second = L.LayerNormalization(epsilon=1e-5), L.LayerNormalization(epsilon=1e-5)
    intermediate, output = L.Dense(p["intermediateDim"], activation=p["hiddenActivation"]), L.Dense(features)

    def block(x):
        z = first(x + attention(x, x))
        return second(z + output(intermediate(z)))

    return block


def tokens_and_positions(p, steps):
    tokens, positions = L.Embedding(p["inputDim"], p["outputDim"]), L.Embedding(steps, p["outputDim"])
    return lambda x: tokens(x) + positions(np.arange(steps))


def layer_of(layer):
    kind, p = layer["kind"], layer["parameters"]
    shape = layer["inputs"][0]["shape"] if layer["inputs"] else []
    if kind == "dense":
        return L.Dense(p["units"], activation=name_of(p["activation"]))
    if kind == "conv2d":
        return L.Conv2D(
            p["filters"],
            p["kernelSize"],
            p["strides"],
            padding=p["padding"],
            activation=p["activation"],
            use_bias=p["useBias"],
        )
    if kind == "maxPooling2d":
        return L.MaxPooling2D(p["poolSize"], p["strides"])
    if kind == "flatten":
        return L.Flatten()
    if kind == "dropout":
        return L.Dropout(p["rate"]) if p["rate"] > 0 else lambda x: x
    if kind == "batchNormalization":
        return L.BatchNormalization(momentum=p["momentum"], epsilon=p["epsilon"])
    if kind == "activation":
        return L.Activation(p["activation"])
    if kind == "globalAveragePooling2d":
        return L.GlobalAveragePooling2D()
    if kind == "globalAveragePooling1d":
        return L.GlobalAveragePooling1D()
    if kind == "embedding":
        return L.Embedding(p["inputDim"], p["outputDim"])
    if kind == "tokenAndPositionEmbedding":
        return tokens_and_positions(p, shape[0])
    if kind == "lstm":
        return L.LSTM(p["units"])
    if kind == "transformerEncoder":
        return transformer(p, shape[1])
    if kind == "output":
        return lambda x: x
    raise ValueError(kind)


def model_of(layers):
    values, entry = {}, None
    for layer in layers:
        inputs = [values[wire["layerId"]] for wire in layer["inputs"]]
        if layer["kind"] == "input":
            shape = layer["parameters"]["shape"]
            # Channels last: TensorFlow's CPU kernels know no other order.
            entry = keras.Input([*shape[1:], shape[0]] if len(shape) == 3 else shape)
            values[layer["id"]] = entry
        elif layer["kind"] == "add":
            values[layer["id"]] = L.Add()(inputs)
        else:
            values[layer["id"]] = layer_of(layer)(inputs[0])
    return keras.Model(entry, values[layers[-1]["id"]])


def prepare(job):
    keras.utils.set_random_seed(1)
    x, y = data_of(job)
    if x.ndim == 4:
        x = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    model = model_of(job["layers"])
    binary = model.output_shape[-1] == 1
    loss = "binary_crossentropy" if binary else "sparse_categorical_crossentropy"
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)
    size = job["batchSize"]
    steps = len(x) // size
    x, y = x[: steps * size], y[: steps * size]

    def epoch():
        history = model.fit(x, y, batch_size=size, epochs=1, shuffle=True, verbose=0)
        return steps, history.history["loss"][0]

    return epoch


serve(f"Keras {keras.__version__} fit (TensorFlow {tf.__version__})", prepare)
