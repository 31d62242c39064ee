"""Runs the teacher's ONNX graph with PyTorch, for GPUs: onnxruntime's builds for them are large and rarely at hand.

Covers the operators of teacher_graph.py's result. Floating-point tensors live on the device; integers (shapes, indices) stay on the CPU,
where they decide sizes.
"""
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper

CAST = {onnx.TensorProto.FLOAT: torch.float32, onnx.TensorProto.INT64: torch.int64, onnx.TensorProto.BOOL: torch.bool}


def ints(x):
    return [int(v) for v in x.reshape(-1).tolist()]


def same_place(*tensors):
    """All on the device if any is."""
    device = next((t.device for t in tensors if t.device.type != "cpu"), torch.device("cpu"))
    return [t.to(device) for t in tensors]


def pairwise(f):
    def run(_, x, y):
        return f(*same_place(x, y))
    return run


def gather(a, x, index):
    axis = a["axis"] % x.dim()
    index = index.to(x.device)
    index = torch.where(index < 0, index + x.shape[axis], index)
    return torch.index_select(x, axis, index.reshape(-1)).reshape(x.shape[:axis] + index.shape + x.shape[axis + 1:])


def slice_(a, x, starts, ends, axes=None, steps=None):
    axes = ints(axes) if axes is not None else range(len(starts))
    steps = ints(steps) if steps is not None else [1] * len(starts)
    for axis, start, end, step in zip(axes, ints(starts), ints(ends), steps):
        n = x.shape[axis]
        if step < 0:
            order = range(n)[slice(start if start >= -n else None, end if end >= -n else None, step)]
            x = x.index_select(axis, torch.tensor(list(order), device=x.device))
        else:
            x = x[(slice(None),) * (axis % x.dim()) + (slice(start, end, step),)]
    return x


def conv(a, x, w, b=None):
    pads, n = a.get("pads", [0] * 2 * (w.dim() - 2)), w.dim() - 2
    if pads[:n] != pads[n:]:
        x, pads = F.pad(x, [p for i in reversed(range(n)) for p in (pads[i], pads[n + i])]), [0] * n
    f = (None, F.conv1d, F.conv2d)[n]
    return f(x, w, b, a.get("strides", [1] * n), pads[:n], a.get("dilations", [1] * n), a.get("group", 1))


def conv_transpose(a, x, w, b=None):
    n = w.dim() - 2
    pads = a.get("pads", [0] * 2 * n)
    assert pads[:n] == pads[n:]
    f = (None, F.conv_transpose1d, F.conv_transpose2d)[n]
    return f(x, w, b, a.get("strides", [1] * n), pads[:n], a.get("output_padding", [0] * n), a.get("group", 1),
             a.get("dilations", [1] * n))


def resize(a, x, roi, scales):
    factors = scales.tolist()[2:]
    if a["mode"] == "nearest":
        sizes = [int(n * f) for n, f in zip(x.shape[2:], factors)]
        return F.interpolate(x, size=sizes, mode="nearest")
    return F.interpolate(x, scale_factor=factors, mode="linear", recompute_scale_factor=False)


def skip_layer_norm(a, x, skip, gamma, beta):
    return F.layer_norm(x + skip, gamma.shape, gamma, beta, a["epsilon"])


# The rounding errors of onnxruntime's STFT of the teacher's constant source: where nothing is voiced their phases, which mean
# nothing, are what the network gets to see.
RESIDUE = torch.tensor([[0, 13.4], [0, -15.6], [-2.2, 1.7], [-2.2, -3.5], [4.6, 4.6], [-3.9, -6.3], [8.3, 1.5], [-7.4, 1.6], [0.3, -1.2],
                        [-7.9, 3.4], [0.3, -13.1]]) * 1e-8


def stft(_, x, step, window, length):
    """[B, S] or [B, S, 1] -> [B, frames, bins, 2], of the teacher's source."""
    x = x[..., 0] if x.dim() == 3 else x
    n = int(length)
    found = torch.stft(x, n, int(step), n, window, center=False, return_complex=True)
    return torch.view_as_real(found.transpose(1, 2)) + RESIDUE.to(x.device)


def scatter_nd(a, x, index, updates):
    out = x.clone()
    out[tuple(index.to(x.device).unbind(-1))] = updates
    return out


def reduce(f):
    def run(a, x, axes=None):
        return f(x, ints(axes) if axes is not None else list(range(x.dim())), bool(a.get("keepdims", 1)))
    return run


def fused_matmul(a, x, y):
    x = x.transpose(-1, -2) if a["transA"] else x
    y = y.transpose(-1, -2) if a["transB"] else y
    return a["alpha"] * (x @ y)


def reshape(a, x, shape):
    sizes = ints(shape)
    return x.reshape([x.shape[i] if s == 0 else s for i, s in enumerate(sizes)])


def unsqueeze(a, x, axes):
    axes = ints(axes)
    rank = x.dim() + len(axes)
    for axis in sorted(i % rank for i in axes):
        x = x.unsqueeze(axis)
    return x


def pad(a, x, pads):
    pads, n = ints(pads), x.dim()
    used = [i for i in range(n) if pads[i] or pads[n + i]]
    assert used == [n - 1] and a["mode"] == "reflect"
    shape = x.shape
    return F.pad(x.reshape(1, -1, shape[-1]), (pads[n - 1], pads[2 * n - 1]), "reflect").reshape(*shape[:-1], -1)


def where(a, c, x, y):
    return torch.where(*same_place(c, x, y))


OPERATORS = {
    "Add": pairwise(torch.add), "Sub": pairwise(torch.sub), "Mul": pairwise(torch.mul), "MatMul": pairwise(torch.matmul),
    "Div": pairwise(lambda x, y: x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc")),
    "Pow": pairwise(torch.pow), "Equal": pairwise(torch.eq), "Less": pairwise(torch.lt), "Greater": pairwise(torch.gt),
    "GreaterOrEqual": pairwise(torch.ge), "And": pairwise(torch.logical_and), "Where": where,
    "Sqrt": lambda a, x: x.sqrt(), "Sin": lambda a, x: x.sin(), "Cos": lambda a, x: x.cos(), "Exp": lambda a, x: x.exp(),
    "Tanh": lambda a, x: x.tanh(), "Atan": lambda a, x: x.atan(), "Sigmoid": lambda a, x: x.sigmoid(), "Floor": lambda a, x: x.floor(),
    "Round": lambda a, x: x.round(), "Identity": lambda a, x: x, "LeakyRelu": lambda a, x: F.leaky_relu(x, a["alpha"]),
    "FastGelu": lambda a, x, bias: F.gelu(x + bias, approximate="tanh"), "Softmax": lambda a, x: x.softmax(a["axis"]),
    "Clip": lambda a, x, low=None, high=None: x.clamp(None if low is None else float(low), None if high is None else float(high)),
    "Shape": lambda a, x: torch.tensor(x.shape), "Gather": gather, "Unsqueeze": unsqueeze, "Slice": slice_, "Reshape": reshape,
    "Squeeze": lambda a, x, axes: x.squeeze(ints(axes)), "Transpose": lambda a, x: x.permute(a["perm"]),
    "Concat": lambda a, *x: torch.cat(same_place(*x), a["axis"]), "Expand": lambda a, x, s: x * torch.ones(ints(s), dtype=x.dtype, device=x.device),
    "Split": lambda a, x, sizes: x.split(ints(sizes), a["axis"]),
    "ConstantOfShape": lambda a, s: torch.full(ints(s), a["value"].item(), dtype=a["value"].dtype),
    "Range": lambda a, start, stop, step: torch.arange(int(start), int(stop), int(step)),
    "CumSum": lambda a, x, axis: x.cumsum(int(axis)), "Cast": lambda a, x: x.to(CAST[a["to"]]) if CAST[a["to"]].is_floating_point else x.to(CAST[a["to"]]).cpu(), "NonZero": lambda a, x: x.nonzero().T,
    "ReduceMean": reduce(torch.mean), "ReduceSum": reduce(torch.sum), "Resize": resize, "Conv": conv, "ConvTranspose": conv_transpose,
    "LayerNormalization": lambda a, x, w, b: F.layer_norm(x, w.shape, w, b, a["epsilon"]), "SkipLayerNormalization": skip_layer_norm,
    "FusedMatMul": fused_matmul, "STFT": stft, "ScatterND": scatter_nd, "Pad": pad,
    "DequantizeLinear": lambda a, x, scale, zero: (x.float() - zero.float()).to(scale.device) * scale,
}


def attributes(node):
    found = {}
    for attribute in node.attribute:
        v = helper.get_attribute_value(attribute)
        v = v.decode() if isinstance(v, bytes) else torch.from_numpy(numpy_helper.to_array(v).copy()) if isinstance(v, onnx.TensorProto) else v
        found[attribute.name] = list(v) if hasattr(v, "__len__") and not isinstance(v, (str, torch.Tensor)) else v
    return found


class Lstm:
    """ONNX keeps gates in the order i, o, f, c; torch in i, f, g, o. Start states are zero."""

    def __init__(self, node, values, device):
        w, r, b = (values[node.input[i]] for i in (1, 2, 3))
        hidden = r.shape[2]
        self.net = torch.nn.LSTM(w.shape[2], hidden, bidirectional=True).to(device).requires_grad_(False)
        turn = lambda m: torch.cat([m[i * hidden:(i + 1) * hidden] for i in (0, 2, 3, 1)])
        for side, end in enumerate(("", "_reverse")):
            for name, m in (("weight_ih", w[side]), ("weight_hh", r[side]), ("bias_ih", b[side, :4 * hidden]), ("bias_hh", b[side, 4 * hidden:])):
                getattr(self.net, f"{name}_l0{end}").data.copy_(turn(m))

    def __call__(self, a, x, *_):
        y = self.net(x)[0]
        return y.unflatten(2, (2, -1)).transpose(1, 2), None, None


class Graph:
    """A network on `device`; `run` has onnxruntime's manners."""

    def __init__(self, graph, device):
        self.device = torch.device(device)
        self.values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        self.values = {k: v.to(self.device) if v.is_floating_point() else v for k, v in self.values.items()}
        self.steps, last = [], {}
        for node in graph.node:
            run = Lstm(node, self.values, self.device) if node.op_type == "LSTM" else OPERATORS[node.op_type]
            self.steps.append([run, attributes(node), list(node.input), list(node.output), []])
            last.update((name, self.steps[-1]) for name in node.input if name not in self.values)
        outputs = {o.name for o in graph.output}
        for name, step in last.items():
            if name not in outputs:
                step[4].append(name)  # not needed afterwards

    @torch.inference_mode()
    def run(self, outputs, feed):
        """feed: name -> numpy array; -> numpy arrays."""
        live = {k: torch.from_numpy(v) for k, v in feed.items()}
        live = {k: v.to(self.device) if v.is_floating_point() else v for k, v in live.items()}
        for run, a, inputs, names, over in self.steps:
            found = run(a, *(None if n == "" else live[n] if n in live else self.values[n] for n in inputs))
            found = found if isinstance(found, tuple) else (found,)
            live.update((n, v) for n, v in zip(names, found) if v is not None)
            for name in over:
                live.pop(name, None)
        return [live[name].cpu().numpy() for name in outputs]


def compare(path, feed, device="cpu"):
    """Largest difference from onnxruntime an output."""
    import onnxruntime
    names = ["durations", "f0", "energy", "audio"]
    ours, theirs = Graph(onnx.load(path).graph, device).run(names, feed), onnxruntime.InferenceSession(path).run(names, feed)
    return {n: float(np.abs(a - b).max()) if a.shape == b.shape else (a.shape, b.shape) for n, a, b in zip(names, ours, theirs)}
