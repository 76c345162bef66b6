"""What goes wrong with a request, in one type."""

import re

import grpc

from ppe import error_details_pb2

_RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
_DETAILS = "grpc-status-details-bin"

# What servers that have not got a method say of it, and what gRPC makes of HTTP's 404.
_UNOFFERED = re.compile(
    r"method not found|unknown (service|method)|status: 404|code 404"
    r"|does not implement the method|(service|method) is unimplemented",
    re.I,
)


class PpeError(Exception):
    """One request that has no answer.

    ``code`` is gRPC's canonical code by name, such as ``"INVALID_ARGUMENT"``; the text is one
    line for people.
    """

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def is_lost_replica(error):
    """Whether the replica went away: another one may answer the same request.

    A server that stops resets its calls, which arrive as cancelled though nobody here did.
    """
    return error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)


def is_unoffered(error):
    """Whether the server has not got the method: another program's, or of another version."""
    unimplemented = error.code() == grpc.StatusCode.UNIMPLEMENTED
    return unimplemented and _UNOFFERED.search(error.details() or "") is not None


def retry_delay(error):
    """Seconds after which an overloaded replica wants to be asked again; None if it is no use."""
    for key, value in error.trailing_metadata() or ():
        if key == _DETAILS:
            return _delay_in(value)
    return None


def _delay_in(details):
    status = error_details_pb2.Status()
    try:
        status.ParseFromString(details)
        for detail in status.details:
            if detail.type_url == _RETRY_INFO:
                info = error_details_pb2.RetryInfo.FromString(detail.value)
                return max(0.001, info.retry_delay.ToTimedelta().total_seconds())
    except Exception:  # no hint that can be read is no hint
        return None
    return None
