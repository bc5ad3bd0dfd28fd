"""Makes `src/variorum/data/attribution-cues.txt`: how often a word, with a given complement, is a cue.

    python train/attribution_cues.py POLNEAR_TRAIN.jsonl

Counts, over the training articles of PolNeAR (Newell et al. 2018), each word and frame outside of gold
contents (the corpus marks no attribution inside another), and how many of them are the cue of a gold
attribution whose content is the frame's (intersection over union of the characters at least one half). The
rate is smoothed towards the frame's own rate over all words. Takes about three minutes on one core.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from variorum.annotate.attribution_rules.frames import frames
from variorum.annotate.attribution_rules.reading import Reading, read
from variorum.annotate.document import load_pipeline, parse
from variorum.model import Article

TARGET = Path(__file__).parent.parent / "src/variorum/data/attribution-cues.txt"
LEAST_RATE = 0.25
LEAST_SEEN = 2
PRIOR_WEIGHT = 1.0

HEADER = """\
# Words that introduce what someone says, thinks or wants, with the complement that holds the content.
# Columns: lemma, frame (see attribution_rules/frames.py), share of its uses that are a cue, uses seen.
# Source: counted on the training articles of PolNeAR 1.0 (Newell et al. 2018) by train/attribution_cues.py.
"""

Gold = list[tuple[set[int], set[int]]]
Key = tuple[str, str]


def count(reading: Reading, gold: Gold, seen: Counter[Key], hits: Counter[Key]) -> None:
    tree = reading.tree
    cue_at = {c: k for k, (cue, _) in enumerate(gold) for c in cue}
    inside = {c for _, content in gold for c in content}
    for i in range(len(tree)):
        if tree.pos[i] not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            continue
        if tree.start[i] in inside:
            continue
        cued = {cue_at[c] for c in range(tree.start[i], tree.end[i]) if c in cue_at}
        for frame in frames(reading, i):
            key = tree.lemma[i], frame.name
            seen[key] += 1
            content = {c for s, e in frame.content for c in range(tree.start[s], tree.end[e - 1])}
            hits[key] += any(2 * len(content & gold[k][1]) >= len(content | gold[k][1]) for k in cued)


def main(path: str) -> None:
    nlp = load_pipeline()
    seen: Counter[Key] = Counter()
    hits: Counter[Key] = Counter()
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = [
            ({c for s, e in a["cue"] for c in range(s, e)}, {c for s, e in a["content"] for c in range(s, e)})
            for a in row["attributions"]
        ]
        count(read(parse(Article(row["text"]), nlp), ()), gold, seen, hits)
    TARGET.write_text(HEADER + "".join(lexicon(seen, hits)), "utf-8")


def lexicon(seen: Counter[Key], hits: Counter[Key]) -> list[str]:
    n: Counter[str] = Counter()
    h: Counter[str] = Counter()
    for (_, frame), k in seen.items():
        n[frame] += k
    for (_, frame), k in hits.items():
        h[frame] += k
    out = []
    for (lemma, frame), k in sorted(seen.items()):
        rate = (hits[lemma, frame] + PRIOR_WEIGHT * h[frame] / n[frame]) / (k + PRIOR_WEIGHT)
        if k >= LEAST_SEEN and rate >= LEAST_RATE and lemma.isalpha():
            out.append(f"{lemma}\t{frame}\t{rate:.2f}\t{k}\n")
    return out


if __name__ == "__main__":
    main(sys.argv[1])
