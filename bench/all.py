"""Runs the benchmarks of `compare` and `annotate` and writes docs/benchmarks.md from what they print.

    python bench/all.py [--data FOLDER]

Those of stories, reuse and the library take much longer and have pages of their own: docs/stories.md,
docs/library.md.
"""

from __future__ import annotations

import subprocess
import sys

from report import ROOT, data_folder

SCRIPTS = (
    *("speed", "attribution", "cases", "certainty", "times", "places"),
    *("relations", "origins", "framing", "nanco"),
)

PREAMBLE = """# Benchmarks

Written by `python bench/all.py`; stories and shared text are in [stories.md](stories.md), the library in
[library.md](library.md). Each section is printed by one script in `bench/`, which names the machine, the
data and the versions. The labelled data is not part of this repository, because licences differ. The scripts
take the folder that holds it (`--data`); the public originals are:

| data | where |
|---|---|
| PolNeAR 1.0 | networkdynamics/PolNeAR |
| MEANTIME | the NewsReader project |
| TempEval-3 platinum | the TempEval-3 task |
| LGL, GeoWebNews | milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation |
| news_cluster | fhamborg/Giveme5W1H |
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
    (ROOT / "docs/benchmarks.md").write_text("\n\n".join([PREAMBLE.strip(), *sections]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
