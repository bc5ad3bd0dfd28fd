"""Finds the dates, times, durations and sets of an article: TIMEX3 by rules over tokens."""

from variorum.annotate.times.engine import find_times

__all__ = ["find_times"]
