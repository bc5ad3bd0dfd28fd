"""Annotations as compact bytes, and back, whole: compressed JSON in which a field at its default is left out.

A type that gains a field with a default still reads what was written before it.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import types
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from variorum.model import Annotation, Article, Span

_LEVEL = 6


def encode(annotation: Annotation) -> bytes:
    """The annotation without its article."""
    fields = _encoded(annotation)
    del fields["article"]
    return zlib.compress(json.dumps(fields, separators=(",", ":")).encode("utf-8"), _LEVEL)


def decode(body: bytes, article: Article) -> Annotation:
    """The annotation of `article` from what `encode` gave.

    Raises:
        ValueError: if the bytes are not such.
    """
    try:
        fields = json.loads(zlib.decompress(body))
        hints = _decoders(Annotation)
        return Annotation(article, **{name: hints[name](value) for name, value in fields.items()})
    except (zlib.error, KeyError, TypeError, AttributeError) as e:
        raise ValueError(f"not an annotation: {e}") from e


def _encoded(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, bytes):
        return base64.b85encode(value).decode("ascii")
    if dataclasses.is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: _encoded(v) for f, v in pairs if v is not f.default and v != f.default}
    return value


@cache
def _decoders(cls: type) -> dict[str, Callable[[Any], Any]]:
    """By field: what makes its value from JSON."""
    return {name: _decoder(hint) for name, hint in get_type_hints(cls).items() if name != "article"}


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Span:
        return lambda value: Span(*value)
    if origin is tuple:
        item = _decoder(arguments[0])
        return lambda value: tuple(item(v) for v in value)
    if origin in (types.UnionType, Union):
        inner = _decoder(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if hint is bytes:
        return base64.b85decode
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint)
    if origin is Literal or hint in (str, int, float, bool):
        return _same
    raise TypeError(f"{hint} cannot be stored")


def _dataclass(cls: Any) -> Callable[[Any], Any]:
    def made(value: dict[str, Any]) -> Any:
        decoders = _decoders(cls)
        return cls(**{name: decoders[name](v) for name, v in value.items()})

    return made


def _same(value: Any) -> Any:
    return value
