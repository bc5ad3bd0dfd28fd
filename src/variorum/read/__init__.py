"""Reading: whatever a user gives becomes articles, or a clear word on why not."""

from variorum.read.cascade import read, read_all
from variorum.read.options import ReadOptions
from variorum.read.report import Notice

__all__ = ["Notice", "ReadOptions", "read", "read_all"]
