"""The one thread by which a database is asked, in the order of what it is asked."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Does one task after the other."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._failed: Exception | None = None

    def later(self, task: Callable[[], T]) -> "Future[T]":
        """Work that is done after all before it; of a failure whoever waits next is told, and nothing follows it."""

        def turn() -> T:
            if self._failed is not None:
                raise self._failed
            try:
                return task()
            except Exception as problem:
                self._failed = problem
                raise

        return self._thread.submit(turn)

    def now(self, task: Callable[[], T]) -> T:
        """What comes of a task."""
        return self.later(task).result()

    def end(self) -> None:
        """Do nothing more."""
        self._thread.shutdown(cancel_futures=True)
