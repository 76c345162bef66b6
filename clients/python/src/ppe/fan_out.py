"""Many requests at a time, answers in order, and no input without an outcome."""

import collections
import concurrent.futures
import dataclasses
import typing

from ppe.errors import PpeError


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one input: exactly one of ``answer`` and ``error`` is there."""

    index: int
    model: typing.Any
    answer: typing.Any = None
    error: typing.Optional[PpeError] = None

    @property
    def ok(self):
        return self.error is None


def in_order(estimate, inputs, limit):
    """Yields an Outcome for each of the inputs, of which at most ``limit`` are under way."""
    if limit < 1:
        raise PpeError("INVALID_ARGUMENT", f"in_flight is {limit}, must be at least 1")
    return _outcomes(estimate, inputs, limit)


def _outcomes(estimate, inputs, limit):
    waiting = collections.deque()
    with concurrent.futures.ThreadPoolExecutor(limit, "ppe") as threads:
        try:
            for index, model in enumerate(inputs):
                if len(waiting) >= limit:
                    yield waiting.popleft().result()
                waiting.append(threads.submit(_outcome, estimate, index, model))
            while waiting:
                yield waiting.popleft().result()
        finally:  # whoever stops reading stops asking
            for future in waiting:
                future.cancel()


def _outcome(estimate, index, model):
    try:
        return Outcome(index, model, answer=estimate(model))
    except PpeError as error:
        return Outcome(index, model, error=error)
