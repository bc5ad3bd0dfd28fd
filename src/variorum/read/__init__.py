"""Reading: whatever a user gives becomes articles, or a clear word on why not."""

from typing import TYPE_CHECKING, Any

from variorum.read.options import ReadOptions
from variorum.read.report import Notice

if TYPE_CHECKING:
    from variorum.read.cascade import read, read_all

__all__ = ["Notice", "ReadOptions", "read", "read_all"]


def __getattr__(name: str) -> Any:
    """The two verbs bring every format with them: they are loaded when they are asked for."""
    if name in ("read", "read_all"):
        from variorum.read import cascade

        return getattr(cascade, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
