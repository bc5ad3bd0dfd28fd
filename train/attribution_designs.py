"""Compares four designs of the attribution tagger on the same encoder, data and training, at a small scale.

    python train/attribution_designs.py --data FOLDER [--share 0.33] [--epochs 3] [--designs tags joint]

tags   each word a BIO role tag; each source or content word then chooses an anchor (softmax over anchors)
pairs  the same tags; pairs of (cue span, other span) are scored from mean states, each pair for itself
cue    cue first: anchors, then each word's roles for each anchor, every decision for itself
joint  cue first, but a word chooses among all roles of all anchors at once (what is shipped)
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "train"), str(ROOT / "src"), str(ROOT / "bench")]

import numpy as np  # noqa: E402
import polnear  # noqa: E402
import torch  # noqa: E402
import windows  # noqa: E402
from attribution import Settings, held_out, optimisation, read_tokenizer  # noqa: E402
from attribution_net import Batch, Tagger, losses, tempting  # noqa: E402
from minilm import WIDTH  # noqa: E402
from polnear import CONTENT, CUE, SOURCE, Labelled  # noqa: E402
from scorers import AttributionScore, RolesOf, roles_of  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from torch.nn import functional as nnf  # noqa: E402

from variorum.annotate.links import REACH, Linker, Options, Scores, _best_run, link  # noqa: E402
from variorum.annotate.tagger import Words, lines_of  # noqa: E402

Parts = dict[str, Tensor]
Found = list[tuple[list[int], list[int], list[int]]]


class Design(Tagger):
    """The shipped network and a head for BIO tags (outside, then begin and inside of the three roles)."""

    def __init__(self) -> None:
        super().__init__(Settings().dropout)
        self.tags = nn.Linear(WIDTH, 7)

    def forward(self, ids: Tensor, features: Tensor, valid: Tensor) -> tuple[Tensor, ...]:
        """As the network's, with the tags in the place of the vectors."""
        h = self.encoder(ids, features, valid)
        heads = (self.token, self.left, self.right, self.query, self.key, self.tags)
        return tuple(head(h) for head in heads)


def bio(batch: Batch) -> Tensor:
    """Gold tags: a new span begins where role, attribution or line changes between neighbouring words."""
    out = torch.full_like(batch.role, -100)
    for b, row in enumerate(batch.role):
        before = None
        for i in torch.nonzero(row >= 0).flatten().tolist():
            role = int(row[i])
            now = (role, int(batch.owner[b, i]), int(batch.lines[b, i]))
            out[b, i] = 0 if role == 0 else 2 * role - (now != before)
            before = now
    return out


def tag_loss(model: Design, out: tuple[Tensor, ...], batch: Batch) -> Parts:
    """Tags, and the choice of an anchor by every source and content word."""
    parts = {"tags": nnf.cross_entropy(out[5].float().flatten(0, 1), bio(batch).flatten())}
    where, anchor = (batch.owner == torch.arange(batch.ids.shape[1])).nonzero(as_tuple=True)
    if not len(where):
        return parts
    scores = model.pairs(out, where, anchor, batch.lines)
    dense = scores.new_full((*batch.ids.shape, int(batch.ids.shape[1]), 2), -1e4)
    dense[where, :, anchor] = scores[..., 1:]
    content = (batch.role == CONTENT) & (batch.owner >= 0)
    b, i = content.nonzero(as_tuple=True)
    rows, wanted = [dense[b, i, :, 0]], [batch.owner[b, i]]
    if len(batch.pairs):
        rows.append(dense[batch.pairs[:, 0], batch.pairs[:, 2], :, 1])
        wanted.append(batch.pairs[:, 1])
    parts["link"] = nnf.cross_entropy(torch.cat(rows), torch.cat(wanted))
    return parts


def pair_loss(model: Design, out: tuple[Tensor, ...], batch: Batch) -> Parts:
    """Tags, and every pair of a gold cue with a gold span of the same window."""
    tags = bio(batch)
    parts = {"tags": nnf.cross_entropy(out[5].float().flatten(0, 1), tags.flatten())}
    sources = {tuple(p) for p in batch.pairs.tolist()}
    logits, wanted = [], []
    for b in range(len(tags)):
        spans = spans_of(tags[b].tolist())
        cues = [s for role, s in spans if role == CUE]
        others = [(role, s) for role, s in spans if role != CUE]
        if not cues or not others:
            continue
        logits.append(pair_scores(model, [o[b] for o in out], cues, others, batch.lines[b]))
        for c in cues:
            for role, s in others:
                linked = (b, c[0], s[0]) in sources if role == SOURCE else int(batch.owner[b, s[0]]) == c[0]
                wanted.append(float(linked))
    if logits:
        flat = torch.cat([x.flatten() for x in logits])
        parts["pairs"] = nnf.binary_cross_entropy_with_logits(flat, torch.tensor(wanted))
    return parts


def pair_scores(
    model: Design,
    out: Sequence[Tensor],
    cues: list[list[int]],
    others: list[tuple[int, list[int]]],
    lines: Tensor,
) -> Tensor:
    """Logits (cues, others) from mean states and the distance of the nearest ends."""
    left = torch.stack([out[1][s].float().mean(0) for _, s in others])
    right = torch.stack([out[2][c].float().mean(0) for c in cues])
    rows = []
    for c in cues:
        gaps = [max(s[0] - c[-1], 0) - max(c[0] - s[-1], 0) for _, s in others]
        rows.append(model.bucket(torch.tensor(gaps).clamp(-REACH, REACH)))
    line = torch.stack(
        [torch.stack([(lines[s[0]] - lines[c[0]]).clamp(-1, 2) + 1 for _, s in others]) for c in cues]
    )
    z = right[:, None] + left[None] + torch.stack(rows).float() + model.line(line).float()
    logits = model.role(nnf.relu(z)).float()
    pick = torch.tensor([2 if role == SOURCE else 1 for role, _ in others])
    return logits[:, torch.arange(len(others)), pick]


def cue_loss(model: Design, out: tuple[Tensor, ...], batch: Batch) -> Parts:
    """Anchors, and independent decisions of each word for each role of each anchor."""
    words, token = batch.role >= 0, out[0].float()
    gold = words & (batch.owner == torch.arange(batch.ids.shape[1]))
    anchors = nnf.binary_cross_entropy_with_logits(token[..., 0][words], gold[words].float())
    chosen = gold | tempting(token[..., 0].detach(), words & ~gold, int(gold.sum()) // 2)
    where, anchor = chosen.nonzero(as_tuple=True)
    scores = model.pairs(out, where, anchor, batch.lines)
    mine = batch.owner[where] == anchor[:, None]
    wanted = torch.stack([mine & (batch.role[where] == r) for r in (CUE, CONTENT, SOURCE)], -1).float()
    if len(batch.pairs):
        row = torch.full(batch.ids.shape, -1)
        row[where, anchor] = torch.arange(len(where))
        wanted[row[batch.pairs[:, 0], batch.pairs[:, 1]], batch.pairs[:, 2], 2] = 1.0
    seen = words[where]
    roles = nnf.binary_cross_entropy_with_logits(scores[seen], wanted[seen], reduction="sum") / words.sum()
    return {"anchor": anchors, "roles": roles}


def spans_of(tags: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Roles and pieces of the spans in a row of BIO tags; an inside tag after another role begins a span."""
    spans: list[tuple[int, list[int]]] = []
    before = 0
    for i, tag in enumerate(tags):
        if tag < 0:
            continue
        role = (tag + 1) // 2
        if role and (tag % 2 or role != before):
            spans.append((role, [i]))
        elif role:
            spans[-1][1].append(i)
        before = role
    return spans


def run(model: Design, x: Labelled) -> tuple[Scores, list[np.ndarray], Tensor]:
    """Scores, raw outputs and tags of a held-out article."""
    with torch.no_grad():
        scores, outputs = windows.outputs_of(model, x)
    return scores, outputs, torch.from_numpy(outputs[5])


def linked(model: Design, x: Labelled, pairs: bool) -> Found:
    """Decode `tags` and `pairs`: spans from tags, every content to its best cue, sources likewise."""
    scores, outputs, tags = run(model, x)
    choice = tags.argmax(-1).tolist()
    lines = lines_of(x.pieces)
    keyed = [c if f else -100 for c, f in zip(choice, x.pieces.first, strict=True)]
    spans = [(r, list(g)) for r, s in spans_of(keyed) for _, g in groupby(s, key=lambda i: lines[i])]
    cues = [s for r, s in spans if r == CUE]
    others = [(r, s) for r, s in spans if r != CUE]
    if not cues or not others:
        return []
    with torch.no_grad():
        if pairs:
            tensors = [torch.from_numpy(o) for o in outputs]
            table = pair_scores(model, tensors, cues, others, torch.from_numpy(lines)).numpy()
        else:
            table = np.full((len(cues), len(others)), -1e3)
            linker = linker_of(model)
            for c, cue in enumerate(cues):
                for o, (role, s) in enumerate(others):
                    near = np.array([i for i in s if abs(i - cue[0]) <= REACH])
                    if len(near):
                        logits = linker.score(scores, near, lines, cue[0])
                        table[c, o] = logits[:, 2 if role == SOURCE else 1].mean()
    found: Found = [([], cue, []) for cue in cues]
    for o, (role, s) in enumerate(others):
        if role == CONTENT:
            found[int(table[:, o].argmax())][2].extend(s)
        elif not pairs:
            found[int(table[:, o].argmax())][0].extend(s)
    if pairs:
        sources = [o for o, (role, _) in enumerate(others) if role == SOURCE]
        for c, f in enumerate(found):
            best = max(sources, key=lambda o: table[c, o], default=None)
            if best is not None and table[c, best] > 0:
                f[0].extend(others[best][1])
    return [f for f in found if f[2]]


def cue_first(model: Design, x: Labelled) -> Found:
    """Decode `cue`: for each anchor the words whose own odds are even or better."""
    scores, _, _ = run(model, x)
    linker, lines, options = linker_of(model), lines_of(x.pieces), Options()
    words = np.flatnonzero(x.pieces.first)
    chance = 1 / (1 + np.exp(-scores.token[:, 0]))
    found: Found = []
    for anchor in words[chance[words] >= options.anchor].tolist():
        here = words[abs(words - anchor) <= REACH]
        logits = linker.score(scores, here, lines, anchor).astype(np.float64)
        content = here[logits[:, 1] > 0]
        if not len(content):
            continue
        sure = (1 / (1 + np.exp(-logits[logits[:, 1] > 0, 1]))).mean()
        if chance[anchor] * sure >= options.keep:
            source = here[_best_run(logits[:, 2], lines[here], options.source)]
            found.append((source.tolist(), here[logits[:, 0] > 0].tolist() or [anchor], content.tolist()))
    return found


def joint(model: Design, x: Labelled) -> Found:
    """Decode as shipped."""
    scores, _, _ = run(model, x)
    links = link(scores, linker_of(model), x.pieces.first, lines_of(x.pieces), Options())
    return [(list(a.source), list(a.cue), list(a.content)) for a in links]


def linker_of(model: Design) -> Linker:
    """The scorer's weights."""
    parts = (model.distance.weight, model.line.weight, model.role.weight, model.role.bias)
    return Linker(*(p.detach().float().numpy() for p in parts))


Loss = Callable[[Any, tuple[Tensor, ...], Batch], Parts]
DESIGNS: dict[str, tuple[Loss, Callable[[Design, Labelled], Found]]] = {
    "tags": (tag_loss, lambda m, x: linked(m, x, pairs=False)),
    "pairs": (pair_loss, lambda m, x: linked(m, x, pairs=True)),
    "cue": (cue_loss, cue_first),
    "joint": (losses, joint),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared/data/attribution", metavar="FOLDER"
    )
    parser.add_argument("--share", type=float, default=0.33)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--without", metavar="OUTLET", help="train on the other outlets, test on this one too"
    )
    parser.add_argument("--designs", nargs="+", default=list(DESIGNS), choices=list(DESIGNS))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer = read_tokenizer()
    rows = polnear.load(args.data / "polnear_train.jsonl")
    held = held_out(rows, 0.083)
    rest = sorted(
        (r for r in rows if r["id"] not in held), key=lambda r: random.Random(str(r["id"])).random()
    )
    rest = [r for r in rest if r["outlet"] != args.without]
    shown = [polnear.label(r, r["text"], tokenizer) for r in rest[: round(args.share * len(rows))]]
    tests = [(r, polnear.label(r, r["text"], tokenizer)) for r in rows if r["id"] in held]
    for name in args.designs:
        began = time.time()
        model = fit(DESIGNS[name][0], shown, Settings(epochs=args.epochs))
        print(f"{name}: {len(shown)} articles, {time.time() - began:.0f} s", flush=True)
        for outlet in (None, args.without) if args.without else (None,):
            chosen = [(r, x) for r, x in tests if outlet in (None, r["outlet"])]
            print(outlet or "all outlets", report(model, DESIGNS[name][1], chosen), flush=True)


def fit(loss: Loss, shown: Sequence[Labelled], settings: Settings) -> Design:
    """Train one design."""
    torch.manual_seed(settings.seed)
    draw = random.Random(settings.seed)
    model = Design()
    model.encoder.load_minilm()
    model.encoder.words.requires_grad_(False)
    model.encoder.positions.requires_grad_(False)
    rounds = [windows.epoch([(x, None) for x in shown], draw) for _ in range(settings.epochs)]
    starts = [range(0, len(r) - settings.batch + 1, settings.batch) for r in rounds]
    optimiser, schedule = optimisation(model, settings, sum(map(len, starts)))
    model.train()
    for number, (batches, at) in enumerate(zip(rounds, starts, strict=True)):
        total = 0.0
        for start in at:
            batch = windows.collate(batches[start : start + settings.batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = loss(model, model(batch.ids, batch.features, batch.valid), batch)
            optimiser.zero_grad()
            whole = torch.stack(list(parts.values())).sum()
            whole.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += whole.item()
        print(f"  epoch {number}: loss {total / len(at):.4f}", flush=True)
    return model.eval()


def report(
    model: Design, decode: Callable[[Design, Labelled], Found], tests: Sequence[tuple[Any, Labelled]]
) -> dict[str, float]:
    """F1 of relation, source, cue and content, rounded."""
    total = AttributionScore()
    for row, x in tests:
        words = Words(x.pieces, lines_of(x.pieces))
        found = [
            RolesOf(*(tuple((s.start, s.end) for s in words.spans(sorted(part))) for part in parts))
            for parts in decode(model, x)
        ]
        total.add(row["text"], [roles_of(a) for a in row["attributions"]], found)
    return {k: round(v, 3) for k, v in total.figures().items() if "F1" in k or "quot" in k or "relation" in k}


if __name__ == "__main__":
    main()
