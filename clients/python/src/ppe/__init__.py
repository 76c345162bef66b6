"""Asks replicas of PPE what one inference of a network costs.

    import ppe

    print(ppe.estimate("model.tflite", accelerator="tensor-g1").latency_us)

    with ppe.Client("host-a:50051,host-b:50051") as client:
        for outcome in client.estimate_all(paths, accelerator="coral-usb"):
            print(outcome.index, outcome.answer.cycles if outcome.ok else outcome.error)

Answers are messages of the contract, ``ppe.v1.estimate_pb2.EstimateResponse``.
"""

from ppe.client import Client, estimate
from ppe.errors import PpeError
from ppe.fan_out import Outcome
from ppe.replicas import Tls

__all__ = ["Client", "Outcome", "PpeError", "Tls", "estimate"]
