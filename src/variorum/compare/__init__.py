"""Lays the annotations of one story side by side."""
