"""What may stand for a network: a file, its bytes, or a message of the contract."""

import os
import pathlib

from google.protobuf import json_format

from ppe.errors import PpeError
from ppe.v1 import estimate_pb2, graph_pb2

_FORMATS = ("tflite", "onnx", "graph", "json")
_SUFFIXES = {".tflite": "tflite", ".onnx": "onnx", ".json": "json", ".pb": "graph", ".binpb": "graph"}


def request(
    model,
    accelerator="",
    *,
    format=None,
    name="",
    fidelity="cycle",
    precision="stored",
    detail="summary",
    **fields,
):
    """An EstimateRequest.

    ``model`` is a path (``.tflite``, ``.onnx``, a ``Graph`` as ``.json`` or ``.pb``), the bytes of
    a file, a ``Graph`` message, or a whole ``EstimateRequest``, which is sent as it is.
    ``accelerator`` is a name or an ``Accelerator`` message. ``fields`` are others of
    EstimateRequest: ``batch=4``.
    """
    if isinstance(model, estimate_pb2.EstimateRequest):
        return model
    try:
        return _request(model, accelerator, format, name, fidelity, precision, detail, fields)
    except (AttributeError, TypeError, ValueError) as error:  # fields that are not there, or not so
        raise PpeError("INVALID_ARGUMENT", " ".join(str(error).split())) from error


def _request(model, accelerator, format, name, fidelity, precision, detail, fields):
    message = estimate_pb2.EstimateRequest(
        model_name=name,
        fidelity=_choice(estimate_pb2.Fidelity, "fidelity", fidelity),
        precision=_choice(estimate_pb2.Precision, "precision", precision),
        detail=_choice(estimate_pb2.Detail, "detail", detail),
        **fields,
    )
    if isinstance(accelerator, str):
        message.accelerator_name = accelerator
    else:
        message.accelerator_spec.CopyFrom(accelerator)
    _put(message, model, format)
    return message


def _choice(enum, field, word):
    name = f"{field}_{word}".upper()
    if name not in enum.keys():
        prefix = len(field) + 1
        known = ", ".join(key[prefix:].lower() for key in enum.keys() if enum.Value(key) != 0)
        raise PpeError("INVALID_ARGUMENT", f"{field} {word!r} is none of {known}")
    return enum.Value(name)


def _put(message, model, format):
    if isinstance(model, graph_pb2.Graph):
        message.graph.CopyFrom(model)
    elif isinstance(model, (bytes, bytearray, memoryview)):
        data = bytes(model)
        _put_bytes(message, data, format or _sniff(data), "the model's bytes")
    elif isinstance(model, (str, os.PathLike)):
        path = pathlib.Path(model)
        if not message.model_name:
            message.model_name = path.stem
        data = _read(path)
        _put_bytes(message, data, format or _SUFFIXES.get(path.suffix) or _sniff(data), str(path))
    else:
        raise PpeError(
            "INVALID_ARGUMENT",
            f"a model is a path, bytes, a Graph or an EstimateRequest, not {type(model).__name__}",
        )


def _read(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise PpeError("INVALID_ARGUMENT", f"cannot read {path}: {error.strerror}") from error


def _sniff(data):
    """A TensorFlow Lite file says what it is at byte 4; ONNX files have no such mark."""
    return "tflite" if data[4:8] == b"TFL3" else "onnx"


def _put_bytes(message, data, format, source):
    if format == "tflite":
        message.tflite = data
    elif format == "onnx":
        message.onnx = data
    elif format in ("graph", "json"):
        try:
            if format == "json":
                json_format.Parse(data, message.graph)
            else:
                message.graph.ParseFromString(data)
        except Exception as error:
            raise PpeError("INVALID_ARGUMENT", f"{source}: no ppe.v1.Graph: {error}") from error
    else:
        known = ", ".join(_FORMATS)
        raise PpeError("INVALID_ARGUMENT", f"format {format!r} is none of {known}")
