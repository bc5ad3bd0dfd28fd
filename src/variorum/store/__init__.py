"""One SQLite file that keeps articles for good, and what was derived from them for as long as it holds.

Articles are never changed; everything else can be made again from them and bears the version of the method
that made it. The store knows no stage: what an annotation or a story is, it is told.
"""
