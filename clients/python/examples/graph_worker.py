"""A search worker that builds its candidates as graphs: no model files, no weights.

Chains of inverted bottlenecks whose expansion and kernel are drawn at random; prints the fastest.

    python graph_worker.py --target localhost:50051 --candidates 100 --seed 1
"""

import argparse
import random

import ppe
from ppe.v1 import data_type_pb2, graph_pb2, operator_pb2


class GraphBuilder:
    """Adds int8 layers to a ppe.v1.Graph, tensor by tensor, NHWC."""

    def __init__(self, name, height, width, channels):
        self.graph = graph_pb2.Graph(name=name)
        self.output = self._activation(height, width, channels)
        self.graph.inputs.append(self.output)

    def convolution(self, filters, kernel=1, stride=1, activation=operator_pb2.ACTIVATION_RELU):
        height, width, channels = self._shape()
        node = self._node(
            (filters, kernel, kernel, channels), filters, height, width, filters, stride
        )
        node.conv2d.window.CopyFrom(_window(kernel, stride))
        node.conv2d.activation = activation
        return self

    def depthwise(self, kernel, stride=1):
        height, width, channels = self._shape()
        node = self._node(
            (1, kernel, kernel, channels), channels, height, width, channels, stride
        )
        node.depthwise_conv2d.window.CopyFrom(_window(kernel, stride))
        node.depthwise_conv2d.activation = operator_pb2.ACTIVATION_RELU
        return self

    def inverted_bottleneck(self, filters, expansion, kernel, stride=1):
        channels = self._shape()[2]
        self.convolution(expansion * channels)
        self.depthwise(kernel, stride)
        return self.convolution(filters, activation=operator_pb2.ACTIVATION_NONE)

    def build(self):
        self.graph.outputs.append(self.output)
        return self.graph

    def _shape(self):
        return tuple(self.graph.tensors[self.output].shape)[1:]

    def _node(self, weights, biases, height, width, channels, stride):
        operands = [self.output, self._parameter(weights), self._bias(biases)]
        self.output = self._activation(-(-height // stride), -(-width // stride), channels)
        return self.graph.nodes.add(
            name=f"node{len(self.graph.nodes)}", inputs=operands, outputs=[self.output]
        )

    def _activation(self, height, width, channels):
        return self._tensor((1, height, width, channels), data_type_pb2.DATA_TYPE_INT8)

    def _parameter(self, shape):
        index = self._tensor(shape, data_type_pb2.DATA_TYPE_INT8)
        self.graph.tensors[index].role = graph_pb2.TENSOR_ROLE_PARAMETER
        return index

    def _bias(self, length):
        index = self._tensor((length,), data_type_pb2.DATA_TYPE_INT32)
        self.graph.tensors[index].role = graph_pb2.TENSOR_ROLE_PARAMETER
        return index

    def _tensor(self, shape, data_type):
        self.graph.tensors.add(shape=shape, type=data_type).per_tensor.scale = 1.0
        return len(self.graph.tensors) - 1


def _window(kernel, stride):
    return operator_pb2.Window(
        kernel_height=kernel,
        kernel_width=kernel,
        stride_height=stride,
        stride_width=stride,
        padding=operator_pb2.Padding(same=True),
    )


def candidate(random_numbers, number):
    """One network of six blocks; the same numbers give the same network."""
    builder = GraphBuilder(f"candidate-{number}", 112, 112, 3).convolution(16, 3, 2)
    for filters, stride in ((24, 2), (24, 1), (48, 2), (48, 1), (96, 2), (96, 1)):
        expansion = random_numbers.choice((3, 4, 6))
        kernel = random_numbers.choice((3, 5))
        builder.inverted_bottleneck(filters, expansion, kernel, stride)
    return builder.build()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", default="localhost:50051")
    parser.add_argument("--accelerator", default="")
    parser.add_argument("--candidates", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random_numbers = random.Random(args.seed)
    candidates = (candidate(random_numbers, number) for number in range(args.candidates))
    with ppe.Client(args.target) as client:
        outcomes = list(client.estimate_all(candidates, accelerator=args.accelerator))
    answers = [outcome.answer for outcome in outcomes if outcome.ok]
    print(f"{len(answers)} of {len(outcomes)} candidates have an answer")
    if answers:
        best = min(answers, key=lambda answer: answer.latency_us)
        print(f"fastest: {best.model_name}, {best.latency_us:.1f} us, {best.energy_uj:.1f} uJ")


if __name__ == "__main__":
    main()
