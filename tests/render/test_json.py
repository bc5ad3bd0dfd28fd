from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from referencing import Registry, Resource

from variorum.model import Annotation, Article, Comparison, Quantity, Span
from variorum.render.json import annotation_json, comparison_json, dumps


def schema(name: str) -> jsonschema.Draft202012Validator:
    folder = files("variorum").joinpath("data", "schema")
    loaded = {
        n: json.loads(folder.joinpath(f"{n}.schema.json").read_text("utf-8"))
        for n in ("annotation", "comparison")
    }
    registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in loaded.values())
    return jsonschema.Draft202012Validator(loaded[name], registry=registry)


def test_the_output_is_what_the_schemas_say(comparison: Comparison) -> None:
    schema("comparison").validate(json.loads(dumps(comparison_json(comparison))))
    for annotation in comparison.articles:
        schema("annotation").validate(json.loads(dumps(annotation_json(annotation))))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("relations", 0, "verdict"), "true"),
        (("rows", 0, "claims", 0, "span"), [3]),
        (("articles", 0, "claims", 0, "certainty"), "sure"),
        (("only", 0, "span"), [-1, 4]),
    ],
)
def test_the_schemas_refuse_what_is_wrong(
    comparison: Comparison, where: tuple[str | int, ...], value: object
) -> None:
    wrong = json.loads(dumps(comparison_json(comparison)))
    at = wrong
    for step in where[:-1]:
        at = at[step]
    at[where[-1]] = value
    assert not schema("comparison").is_valid(wrong)


def test_the_contract_names_its_fields(comparison: Comparison) -> None:
    whole = comparison_json(comparison)
    fields = ["articles", "relations", "only", "rows", "origins", "namings", "passages"]
    assert list(whole)[: len(fields)] == fields
    assert {
        *("id", "title", "outlet", "url", "published", "language", "sha256", "sentences", "attributions"),
        *("claims", "caveats", "quantities", "places", "times", "entities"),
    } <= set(whole["articles"][0])
    assert set(whole["relations"][0]) == {"a", "b", "verdict", "aspect", "score", "because"}


def test_spans_reproduce_their_words(comparison: Comparison) -> None:
    whole = json.loads(dumps(comparison_json(comparison)))
    texts = {a["id"]: a["text"] for a in whole["articles"]}
    for naming in whole["namings"]:
        for form in naming["forms"]:
            for start, end in form["spans"]:
                assert texts[form["article"]][start:end] == form["text"]


def test_the_same_comparison_is_the_same_text(comparison: Comparison) -> None:
    assert dumps(comparison_json(comparison)) == dumps(comparison_json(comparison))
    assert "\n" not in dumps(comparison_json(comparison))
    assert "\n" in dumps(comparison_json(comparison), indent=True)


def test_texts_can_be_left_out(comparison: Comparison) -> None:
    assert all("text" not in a for a in comparison_json(comparison, text=False)["articles"])


def test_whatever_a_text_holds_can_be_written_as_utf8() -> None:
    article = Article("a \ud83d lone surrogate, a NUL \x00 and ´é´", title="\udc00")
    line = dumps(annotation_json(Annotation(article)))
    line.encode("utf-8")
    assert json.loads(line)["text"] == article.text


def test_a_number_without_bound_is_null() -> None:
    span = Span(0, 1)
    quantities = (Quantity(span, 3.0, float("inf")), Quantity(span, None, 2.5))
    written = annotation_json(Annotation(Article("x"), quantities=quantities))["quantities"]
    assert [(q["min"], q["max"]) for q in written] == [(3, None), (None, 2.5)]
    assert dumps({"min": written[0]["min"]}) == '{"min": 3}'
