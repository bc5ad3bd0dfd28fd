from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from variorum.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Comparison,
    Quantity,
    Ref,
    Relation,
    Row,
    Span,
)
from variorum.render.terminal import print_annotation, print_comparison, show_annotation, show_comparison
from variorum.render.view import Desk, edition


def printed(comparison: Comparison, width: int = 80, **options: object) -> str:
    out = io.StringIO()
    print_comparison(comparison, Console(file=out, width=width, highlight=False, **options))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 100, 132, 200])
def test_it_fits_the_width(comparison: Comparison, width: int) -> None:
    assert max(cell_len(line) for line in printed(comparison, width).splitlines()) <= width


def test_the_contested_come_first(comparison: Comparison) -> None:
    text = printed(comparison)
    parts = [
        "Contested",
        "Compatible",
        "Told by one account only",
        "Caveats",
        "Namings",
        "Origins",
        "Shared text",
    ]
    at = [re.search(f"^{p}.*─", text, re.M) for p in parts]
    starts = [m.start() for m in at if m]
    assert len(starts) == len(parts)
    assert starts == sorted(starts)


def test_both_wordings_stand_with_the_difference_marked(comparison: Comparison) -> None:
    text = printed(comparison)
    assert "ignored three *clear* warnings" in text
    assert "steered *recklessly*" in text
    assert "*Eleven* people were on board" in text
    assert "at least five* of them are _feared_ dead" in text


def test_a_value_is_not_marked_for_being_part_of_another() -> None:
    texts = ("In 1 night 12 boats sank.", "In 1 night 31 boats sank.")
    numbers = (Span(3, 4), Span(11, 13))
    accounts = tuple(
        Annotation(
            Article(t, id=t),
            claims=(Claim(Span(0, 24)),),
            quantities=tuple(Quantity(s, 1, 1) for s in numbers),
        )
        for t in texts
    )
    refs = tuple(Ref(t, Span(0, 24)) for t in texts)
    relation = Relation(*refs, "contradict", "number", 0.9, "“12” / “31”")
    text = printed(Comparison(accounts, (relation,), rows=(Row(refs, "contradict"),)))
    assert "In 1 night *12* boats" in text
    assert "In 1 night *31* boats" in text


def test_every_account_and_every_word_of_a_row_is_there(comparison: Comparison) -> None:
    text = " ".join(printed(comparison, 200).split())
    for article in (a.article for a in comparison.articles):
        assert article.id[:8] in text
    assert "Faroese fisheries ministry “claimed”" in text
    assert "3 accounts, 1 independent origin" in text


def quoted() -> tuple[Comparison, Ref]:
    """A sentence that says who says it, told by one account, of which a part stands in a row."""
    text = "Nine died, Brekke said. Rain fell."
    a, b = Article(text, id="a"), Article("Six died.", id="b")
    said = Attribution((Span(11, 17),), (Span(18, 22),), (Span(0, 9),), "indirect", "Brekke")
    accounts = (
        Annotation(a, (), (Span(0, 23),), claims=(Claim(Span(0, 9), 0, "probable"),), attributions=(said,)),
        Annotation(b, claims=(Claim(Span(0, 8)),)),
    )
    refs = (Ref("a", Span(0, 9)), Ref("b", Span(0, 8)))
    relation = Relation(*refs, "contradict", "other", 0.9, "“Nine died” / “Six died”: not both")
    alone = Ref("a", Span(0, 23))
    return Comparison(
        accounts, (relation,), (alone,), (Row(refs, "contradict"), Row((alone,), "single"))
    ), alone


def test_a_sentence_that_names_its_speaker_is_not_in_the_account_s_own_voice() -> None:
    comparison, alone = quoted()
    reading = Desk(comparison.articles).reading(alone)
    assert (reading.voice, reading.tells_voice, reading.certainty) == (None, True, "probable")
    after = printed(comparison).partition("Told by one account only")[2]
    assert "probable" in after
    assert "in its own voice" not in after


def test_what_stands_in_a_row_in_part_says_so() -> None:
    comparison, alone = quoted()
    assert edition(comparison).partly == {alone: (1,)}
    assert "partly in row 1" in printed(comparison)


def test_a_reason_does_not_repeat_the_statements_beside_it() -> None:
    assert re.search("A:B  not both *\n", printed(quoted()[0]))


def test_a_terminal_gets_styles_instead_of_stars(comparison: Comparison) -> None:
    text = printed(comparison, force_terminal=True, color_system="standard", legacy_windows=False)
    assert "\x1b[" in text
    assert "*Eleven*" not in text


def test_no_color_leaves_no_colour(comparison: Comparison) -> None:
    text = printed(comparison, force_terminal=True, color_system="standard", no_color=True)
    codes = {c for m in re.findall(r"\x1b\[([\d;]*)m", text) for c in m.split(";") if c}
    assert not {c for c in codes if 30 <= int(c) <= 49 or 90 <= int(c) <= 107}


HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31m[bold red]markup[/] [link=file:///x]x[/link] \u202egnp.exe\u202c "
    "\x9b31m \x00 \ud800 :smile: {{ 7*7 }} six dead"
)


def hostile() -> Comparison:
    articles = [
        Article(HOSTILE + "!" * n, id=f"id{n}\x1b[5m", title=HOSTILE, outlet=HOSTILE) for n in range(2)
    ]
    whole = [Span(0, len(HOSTILE)) for _ in articles]
    refs = tuple(Ref(a.id, s) for a, s in zip(articles, whole, strict=True))
    annotations = tuple(Annotation(a, claims=(Claim(s),)) for a, s in zip(articles, whole, strict=True))
    relation = Relation(*refs, "contradict", "number", 1.0, HOSTILE)
    return Comparison(annotations, (relation,), refs, (Row(refs, "contradict"),))


def test_an_article_cannot_steer_the_terminal() -> None:
    out = io.StringIO()
    show_comparison(hostile(), out, page=False)
    text = out.getvalue()
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\x00", "\u202e", "\ud800"}
    assert "␛[2J" in text
    assert "[bold red]markup[/]" in text
    assert ":smile:" in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_encoding_can_print_it(comparison: Comparison, encoding: str) -> None:
    for shown in (comparison, hostile()):
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
        show_comparison(shown, out)
        out.flush()
        assert b"Contested" in raw.getvalue()


def test_one_account_is_enough(comparison: Comparison) -> None:
    text = printed(Comparison(comparison.articles[:1]))
    assert "One account" in text
    assert "Contested" not in text


def test_accounts_that_share_little_are_said_to(comparison: Comparison) -> None:
    told = "may be about different events"
    assert told in " ".join(printed(replace(comparison, overlap=0.02)).split())
    assert told not in " ".join(printed(comparison).split())


def test_an_article_alone(comparison: Comparison) -> None:
    out = io.StringIO()
    print_annotation(comparison.articles[0], Console(file=out, width=80))
    text = out.getvalue()
    for part in ("Claims", "Attributions", "Caveats", "Quantities", "Times", "Places"):
        assert part in text
    assert "crew member" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_an_empty_article() -> None:
    out = io.StringIO()
    show_annotation(Annotation(Article("")), out)
    assert "One account" in out.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.skipif(sys.platform == "win32", reason="pagers are a matter of terminals there")
def test_long_output_goes_through_the_pager(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    seen = tmp_path / "seen"  # type: ignore[operator]
    monkeypatch.setenv("PAGER", f"tee {seen}")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    out = Terminal()
    show_comparison(comparison, out)
    assert out.getvalue() == ""
    assert "Contested" in seen.read_text()
    show_comparison(comparison, out, page=False)
    assert "Contested" in out.getvalue()


@pytest.mark.parametrize("pager", ["no-such-pager --at-all", "less 'x", ""])
def test_a_pager_that_is_not_there_is_done_without(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, pager: str
) -> None:
    monkeypatch.setenv("PAGER", pager)
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    show_comparison(comparison, out)
    assert "Contested" in out.getvalue()
