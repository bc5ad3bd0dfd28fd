"""Threads for the models' runs, which leave Python; nothing computed depends on how many there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

_MOST = 4  # more threads than this wait for memory rather than for cores


def workers() -> int:
    """How many threads to use: the cores, or fewer where `OMP_NUM_THREADS` asks for it."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    cores = os.cpu_count() or 1
    return max(1, min(_MOST, cores, int(asked) if asked.isdigit() else cores))


def run_all(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The function's results in the order of the items."""
    if workers() == 1:
        return [function(item) for item in items]
    return list(_inner().map(function, items))


def run_beside(function: Callable[[T], R], item: T) -> Future[R]:
    """Start one call that goes on beside the caller, or make it at once where one thread is all there is.

    The call may itself use `run_all`.
    """
    if workers() > 1:
        return _outer().submit(function, item)
    from concurrent.futures import Future

    done: Future[R] = Future()
    done.set_result(function(item))
    return done


@cache
def use_one_blas_thread() -> None:
    """Compute matrix products on one thread from now on, in this process.

    Ours are small: more threads make them slower, and their sums would differ with the number of cores. The
    limit stays, because to lift it after each article costs more than it saves.
    """
    import numpy  # noqa: F401  (its library must be there to be limited)
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


# Two pools: a call that waits for others must not hold a thread that these need.
@cache
def _inner() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(workers(), thread_name_prefix="variorum-run")


@cache
def _outer() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix="variorum-beside")


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_inner.cache_clear)
    os.register_at_fork(after_in_child=_outer.cache_clear)
