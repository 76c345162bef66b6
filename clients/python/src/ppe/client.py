"""One call, many replicas."""

import threading
import time

import grpc

from ppe import fan_out, models, unreachable
from ppe.errors import PpeError, is_lost_replica, is_unoffered, retry_delay
from ppe.replicas import Replicas
from ppe.v1 import service_pb2

DEFAULT_TARGET = "localhost:50051"

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 1.0

# Rounds over all replicas before nobody is said to answer, unless one answered lately: all are
# away for a moment then, such as while they are restarted.
_ROUNDS = 4
_LATELY_SECONDS = 10.0


class Client:
    """Asks replicas in turn. Safe for use by many threads.

    Whatever goes wrong with a request is a PpeError, also with one that nobody was asked. Estimates have no side effects, so asking
    twice does no harm, and within the deadline these cost no request:

    - a replica that goes away, or does not know the service: the others are asked. Where none
      answers, all are asked four times, or on and on while one has answered in the last ten
      seconds;
    - one that is overloaded: it is asked again after the pause that it wants.
    """

    def __init__(self, targets=DEFAULT_TARGET, *, deadline=60.0, tls=None, token=None):
        """
        :param targets: ``"host:port"``, several with commas between or as a list, or
            ``"dns:///name:port"``; the port is 50051 where none is said
        :param deadline: seconds that one answer may take, further attempts included
        :param tls: a Tls; without one nothing is encrypted
        :param token: sent along as ``authorization: Bearer TOKEN``
        """
        self._replicas = Replicas(targets, tls)
        self._deadline = deadline
        self._answered_at = float("-inf")
        self._closed = threading.Event()
        self._metadata = [("authorization", f"Bearer {token}")] if token else []

    def estimate(self, model, accelerator="", **fields):
        """The EstimateResponse for one model; see models.request for what may be given."""
        return self.ask(models.request(model, accelerator, **fields))

    def estimate_all(self, inputs, accelerator="", *, in_flight=None, **fields):
        """Outcomes in the order of the inputs, which are read as they are needed.

        :param inputs: any iterable of models, of any length; what reading it raises is raised
        :param in_flight: most requests at a time; unless said 8 for each replica, where a name
            counts as many as it has addresses at the moment

        Whoever stops reading asks no more. What is under way then goes on until it is answered,
        or the client is closed.
        """
        limit = 8 * self._replicas.width() if in_flight is None else in_flight
        return fan_out.in_order(
            lambda model: self.estimate(model, accelerator, **fields), inputs, limit
        )

    def ask(self, request):
        """The EstimateResponse for an EstimateRequest."""
        return self._call(lambda service: service.Estimate, request)

    def accelerators(self):
        """The Accelerator messages that requests may name."""
        request = service_pb2.ListAcceleratorsRequest()
        return list(self._call(lambda service: service.ListAccelerators, request).accelerators)

    def accelerator(self, name=""):
        """One of them; the default one for an empty name."""
        request = service_pb2.GetAcceleratorRequest(name=name)
        return self._call(lambda service: service.GetAccelerator, request).accelerator

    def close(self):
        """Ends the client; what is under way is given up."""
        self._closed.set()
        self._replicas.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _call(self, method, request):
        end = time.monotonic() + self._deadline
        losses, unoffered, tried, unfit = 0, 0, set(), set()
        while True:
            if self._closed.is_set():
                raise _closed()
            replica = self._replicas.next(tried)
            try:
                left = max(0.001, end - time.monotonic())
                answer = method(replica.service)(request, timeout=left, metadata=self._metadata)
                self._answered_at = time.monotonic()
                return answer
            except ValueError as error:
                if self._closed.is_set():
                    raise _closed() from error  # just now
                raise PpeError("INVALID_ARGUMENT", _line(error)) from error
            except grpc.RpcError as error:
                if is_lost_replica(error):
                    replica.lost()
                    unfit.discard(replica)
                elif is_unoffered(error):
                    unoffered += 1  # of a name, by one of its addresses: the next has its turn
                    if replica.width() == 1 or unoffered >= self._replicas.width():
                        replica.unfit()
                        unfit.add(replica)
                if is_lost_replica(error) or is_unoffered(error):
                    losses += 1
                    tried.add(replica)
                    pause = None if len(unfit) == len(self._replicas) else self._pause(losses)
                    if len(tried) == len(self._replicas):
                        tried = set(unfit) # the next round
                else:
                    pause = retry_delay(error)
                if pause is None or time.monotonic() + pause >= end:
                    raise self._failure(replica, error) from error
                self._closed.wait(pause)

    def _pause(self, losses):
        """Seconds before the next attempt: none while there are replicas not yet asked."""
        round_number, rest = divmod(losses, len(self._replicas))
        lately = time.monotonic() - self._answered_at < _LATELY_SECONDS
        if round_number >= _ROUNDS and not lately:
            return None
        if rest > 0:
            return 0.0
        doubled = _FIRST_PAUSE_SECONDS * 2 ** min(round_number - 1, 10)
        return min(_LONGEST_PAUSE_SECONDS, doubled)

    def _failure(self, replica, error):
        if self._closed.is_set():
            return _closed()
        code, text = error.code().name, error.details() or ""
        if is_lost_replica(error):
            text = unreachable.reason(replica, text)
            return PpeError("UNAVAILABLE", f"no replica answers at {self._replicas}: {text}")
        if code == "DEADLINE_EXCEEDED":
            return PpeError(code, f"no answer within {self._deadline:g} s from {self._replicas}")
        if code == "UNAUTHENTICATED":
            return PpeError(code, f"{self._replicas} asks for who you are: {text}; give a token")
        if is_unoffered(error):
            where = f"{self._replicas} does not offer this: {text}"
            return PpeError(code, f"{where}; another program listens there, or another version")
        return PpeError(code, text)


def _closed():
    return PpeError("CANCELLED", "the client is closed")


def _line(error):
    return " ".join(str(error).split())


def estimate(model, accelerator="", *, target=DEFAULT_TARGET, deadline=60.0, **fields):
    """The EstimateResponse for one model, over a connection of its own."""
    with Client(target, deadline=deadline) as client:
        return client.estimate(model, accelerator, **fields)
