"""Write the tagger as an ONNX graph: int8 weights, dynamic activations, fused operators of ONNX Runtime.

The graph is laid out by hand rather than traced: it has the fused operators from the start and is the same
file for the same weights. Weights are quantised per output channel, embeddings per row, both symmetric.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from minilm import HEADS, LAYERS
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
MS = "com.microsoft"
EPSILON = 1e-12


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, limit: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.limit = limit
        self.names: set[str] = set()

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """A constant of the graph."""
        self.names.add(name)
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, op: str, inputs: list[str], name: str, domain: str = "", **attributes: object) -> str:
        """A node with one output, named as the node is."""
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, weight: Floats, bias: Floats, exact: bool = False) -> str:
        """`x @ weight.T + bias`; in int8 unless `exact`."""
        b = self.constant(f"{name}.bias", bias.astype(np.float32))
        if exact:
            w = self.constant(f"{name}.weight", weight.T.astype(np.float32))
            return self.add("Add", [self.add("MatMul", [x, w], f"{name}.product"), b], name)
        values, scale = quantise(weight, self.limit)
        w = self.constant(f"{name}.weight", values.T)
        s = self.constant(f"{name}.scale", scale)
        return self.add("DynamicQuantizeMatMul", [x, w, s, "", b], name, MS)

    def table(self, ids: str, name: str, weight: Floats) -> str:
        """Rows of an int8 table, each with its own scale."""
        values, scale = quantise(weight, 127)
        v = self.add("Gather", [self.constant(f"{name}.values", values), ids], f"{name}.rows")
        s = self.add("Gather", [self.constant(f"{name}.scales", scale[:, None]), ids], f"{name}.scale")
        return self.add("Mul", [self.add("Cast", [v], f"{name}.float", to=TensorProto.FLOAT), s], name)

    def norm(self, x: str, skip: str, name: str, weight: Floats, bias: Floats) -> str:
        """Layer normalisation of `x + skip`, written out: fused, it is thrice as slow."""
        if "last axis" not in self.names:
            self.constant("last axis", np.array([-1]))
            self.constant("epsilon", np.array(EPSILON, dtype=np.float32))
        x = self.add("Add", [x, skip], f"{name}.sum")
        mean = self.add("ReduceMean", [x, "last axis"], f"{name}.mean", keepdims=1)
        apart = self.add("Sub", [x, mean], f"{name}.apart")
        square = self.add("Mul", [apart, apart], f"{name}.square")
        variance = self.add("ReduceMean", [square, "last axis"], f"{name}.variance", keepdims=1)
        root = self.add("Sqrt", [self.add("Add", [variance, "epsilon"], f"{name}.above")], f"{name}.root")
        unit = self.add("Div", [apart, root], f"{name}.unit")
        scaled = self.add("Mul", [unit, self.constant(f"{name}.weight", weight)], f"{name}.scaled")
        return self.add("Add", [scaled, self.constant(f"{name}.bias", bias)], name)


def quantise(weight: Floats, limit: int) -> tuple[NDArray[np.int8], Floats]:
    """Symmetric int8 rows in [-limit, limit] and the scale of each row."""
    scale = np.maximum(np.abs(weight).max(axis=1) / limit, 1e-12).astype(np.float32)
    return np.rint(weight / scale[:, None]).clip(-limit, limit).astype(np.int8), scale


def build(w: Mapping[str, Floats], heads: list[str], limit: int = 127, exact: tuple[str, ...] = ()) -> bytes:
    """The serialised graph: inputs `ids` (1, n), `features` (1, n, f); one output a head."""
    g = Graph(limit)
    x = _embed(g, w)
    for i in range(LAYERS):
        p = f"encoder.layers.{i}."

        def lin(x: str, part: str, p: str = p) -> str:
            full = f"{p}{part}"
            return g.linear(x, full, w[f"{full}.weight"], w[f"{full}.bias"], any(e in full for e in exact))

        qkv = lin(x, "qkv")
        g.nodes.append(helper.make_node("Split", [qkv], [f"{p}{n}" for n in "qkv"], axis=-1, num_outputs=3))
        y = g.add("MultiHeadAttention", [f"{p}{n}" for n in "qkv"], f"{p}attention", MS, num_heads=HEADS)
        x = g.norm(lin(y, "out"), x, f"{p}norm1", w[f"{p}norm1.weight"], w[f"{p}norm1.bias"])
        y = g.add("Gelu", [lin(x, "up")], f"{p}gelu", MS)
        x = g.norm(lin(y, "down"), x, f"{p}norm2", w[f"{p}norm2.weight"], w[f"{p}norm2.bias"])
    for head in heads:
        g.linear(x, head, w[f"{head}.weight"], w[f"{head}.bias"], any(e in head for e in exact))
    outputs = [
        helper.make_tensor_value_info(h, TensorProto.FLOAT, ["batch", "n", len(w[f"{h}.bias"])])
        for h in heads
    ]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "n"]),
        helper.make_tensor_value_info("features", TensorProto.INT64, ["batch", "n", "f"]),
    ]
    graph = helper.make_graph(g.nodes, "attribution", inputs, outputs, g.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="variorum")
    return model.SerializeToString(deterministic=True)


def _embed(g: Graph, w: Mapping[str, Floats]) -> str:
    x = g.table("ids", "words", w["encoder.words.weight"])
    n = g.add("Shape", ["ids"], "length", start=1, end=2)
    zero, axis = g.constant("zero", np.array([0])), g.constant("axis", np.array([0]))
    table = g.constant("positions", w["encoder.positions.weight"][:256].astype(np.float32))
    skip = g.add("Slice", [table, zero, n, axis], "place")
    k = 0
    while f"encoder.features.{k}.weight" in w:
        column = g.add("Gather", ["features", g.constant(f"column{k}", np.array(k))], f"feature{k}", axis=2)
        values = g.constant(f"features{k}", w[f"encoder.features.{k}.weight"])
        skip = g.add("Add", [g.add("Gather", [values, column], f"state{k}"), skip], f"sum{k}")
        k += 1
    return g.norm(x, skip, "embedded", w["encoder.norm.weight"], w["encoder.norm.bias"])
