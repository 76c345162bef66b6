"""Where the replicas are, and which one is asked next."""

import dataclasses
import itertools
import re
import threading
import time
import typing

import grpc

from ppe.errors import PpeError
from ppe.v1 import service_pb2_grpc

_OPTIONS = [
    ("grpc.max_receive_message_length", 64 << 20),
    ("grpc.max_send_message_length", 65 << 20),
    ("grpc.lb_policy_name", "round_robin"),  # a name may stand for many addresses
    ("grpc.keepalive_time_ms", 60_000),
    # How long gRPC waits before it connects again to a replica that was gone.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
]

_ADDRESS = re.compile(r"(dns:///)?[^\s/,]+:[0-9]{1,5}")

# A replica that was lost is left alone for a moment, while others answer.
_PAUSE_SECONDS = 1.0


@dataclasses.dataclass(frozen=True)
class Tls:
    """Encrypts: PEM files of the authority, and of this client's own certificate and key."""

    ca: typing.Optional[str] = None
    cert: typing.Optional[str] = None
    key: typing.Optional[str] = None

    def credentials(self):
        return grpc.ssl_channel_credentials(_pem(self.ca), _pem(self.key), _pem(self.cert))


def _pem(path):
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise PpeError("INVALID_ARGUMENT", f"cannot read {path}: {error.strerror}") from error


class Replica:
    """One target, ``host:port`` or ``dns:///name:port``, and its connection."""

    def __init__(self, address, tls):
        self.address = address
        self.lost_at = -_PAUSE_SECONDS
        if tls is None:
            self._channel = grpc.insecure_channel(address, options=_OPTIONS)
        else:
            self._channel = grpc.secure_channel(address, tls.credentials(), options=_OPTIONS)
        self.service = service_pb2_grpc.PowerPerformanceEvaluationServiceStub(self._channel)

    def lost(self):
        self.lost_at = time.monotonic()

    def is_resting(self):
        return time.monotonic() - self.lost_at < _PAUSE_SECONDS

    def close(self):
        self._channel.close()


class Replicas:
    """Takes replicas in turn, those first that were not lost a moment ago."""

    def __init__(self, targets, tls=None):
        self._replicas = [Replica(address, tls) for address in _addresses(targets)]
        self._turn = itertools.count()
        self._lock = threading.Lock()

    def next(self):
        with self._lock:
            start = next(self._turn)
        count = len(self._replicas)
        for offset in range(count):
            replica = self._replicas[(start + offset) % count]
            if not replica.is_resting():
                return replica
        return self._replicas[start % count]

    def close(self):
        for replica in self._replicas:
            replica.close()

    def __len__(self):
        return len(self._replicas)

    def __str__(self):
        return ",".join(replica.address for replica in self._replicas)


def _addresses(targets):
    words = targets.split(",") if isinstance(targets, str) else targets
    addresses = [word.strip() for word in words]
    if not addresses:
        raise PpeError("INVALID_ARGUMENT", "no target")
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise PpeError(
                "INVALID_ARGUMENT",
                f"target {address!r} is neither host:port nor dns:///name:port",
            )
    return addresses
