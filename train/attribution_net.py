"""The attribution tagger as a PyTorch module: anchors, then every token chooses an anchor and a role.

A cue's first word is the anchor of its attribution. One head finds anchors. For every other token and
every anchor a small scorer says how well the token fits as cue, content or source of that anchor; a token
is outside, some source, or cue or content of exactly one anchor (softmax over all of these), and, because
one source may serve several attributions, source of any number of anchors (independent logits).
"""

from __future__ import annotations

from dataclasses import dataclass

import distil
import torch
from minilm import WIDTH, Encoder
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (its customary name)

from variorum.annotate.links import DISTANCES, distance_bucket
from variorum.annotate.wordpieces import FEATURE_SIZES

HIDDEN, KEY = 128, 64
_FARTHEST = 512
_BUCKETS = torch.tensor([distance_bucket(d) for d in range(-_FARTHEST, _FARTHEST + 1)])


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, (b, n) unless said.

    `pairs` rows are (window, anchor, token) of sources; `stretches` rows (window, start, end) with the
    wanted vectors (m, 384) in `vectors`.
    """

    ids: Tensor
    features: Tensor
    valid: Tensor
    role: Tensor
    owner: Tensor
    lines: Tensor
    pairs: Tensor
    stretches: Tensor
    vectors: Tensor


class Tagger(nn.Module):
    """States to: 3 token logits (anchor, outside, source), two scorer inputs, query, key, token vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(FEATURE_SIZES, dropout)
        self.token = nn.Linear(WIDTH, 3)
        self.left, self.right = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN)
        self.query, self.key = nn.Linear(WIDTH, 2 * KEY), nn.Linear(WIDTH, 2 * KEY)
        self.distance = nn.Embedding(DISTANCES, HIDDEN)
        self.line = nn.Embedding(4, HIDDEN)
        self.role = nn.Linear(HIDDEN, 3)
        self.vector = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def forward(self, ids: Tensor, features: Tensor, valid: Tensor) -> tuple[Tensor, ...]:
        """The outputs of all heads, each (batch, n, …)."""
        h = self.encoder(ids, features, valid)
        heads = (self.token, self.left, self.right, self.query, self.key, self.vector)
        return tuple(head(h) for head in heads)

    def bucket(self, gap: Tensor) -> Tensor:
        """The embeddings of signed distances."""
        return self.distance(_BUCKETS[gap + _FARTHEST])

    def pairs(self, out: tuple[Tensor, ...], where: Tensor, anchor: Tensor, lines: Tensor) -> Tensor:
        """Logits (p, n, 3) for cue, content, source of p anchors against all tokens of their windows."""
        _, left, right, query, key = out[:5]
        n = left.shape[1]
        gap = torch.arange(n)[None] - anchor[:, None]
        line = (lines[where] - lines[where, anchor][:, None]).clamp(-1, 2) + 1
        z = left[where] + right[where, anchor][:, None]
        z = z + self.bucket(gap).to(z.dtype) + self.line(line).to(z.dtype)
        logits = self.role(F.relu(z)).float()
        k = key[where, anchor].view(-1, 2, KEY)
        q = query[where].view(len(where), n, 2, KEY)
        dot = torch.einsum("pnrk,prk->pnr", q, k).float() / KEY**0.5
        return logits + F.pad(dot, (1, 0))


def losses(model: Tagger, out: tuple[Tensor, ...], batch: Batch) -> dict[str, Tensor]:
    """Anchor, role and source losses, each a mean over the words of the batch."""
    words = batch.role >= 0
    token = out[0].float()
    index = torch.arange(batch.ids.shape[1])[None]
    gold = words & (batch.owner == index)
    anchor_loss = F.binary_cross_entropy_with_logits(token[..., 0][words], gold[words].float())
    chosen = gold | tempting(token[..., 0].detach(), words & ~gold, int(gold.sum()) // 2)
    where, anchor = chosen.nonzero(as_tuple=True)
    scores = model.pairs(out, where, anchor, batch.lines)
    # dense (b, n, 2 + 2a): outside, source, then cue and content of each anchor of the window
    slot = torch.cat([torch.arange(int(c)) for c in chosen.sum(1)])
    width = int(chosen.sum(1).max()) if len(where) else 0
    dense = token.new_full((*batch.ids.shape, width, 2), -1e4)
    dense[where, :, slot] = scores[..., :2]
    choice = torch.cat([token[..., 1:], dense.flatten(2)], -1)
    slots = torch.full(batch.ids.shape, -1)
    slots[where, anchor] = slot
    target = torch.where(batch.role == 1, 1, 0)
    owned = words & (batch.role >= 2)
    mine = torch.gather(slots, 1, batch.owner.clamp(0))
    target[owned] = (2 + 2 * mine + (batch.role - 2))[owned]
    # the anchor lies in another window: nothing to choose here
    known = words & ~(owned & ((batch.owner < 0) | (mine < 0)))
    role_loss = F.cross_entropy(choice[known], target[known])
    wanted = torch.zeros(scores.shape[:2])
    if len(batch.pairs):
        row = torch.full(batch.ids.shape, -1)
        row[where, anchor] = torch.arange(len(where))
        wanted[row[batch.pairs[:, 0], batch.pairs[:, 1]], batch.pairs[:, 2]] = 1.0
    seen = words[where]
    source_loss = F.binary_cross_entropy_with_logits(scores[..., 2][seen], wanted[seen], reduction="sum")
    parts = {"anchor": anchor_loss, "role": role_loss, "source": source_loss / words.sum()}
    if len(batch.stretches):
        parts["vector"] = distil.loss(out[5], batch.stretches, batch.vectors)
    return parts


def tempting(logits: Tensor, allowed: Tensor, count: int) -> Tensor:
    """The `count` tokens that look most like anchors and are none: the scorer must leave them empty."""
    flat = logits.masked_fill(~allowed, -1e4).flatten()
    count = min(count, int(allowed.sum()))
    chosen = torch.zeros_like(flat, dtype=torch.bool)
    chosen[flat.topk(count).indices] = True
    return (chosen & (flat > -3.0)).view_as(logits)
