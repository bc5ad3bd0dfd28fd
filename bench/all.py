"""Runs the benchmarks of `compare` and `annotate` and writes docs/benchmarks.md from what they print.

    python bench/all.py [--data FOLDER]

Those of stories and reuse take much longer and have a page of their own, docs/stories.md; what a library
costs, printed by bench/library.py, stands in docs/library.md.
"""

from __future__ import annotations

import subprocess
import sys

from report import ROOT, data_folder, machine

SCRIPTS = (
    *("speed", "attribution", "cases", "certainty", "times", "places"),
    *("relations", "origins", "framing", "nanco"),
)

PREAMBLE = """# Benchmarks

Written by `python bench/all.py`, every section by a script in `bench/`. Stories and shared text are in
[stories.md](stories.md), the library in [library.md](library.md). Hard cases, speakers and
origins are measured on accounts that we wrote ourselves (`tests/cases/`). All else needs data that is not
part of this repository, because licences differ. The scripts take the folder that holds it (`--data`); the
public originals are:

| data | where |
|---|---|
| PolNeAR 1.0 | networkdynamics/PolNeAR |
| MEANTIME | the NewsReader project |
| TempEval-3 platinum | the TempEval-3 task |
| LGL, GeoWebNews | milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation |
| news_cluster | fhamborg/Giveme5W1H |
| ECB+ (stories) | cltl/ecbPlus |
| NaNCo | salesforce/discord_questions |
| BABE | Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE |

The pairs of accounts behind the relations were annotated for this project by one guide; two independent
annotators agree at alignment F1 .88, verdict .79, contradictions .89 and omissions .93.
"""


def main() -> None:
    data = data_folder(__doc__)
    sections = []
    for script in SCRIPTS:
        print(f"bench/{script}.py", file=sys.stderr)
        command = [sys.executable, str(ROOT / "bench" / f"{script}.py"), "--data", str(data)]
        sections.append(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip())
    page = "\n\n".join([PREAMBLE.strip(), f"Machine and versions: {machine()}.", *sections]) + "\n"
    (ROOT / "docs/benchmarks.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
