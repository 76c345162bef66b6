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
    threads = concurrent.futures.ThreadPoolExecutor(limit, "ppe")
    try:
        for index, model in enumerate(inputs):
            if len(waiting) >= limit:
                yield waiting.popleft().result()
            waiting.append(threads.submit(_outcome, estimate, index, model))
        while waiting:
            yield waiting.popleft().result()
    finally:  # whoever stops reading stops asking, and waits for nobody
        threads.shutdown(wait=False, cancel_futures=True)


def _outcome(estimate, index, model):
    try:
        return Outcome(index, model, answer=estimate(model))
    except PpeError as error:
        return Outcome(index, model, error=error)
    except Exception as error:  # a mistake in here, or a model of a kind that nobody thought of
        failure = PpeError("INTERNAL", " ".join(f"{type(error).__name__}: {error}".split()))
        failure.__cause__ = error
        return Outcome(index, model, error=failure)
