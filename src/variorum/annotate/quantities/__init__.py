"""Finds the amounts of an article as ranges with unit and what is counted."""

from variorum.annotate.quantities.engine import find_quantities

__all__ = ["find_quantities"]
