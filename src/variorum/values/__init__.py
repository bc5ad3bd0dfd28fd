"""Compares values: numbers as ranges, times at their precision, places by distance.

Pure functions of two values, each symmetric in its relation. Making either value vaguer never turns a
relation into `contradict`.
"""
