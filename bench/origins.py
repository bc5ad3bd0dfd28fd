"""Origins of written rows: which party each statement goes back to, and how many are independent.

    python bench/origins.py [--data FOLDER]

tests/cases/origins.jsonl holds invented accounts; nothing outside of this repository is read. The cases of
the split `tune` were looked at while the method was made, those of `held` and `fresh` were written before it
and looked at after the figure that docs/origins.md tells was taken.
"""

from __future__ import annotations

import sys
from collections import Counter

from report import ROOT, data_folder, machine, section

from variorum.annotate.pipeline import annotate

sys.path.insert(0, str(ROOT / "tests" / "compare"))
from origin_cases import load, names_of, right, trace


def main() -> None:
    data_folder(__doc__ or "")
    all_of: Counter[str] = Counter()
    named: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for case in load():
        found, row = trace(case, [annotate(a) for a in case.accounts])
        names = names_of(found, row)
        for group in (case.category, "all"):
            all_of[group] += 1
            named[group] += right(case, names)
            counted[group] += len(names) == case.independent_origins
    rows = [(g, n, named[g] / n, counted[g] / n) for g, n in all_of.items() if g != "all"]
    rows.append(("all", all_of["all"], named["all"] / all_of["all"], counted["all"] / all_of["all"]))
    claim = f"Rows of invented accounts, tests/cases/origins.jsonl; {machine()}."
    print(section("Origins", claim, ("category", "rows", "origins right", "count right"), rows))


if __name__ == "__main__":
    main()
