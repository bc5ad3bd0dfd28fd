"""Finds what is said in one article: one module a layer, `pipeline` runs them in order."""
