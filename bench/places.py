"""How well and how fast places are found and resolved.

    python bench/places.py [--data FOLDER]

On FOLDER/data/places/lgl.jsonl (Local-Global Lexicon: local news) and geowebnews.jsonl (GeoWebNews; the
toponyms with coordinates, literal and associative). Both are what train/train_places.py fits on: its
held-out figures, not these, say what to expect of other outlets. Times are of the processor, for 600
words, the parse excluded.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from report import data_folder, machine, section
from scorers import Located, PlacesScore

from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.places import find_places
from variorum.model import Article

CORPORA = {"LGL": "lgl.jsonl", "GeoWebNews": "geowebnews.jsonl"}
WORDS = 600


def found_in(document: Document) -> list[Located]:
    places = find_places(document, find_entities(document))
    return [Located((p.span.start, p.span.end), p.lat, p.lon) for p in places]


def measure(path: Path) -> tuple[PlacesScore, float]:
    score, spent, words = PlacesScore(), 0.0, 0
    nlp = load_pipeline()
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        document = parse(Article(row["text"], id=row["id"], outlet=row["outlet"]), nlp)
        start = time.process_time()
        found = found_in(document)
        spent += time.process_time() - start
        words += len(row["text"].split())
        toponyms = row["toponyms"]
        if path.name != "lgl.jsonl":
            unlocated = [(t["start"], t["end"]) for t in toponyms if t["lat"] is None]
            toponyms = [t for t in toponyms if t["lat"] is not None]
            found = [f for f in found if not only_in(f.span, unlocated, toponyms)]
        score.add([Located((t["start"], t["end"]), t["lat"], t["lon"]) for t in toponyms], found)
    return score, 1000 * WORDS * spent / words


def only_in(span: tuple[int, int], unlocated: list[tuple[int, int]], toponyms: list[dict[str, int]]) -> bool:
    """Whether a place is one that the corpus marks without saying where it is: neither right nor wrong."""
    marked = any(min(span[1], e) > max(span[0], s) for s, e in unlocated)
    return marked and not any(min(span[1], t["end"]) > max(span[0], t["start"]) for t in toponyms)


def main() -> None:
    folder = data_folder(__doc__) / "data" / "places"
    rows = []
    for name, file in CORPORA.items():
        score, milliseconds = measure(folder / file)
        rows.append((name, *score.figures().values(), milliseconds))
    header = (
        "corpus",
        "precision",
        "recall",
        "F1",
        "within 161 km of all",
        "ms for 600 words, with entities",
    )
    claim = f"Place names found, and placed within 161 km; fitted on the same corpora. {machine()}."
    print(section("Places", claim, header, rows))


if __name__ == "__main__":
    main()
