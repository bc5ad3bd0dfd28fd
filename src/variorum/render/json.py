"""Annotations and comparisons as JSON that others rely on.

The shapes are held by the JSON Schema files in `variorum/data/schema`. Fields may be added to them, none
is renamed or dropped. Spans are `[start, end]`, in Unicode code points of `text`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from variorum.model import (
    Annotation,
    Attribution,
    Claim,
    Comparison,
    Entity,
    Naming,
    Origin,
    Place,
    Quantity,
    Ref,
    Relation,
    Row,
    Span,
)

Json: TypeAlias = dict[str, Any]

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DIGITS = 4  # of scores and shares: more would print the noise of floating point sums


def dumps(value: Mapping[str, Any], indent: bool = False) -> str:
    """JSON text of one value: on one line, or indented; the same text for the same value, always.

    Letters outside ASCII stay as they are. Lone surrogates, which UTF-8 cannot carry, are escaped.

    Raises:
        ValueError: if a number is not finite; `annotation_json` and `comparison_json` never give one.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1 if indent else None)
    return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def annotation_json(annotation: Annotation, text: bool = True) -> Json:
    """One article with all that was found in it; `text=False` leaves the article's words out."""
    article = annotation.article
    head: Json = {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "sha256": article.sha256,
    }
    if text:
        head["text"] = article.text
    return head | {
        "paragraphs": _spans(annotation.paragraphs),
        "sentences": _spans(annotation.sentences),
        "quotations": [
            {"spans": _spans(q.spans), "depth": q.depth, "closed": q.closed} for q in annotation.quotations
        ],
        "attributions": [_attribution(a) for a in annotation.attributions],
        "claims": [_claim(c) for c in annotation.claims],
        "caveats": [{"kind": c.kind, "span": _span(c.span)} for c in annotation.caveats],
        "quantities": [_quantity(q) for q in annotation.quantities],
        "places": [_place(p) for p in annotation.places],
        "times": [{"span": _span(t.span), "type": t.type, "value": t.value} for t in annotation.times],
        "entities": [_entity(e) for e in annotation.entities],
    }


def comparison_json(comparison: Comparison, text: bool = True) -> Json:
    """The accounts of one story and what lies between them; `text=False` leaves the articles' words out."""
    return {
        "articles": [annotation_json(a, text) for a in comparison.articles],
        "relations": [_relation(r) for r in comparison.relations],
        "only": _refs(comparison.only),
        "rows": [_row(r) for r in comparison.rows],
        "origins": [_origin(o) for o in comparison.origins],
        "namings": [_naming(n) for n in comparison.namings],
        "passages": [
            {"a": _ref(p.a), "b": _ref(p.b), "similarity": round(p.similarity, _DIGITS)}
            for p in comparison.passages
        ],
        "overlap": round(comparison.overlap, _DIGITS),
        "omissions": [{"article": o.article, "rows": list(o.rows)} for o in comparison.omissions],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [_span(s) for s in spans]


def _or_null(span: Span | None) -> list[int] | None:
    return None if span is None else _span(span)


def _ref(ref: Ref) -> Json:
    return {"article": ref.article, "span": _span(ref.span)}


def _refs(refs: Iterable[Ref]) -> list[Json]:
    return [_ref(r) for r in refs]


def _number(value: float | None) -> int | float | None:
    """A bound; whole ones without a fraction, and none where the text names no finite number."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _attribution(a: Attribution) -> Json:
    return {
        "source": _spans(a.source),
        "cue": _spans(a.cue),
        "content": _spans(a.content),
        "kind": a.kind,
        "speaker": a.speaker,
        "parent": a.parent,
        "unresolved": a.unresolved,
        "by": a.by,
    }


def _claim(c: Claim) -> Json:
    return {
        "span": _span(c.span),
        "attribution": c.attribution,
        "certainty": c.certainty,
        "polarity": c.polarity,
        "hedges": _spans(c.hedges),
        "predicate": _or_null(c.predicate),
        "agent": _or_null(c.agent),
        "patient": _or_null(c.patient),
        "terms": list(c.terms),
        "lemma": c.lemma,
    }


def _quantity(q: Quantity) -> Json:
    return {
        "span": _span(q.span),
        "min": _number(q.min),
        "max": _number(q.max),
        "unit": q.unit,
        "of": q.of,
        "approximate": q.approximate,
    }


def _place(p: Place) -> Json:
    return {
        "span": _span(p.span),
        "name": p.name,
        "lat": _number(p.lat),
        "lon": _number(p.lon),
        "geonameid": p.geonameid,
        "precision": p.precision,
        "country": p.country,
    }


def _entity(e: Entity) -> Json:
    return {"span": _span(e.span), "label": e.label, "name": e.name, "head": e.head, "nation": e.nation}


def _relation(r: Relation) -> Json:
    return {
        "a": _ref(r.a),
        "b": _ref(r.b),
        "verdict": r.verdict,
        "aspect": r.aspect,
        "score": round(r.score, _DIGITS),
        "because": r.because,
    }


def _row(r: Row) -> Json:
    return {
        "claims": _refs(r.claims),
        "verdict": r.verdict,
        "origins": list(r.origins),
        "independent_origins": r.independent_origins,
        "chains": [{**_ref(c.claim), "origin": c.origin, "via": list(c.via)} for c in r.chains],
        "bears": list(r.bears),
        "weight": round(r.weight, _DIGITS),
    }


def _origin(o: Origin) -> Json:
    statements = [{"article": s.article, "span": _span(s.span), "via": list(s.via)} for s in o.statements]
    return {"name": o.name, "kind": o.kind, "statements": statements}


def _naming(n: Naming) -> Json:
    forms = [
        {
            "article": f.article,
            "text": f.text,
            "spans": _spans(f.spans),
            "loaded": [{"span": _span(w.span), "attribution": w.attribution} for w in f.loaded],
        }
        for f in n.forms
    ]
    return {"name": n.name, "forms": forms}
