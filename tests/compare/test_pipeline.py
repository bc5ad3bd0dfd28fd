"""The whole comparison on invented accounts."""

from itertools import permutations

import pytest

from variorum.annotate.pipeline import annotate
from variorum.compare.pipeline import compare_annotations
from variorum.errors import UsageError
from variorum.model import Annotation, Article, Claim, Span

FERRY = {
    "dispatch": (
        "The ferry Alma sank off Vestholm on Tuesday, killing at least 12 people. "
        "Divers recovered the ship's bell. "
        "“We lost everything in one night,” said the harbour master Ida Brekke. "
        "The owner denied that the hull was cracked."
    ),
    "gazette": (
        "The ferry Alma went down near Vestholm on Tuesday and 31 people were killed. "
        "Harbour master Ida Brekke said: “We lost everything in one hour.” "
        "The hull was cracked, a former engineer said. "
        "The bishop will hold a service on Sunday."
    ),
    "post": (
        "More than ten people died when the ferry Alma sank off Vestholm. "
        "The minister of transport cancelled a journey to Rome."
    ),
}


@pytest.fixture(scope="module")
def annotations() -> list[Annotation]:
    return [annotate(Article(text, id=name)) for name, text in FERRY.items()]


def words(annotations, ref):
    text = next(a.article.text for a in annotations if a.article.id == ref.article)
    return ref.span.of(text)


def without_order(comparison):
    pairs = {(frozenset((r.a, r.b)), r.verdict, r.aspect, r.score) for r in comparison.relations}
    rows = {(frozenset(r.claims), r.verdict) for r in comparison.rows}
    return pairs, rows, set(comparison.only), comparison.overlap


def test_the_output_is_the_same_for_any_order_of_the_accounts(annotations):
    results = [without_order(compare_annotations(order)) for order in permutations(annotations)]
    assert all(result == results[0] for result in results)


def test_relations_run_from_the_account_given_first(annotations):
    order = {"post": 0, "gazette": 1, "dispatch": 2}
    comparison = compare_annotations(sorted(annotations, key=lambda a: order[a.article.id]))
    assert comparison.relations
    assert all(order[r.a.article] < order[r.b.article] for r in comparison.relations)


def test_the_same_call_gives_the_same_comparison(annotations):
    assert compare_annotations(annotations) == compare_annotations(annotations)


def test_the_tolls_are_set_against_one_another(annotations):
    found = compare_annotations(annotations[:2]).relations
    tolls = [r for r in found if "12" in words(annotations, r.a) and "31" in words(annotations, r.b)]
    assert {(r.verdict, r.aspect) for r in tolls} == {("contradict", "number")}


def test_a_changed_quotation_shows_the_words_that_differ(annotations):
    found = [r for r in compare_annotations(annotations[:2]).relations if r.aspect == "quote"]
    assert any("night" in r.because and "hour" in r.because for r in found)


def test_what_one_account_alone_says(annotations):
    only = [words(annotations, ref) for ref in compare_annotations(annotations).only]
    assert any("bishop" in said for said in only)
    assert any("journey to Rome" in said for said in only)
    assert not any("sank off Vestholm" in said for said in only)


def test_every_claim_told_by_one_account_is_a_row_of_its_own(annotations):
    comparison = compare_annotations(annotations)
    single = {row.claims[0] for row in comparison.rows if row.verdict == "single"}
    assert single == set(comparison.only)
    joined = [row for row in comparison.rows if row.verdict != "single"]
    assert all(len({ref.article for ref in row.claims}) > 1 for row in joined)
    refs = [ref for row in comparison.rows for ref in row.claims]
    assert len(refs) == len(set(refs))


def test_rows_that_hold_a_contradiction_say_so(annotations):
    comparison = compare_annotations(annotations)
    rows = {ref: row for row in comparison.rows for ref in row.claims}
    for relation in comparison.relations:
        if relation.verdict == "contradict" and rows[relation.a] is rows[relation.b]:
            assert rows[relation.a].verdict == "contradict"


def test_spans_reproduce_their_text(annotations):
    comparison = compare_annotations(annotations)
    refs = [ref for r in comparison.relations for ref in (r.a, r.b)] + list(comparison.only)
    assert all(words(annotations, ref).strip() for ref in refs)


def test_one_account_has_nothing_to_be_compared_with(annotations):
    comparison = compare_annotations(annotations[:1])
    assert comparison.relations == comparison.only == ()
    assert comparison.overlap == 0


def test_an_account_given_twice_counts_once(annotations):
    assert compare_annotations([annotations[0], annotations[0]]) == compare_annotations(annotations[:1])


def test_accounts_of_different_events_share_little(annotations):
    other = annotate(Article("The orchestra played Grieg in the park. Tickets cost five crowns.", id="other"))
    alike = compare_annotations(annotations[:2]).overlap
    assert compare_annotations([annotations[0], other]).overlap < alike / 2


def test_no_account_is_a_usage_error():
    with pytest.raises(UsageError, match="no account"):
        compare_annotations([])


def test_empty_and_unencoded_accounts_are_compared(annotations):
    bare = Annotation(Article("It sank.", id="bare"), sentences=(Span(0, 8),), claims=(Claim(Span(0, 8)),))
    empty = Annotation(Article("", id="empty"))
    comparison = compare_annotations([bare, empty, annotations[0]])
    assert all(r.a.article != "empty" != r.b.article for r in comparison.relations)
