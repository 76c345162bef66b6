"""Servers that behave as a test wants, on free ports of this host."""

import concurrent.futures
import pathlib
import subprocess
import tempfile

import grpc

from ppe import error_details_pb2
from ppe.v1 import estimate_pb2, service_pb2_grpc


class Replica(service_pb2_grpc.PowerPerformanceEvaluationServiceServicer):
    """Answers with ``behave(request, context)``, and counts how often it was asked."""

    def __init__(self, behave=None, address="localhost:0"):
        self._behave = behave or (lambda request, context: named(request))
        self.asked = 0
        self.metadata = {}
        self._server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
        service_pb2_grpc.add_PowerPerformanceEvaluationServiceServicer_to_server(self, self._server)
        self.address = f"localhost:{self._server.add_insecure_port(address)}"
        self._server.start()

    def Estimate(self, request, context):
        self.asked += 1
        self.metadata = dict(context.invocation_metadata())
        return self._behave(request, context)

    def close(self):
        self._server.stop(None).wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class OtherProgram:
    """A gRPC server that does not know the service."""

    def __init__(self, credentials=None):
        self._server = grpc.server(concurrent.futures.ThreadPoolExecutor(2))
        port = (
            self._server.add_secure_port("localhost:0", credentials)
            if credentials
            else self._server.add_insecure_port("localhost:0")
        )
        self.address = f"localhost:{port}"
        self._server.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.stop(None).wait()


class Certificate:
    """One for localhost, of no authority; made by openssl."""

    def __enter__(self):
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = pathlib.Path(folder, "key.pem"), pathlib.Path(folder, "cert.pem")
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
                + ["-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
                check=True,
                capture_output=True,
            )
            self.credentials = grpc.ssl_server_credentials([(key.read_bytes(), certificate.read_bytes())])
        return self

    def __exit__(self, *_):
        pass


def named(request):
    """An answer that says which request it is for."""
    return estimate_pb2.EstimateResponse(model_name=request.model_name, cycles=42)


def overloaded(context, delay_millis):
    """Ends the call as a replica does that has too much to do."""
    info = error_details_pb2.RetryInfo()
    info.retry_delay.FromMilliseconds(delay_millis)
    status = error_details_pb2.Status(code=8, message="busy")
    status.details.add(type_url="type.googleapis.com/google.rpc.RetryInfo", value=info.SerializeToString())
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "busy")
