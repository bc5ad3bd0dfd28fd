"""What accounts leave out, from rows made by hand."""

from variorum.compare.omissions import omissions, weighed
from variorum.model import Annotation, Article, Attribution, Caveat, Claim, Quantity, Ref, Row, Span

TEXT = "Nine boats sank. Rain fell. It was not verified. Brekke said so."
SPANS = [Span(0, 16), Span(17, 27), Span(28, 48), Span(49, 64)]


def account(name: str) -> Annotation:
    return Annotation(
        Article(TEXT, id=name),
        sentences=tuple(SPANS),
        claims=tuple(Claim(s) for s in SPANS),
        quantities=(Quantity(Span(0, 4), 9, 9),),
        caveats=(Caveat("unverified", SPANS[2]),),
        attributions=(Attribution((Span(49, 55),), (Span(56, 60),), (Span(61, 63),), "indirect", "Brekke"),),
    )


ACCOUNTS = [account(n) for n in "abcd"]


def row(which: int, *names: str) -> Row:
    refs = tuple(Ref(n, SPANS[which]) for n in names)
    return Row(refs, "agree" if len(names) > 1 else "single")


def test_what_more_accounts_tell_weighs_more():
    few, many = weighed([row(1, "a", "b"), row(1, "a", "b", "c")], ACCOUNTS)
    assert few.weight < many.weight


def test_what_a_row_bears_weighs():
    number, plain, check, said = weighed([row(n, "a", "b") for n in range(4)], ACCOUNTS)
    assert (number.bears, plain.bears) == (("number",), ())
    assert (check.bears, said.bears) == (("verification",), ("attribution",))
    assert check.weight > number.weight > said.weight > plain.weight
    assert all(0 <= r.weight <= 1 for r in (number, plain, check, said))


def test_an_account_lacks_what_only_others_tell_the_weightiest_first():
    rows = weighed([row(1, "a", "b"), row(0, "b", "c"), row(2, "a", "b", "c")], ACCOUNTS)
    found = {o.article: o.rows for o in omissions(rows, ACCOUNTS, {})}
    assert found == {"a": (1,), "b": (), "c": (0,), "d": (2, 1, 0)}


def test_what_an_account_tells_in_other_words_is_not_left_out():
    rows = weighed([row(1, "a", "b"), row(0, "b", "c")], ACCOUNTS)
    told = {Ref("b", SPANS[1]): {"d"}}
    assert {o.article: o.rows for o in omissions(rows, ACCOUNTS, told)}["d"] == (1,)


def test_one_account_leaves_nothing_out():
    rows = weighed([row(1, "a")], ACCOUNTS[:1])
    assert omissions(rows, ACCOUNTS[:1], {}) == ()


def test_the_order_of_accounts_changes_no_weight():
    rows = [row(1, "a", "b"), row(0, "b", "c"), row(2, "d")]
    assert weighed(rows, ACCOUNTS) == weighed(rows, ACCOUNTS[::-1])
