"""The whole comparison on invented accounts."""

import json
from itertools import permutations
from pathlib import Path

import pytest

import variorum
from variorum.annotate.pipeline import annotate
from variorum.compare.align import AlignOptions
from variorum.compare.omissions import omissions
from variorum.compare.only import only
from variorum.compare.pipeline import MOST_CLAIMS, CompareOptions, compare_annotations
from variorum.compare.rows import rows
from variorum.compare.views import views_of
from variorum.errors import UsageError
from variorum.model import Annotation, Article, Claim, Ref, Relation, Row, Span

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


@pytest.mark.parametrize(("other", "contested"), [("", True), (" in Norrholm", False)])
def test_a_doubtful_contradiction_is_not_of_what_the_other_account_never_names(other, contested):
    texts = "A gale killed nine people on Monday.", f"A gale killed forty people{other}."
    annotated = [annotate(Article(text, id=str(n))) for n, text in enumerate(texts)]
    options = CompareOptions(align=AlignOptions(threshold=1.5, contested=0.01))
    found = compare_annotations(annotated, options).relations
    assert [r.verdict for r in found] == ["contradict"] * contested


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
    assert not single & {ref for row in joined for ref in row.claims}


def test_every_relation_is_held_by_a_row_with_its_origins(annotations):
    comparison = compare_annotations(annotations)
    for relation in comparison.relations:
        held = [row for row in comparison.rows if {relation.a, relation.b} <= set(row.claims)]
        assert held
        assert all(row.chains and row.origins for row in held)


def related(a: Ref, b: Ref, score: float, verdict: str = "compatible") -> Relation:
    return Relation(a, b, verdict, "other", score, "")


def test_a_relation_between_two_rows_is_a_row_of_its_own():
    a, b, c, d = (Ref(x, Span(0, 5)) for x in "abcd")
    sure = [related(a, b, 0.9, "agree"), related(c, d, 0.9, "agree")]
    weak = related(b, c, 0.3, "contradict")
    found = rows([*sure, weak], (), {x: n for n, x in enumerate("abcd")})
    assert [(row.claims, row.verdict) for row in found] == [
        ((a, b), "agree"),
        ((b, c), "contradict"),
        ((c, d), "agree"),
    ]


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_equal_scores_make_the_same_rows_in_any_order(order):
    place = {x: n for n, x in enumerate(order)}
    refs = {x: [Ref(x, Span(n, n + 5)) for n in (0, 10)] for x in "abc"}
    pairs = [(refs["b"][0], refs["a"][0]), (refs["a"][0], refs["c"][0]), (refs["b"][1], refs["a"][1])]
    pairs += [(refs["c"][0], refs["b"][1]), (refs["a"][1], refs["c"][1])]
    ordered = [sorted(p, key=lambda ref: place[ref.article]) for p in pairs]
    found = rows([related(x, y, 0.5) for x, y in ordered], (), place)
    assert {frozenset(row.claims) for row in found} == {
        frozenset(row.claims)
        for row in rows([related(*sorted(p), 0.5) for p in pairs], (), {"a": 0, "b": 1, "c": 2})
    }


def test_what_stands_in_a_row_is_not_told_by_one_too():
    account = Annotation(
        Article("Nine boats sank in the bay. The bishop spoke.", id="a"),
        sentences=(Span(0, 27), Span(28, 45)),
        claims=(Claim(Span(0, 26)), Claim(Span(28, 44))),
    )
    views = views_of(account)
    assert only(views, account.sentences, (), {views[0].ref}) == (Ref("a", Span(28, 45)),)


def test_who_tells_a_claim_in_another_row_has_not_left_it_out():
    a, b, c = (Ref(x, Span(0, 5)) for x in "abc")
    found = omissions(
        [Row((a, b), "agree"), Row((b, c), "contradict")],
        [Annotation(Article("Told.", id=x)) for x in "abc"],
        {},
    )
    assert all(not left.rows for left in found)


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


def test_two_articles_of_one_id_are_a_usage_error():
    bare = [Annotation(Article(text, id="1")) for text in ("It sank.", "It floats.")]
    with pytest.raises(UsageError, match="'1'"):
        compare_annotations(bare)


def test_a_reprint_read_from_two_files_is_two_accounts(tmp_path: Path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(FERRY["post"], "utf-8")
    found = variorum.compare([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"]).articles
    assert [a.article.name for a in found] == ["a.txt", "b.txt"]
    assert found[1].article.id == f"{found[0].article.id}-2"


def test_ids_that_files_bring_are_made_distinct_in_the_order_given(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": "1", "text": f"The {name} sank."}), "utf-8")
    made = Annotation(Article("The three sank.", id="1"))
    article = Article("The four sank.", id="1")
    given = [tmp_path / "one.json", made, str(tmp_path / "two.json"), article, made]
    found = [(a.article.id, a.article.text.split()[1]) for a in variorum.compare(given).articles]
    assert found == [("1", "one"), ("1-2", "three"), ("1-3", "two"), ("1-4", "four")]


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


def test_an_account_as_long_as_a_book_is_refused_by_name():
    text = "Rain fell. " * (MOST_CLAIMS + 1)
    claims = tuple(Claim(Span(n * 11, n * 11 + 9)) for n in range(MOST_CLAIMS + 1))
    book = Annotation(Article(text, title="The Flood"), claims=claims)
    with pytest.raises(UsageError, match=r"The Flood makes 5,001 claims"):
        compare_annotations([book, Annotation(Article("Rain fell.", id="short"))])


def test_a_value_whose_full_stop_ends_the_sentence_is_in_its_claim():
    annotation = annotate(
        Article(text="The alarm was raised at 4:25 a.m. The crew had left.", published="2031-05-02")
    )
    first = views_of(annotation)[0]
    assert [first.quote_of(t.span) for t in first.times] == ["4:25 a.m."]
