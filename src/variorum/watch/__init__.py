"""Watching feeds: asked again and again, politely, and what is new goes into a library."""

from variorum.watch.watcher import Watcher, WatchOptions

__all__ = ["WatchOptions", "Watcher"]
