"""The library that `variorum.Library` is: store, reading and stages joined."""

from variorum.library.library import Library

__all__ = ["Library"]
