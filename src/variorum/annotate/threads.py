"""Threads for the models' runs, which leave Python; what they compute does not depend on their number."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

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
    """Start one call that goes on beside the caller; it may itself use `run_all`."""
    return _outer().submit(function, item)


# Two pools: a call that waits for others must not hold a thread that these need.
@cache
def _inner() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(workers(), thread_name_prefix="variorum-run")


@cache
def _outer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="variorum-beside")


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_inner.cache_clear)
    os.register_at_fork(after_in_child=_outer.cache_clear)
