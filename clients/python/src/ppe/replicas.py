"""Where the replicas are, and which one is asked next."""

import dataclasses
import itertools
import re
import socket
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

# An IPv6 address stands in brackets.
_ADDRESS = re.compile(r"((?:dns:///)?(?:\[[0-9a-fA-F:.]+\]|[^\s/,:\[\]]+))(?::([0-9]{1,5}))?")
_DEFAULT_PORT = 50051
_DNS = "dns:///"

# A replica that was lost is left alone for a moment, while others answer; one that does not know
# the service for longer.
_PAUSE_SECONDS = 1.0
_UNFIT_SECONDS = 10.0


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
        self.encrypted = tls is not None
        self._rests_until = float("-inf")
        if tls is None:
            self._channel = grpc.insecure_channel(address, options=_OPTIONS)
        else:
            self._channel = grpc.secure_channel(address, tls.credentials(), options=_OPTIONS)
        self.service = service_pb2_grpc.PowerPerformanceEvaluationServiceStub(self._channel)

    def width(self):
        """How many servers it stands for: of a name, the addresses that it has at the moment."""
        if not self.address.startswith(_DNS):
            return 1
        host, port = self.address[len(_DNS) :].rsplit(":", 1)
        try:
            found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
        except OSError:
            return 1  # and calls tell why
        return len({address for *_, address in found})

    def lost(self):
        self._rests_until = time.monotonic() + _PAUSE_SECONDS

    def unfit(self):
        self._rests_until = time.monotonic() + _UNFIT_SECONDS

    def is_resting(self):
        return time.monotonic() < self._rests_until

    def close(self):
        self._channel.close()


class Replicas:
    """Takes replicas in turn, those first that a call has not tried, and were not lost just now."""

    def __init__(self, targets, tls=None):
        self._replicas = [Replica(address, tls) for address in _addresses(targets)]
        self._turn = itertools.count()
        self._lock = threading.Lock()

    def next(self, tried=frozenset()):
        """The replica to ask; ``tried`` are those that the same request has been to."""
        with self._lock:
            start = next(self._turn)
        count = len(self._replicas)
        in_turn = [self._replicas[(start + offset) % count] for offset in range(count)]
        # sorted() keeps the turn among equals
        return sorted(in_turn, key=lambda one: (one in tried, one.is_resting()))[0]

    def close(self):
        for replica in self._replicas:
            replica.close()

    def width(self):
        """How many servers there are, as far as names tell."""
        return sum(replica.width() for replica in self._replicas)

    def __len__(self):
        return len(self._replicas)

    def __str__(self):
        return ",".join(replica.address for replica in self._replicas)


def _addresses(targets):
    words = targets.split(",") if isinstance(targets, str) else list(targets)
    if not words:
        raise PpeError("INVALID_ARGUMENT", "no target")
    return [_address(word.strip()) for word in words]


def _address(word):
    match = _ADDRESS.fullmatch(word)
    port = int(match[2] or _DEFAULT_PORT) if match else 0
    if not 1 <= port <= 65535:
        raise PpeError(
            "INVALID_ARGUMENT",
            f"target {word!r} is neither host[:port] nor dns:///name[:port]",
        )
    return f"{match[1]}:{port}"
