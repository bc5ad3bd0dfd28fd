"""Showing what was found: JSON, a terminal view, and a report that is one HTML file."""
