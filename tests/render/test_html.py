from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pytest

from variorum.model import (
    Annotation,
    Article,
    Caveat,
    Claim,
    Comparison,
    Form,
    Naming,
    Origin,
    Passage,
    Place,
    Ref,
    Relation,
    Row,
    Span,
    Statement,
    Time,
)
from variorum.render.html import report

HOSTILE = (
    "<script>document.title='pwned'</script> </style></script><img src=x onerror=alert(1)> "
    "<a href='javascript:alert(1)'>x</a> \" onmouseover=\"alert(1)\" ' {{ 7*7 }} {% raw %} ]]> <!-- "
    "<base href=//evil.example> <meta http-equiv=refresh content='0;url=//evil.example'> &lt;b&gt; "
    "\x00 \u202etxt.exe \ud800 <svg onload=alert(1)> six dead"
)


def hostile() -> Comparison:
    """Every text that a report prints, hostile."""
    articles = [
        Article(
            HOSTILE + "\r\n" + "!" * n,
            id=f"<i>{n}",
            title=HOSTILE,
            outlet=HOSTILE,
            url="javascript:alert(1)//" + HOSTILE,
            published=HOSTILE,
            language='en" onclick="alert(1)',
        )
        for n in range(2)
    ]
    whole, part = Span(0, len(HOSTILE)), Span(5, 40)
    refs = tuple(Ref(a.id, whole) for a in articles)
    annotations = tuple(
        Annotation(
            a,
            claims=(Claim(whole, hedges=(part,)),),
            caveats=(Caveat("unclear", part),),
            places=(Place(Span(3, 9), HOSTILE, 1.0, 2.0, 7, "point"),),
            times=(Time(Span(1, 4), "DATE", HOSTILE),),
        )
        for a in articles
    )
    return Comparison(
        annotations,
        (Relation(*refs, "contradict", "other", 1.0, HOSTILE),),
        (Ref(articles[0].id, Span(2, 60)),),
        (Row(refs, "contradict", (0,)),),
        (Origin(HOSTILE, "person", (Statement(articles[0].id, part, (HOSTILE,)),)),),
        (Naming(HOSTILE, (Form(articles[1].id, HOSTILE, (part,)),)),),
        (Passage(*refs, 0.9),),
        0.01,
    )


def many(n: int) -> Comparison:
    """Accounts of 600 words with sixty claims each, ten of them in rows of all accounts."""
    words = ("the", "ship", "harbour", "captain", "said", "trawler", "night", "fishermen", "sank", "north")
    annotations = []
    for a in range(n):
        sentences = [" ".join(words[(a + i + k) % len(words)] for k in range(10)) for i in range(60)]
        text = ". ".join(sentences)
        spans, at = [], 0
        for s in sentences:
            spans.append(Span(at, at + len(s)))
            at += len(s) + 2
        annotations.append(
            Annotation(
                Article(text, id=f"article-{a}", outlet=f"Outlet {a}"),
                sentences=tuple(spans),
                claims=tuple(Claim(s) for s in spans),
                times=tuple(Time(Span(s.start, s.start + 3), "DATE", "2024-10-11") for s in spans[::4]),
            )
        )
    rows, relations = [], []
    for i in range(10):
        refs = tuple(Ref(a.article.id, a.claims[i].span) for a in annotations)
        rows.append(Row(refs, "contradict"))
        relations += [
            Relation(refs[x], refs[y], "contradict", "other", 0.9, f"{x} / {y}")
            for x in range(n)
            for y in range(x)
        ]
    only = tuple(Ref(a.article.id, c.span) for a in annotations for c in a.claims[10:])
    return Comparison(tuple(annotations), tuple(relations), only, tuple(rows), overlap=0.4)


@pytest.fixture(scope="module", params=["examples", "hostile", "one", "none of anything", "thirty"])
def page(request: pytest.FixtureRequest, comparison: Comparison) -> str:
    made = {
        "examples": lambda: comparison,
        "hostile": hostile,
        "one": lambda: Comparison(comparison.articles[:1]),
        "none of anything": lambda: Comparison((Annotation(Article("")), Annotation(Article("one line")))),
        "thirty": lambda: many(30),
    }
    return report(made[request.param]())


@cache
def tree(page: str) -> lxml.html.HtmlElement:
    """The page, parsed once: not to be changed."""
    return fresh(page)


def fresh(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def policy(page: str) -> dict[str, str]:
    meta = tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(meta) == 1
    return dict(d.strip().split(" ", 1) for d in meta[0].split(";"))


def test_the_policy_allows_nothing_from_elsewhere(page: str) -> None:
    allowed = policy(page)
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    assert set(allowed) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    assert not re.search(r"unsafe|https?:|\*", " ".join(allowed.values()))


def test_the_policy_stands_before_what_it_governs(page: str) -> None:
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script>")


@pytest.mark.parametrize(("element", "directive"), [("script", "script-src"), ("style", "style-src")])
def test_the_hashes_are_those_of_the_one_script_and_style(page: str, element: str, directive: str) -> None:
    found = tree(page).xpath(f"//{element}")
    assert len(found) == 1
    digest = base64.b64encode(hashlib.sha256(found[0].text.encode()).digest()).decode()
    assert policy(page)[directive] == f"'sha256-{digest}'"
    assert not found[0].attrib


def test_nothing_acts_and_nothing_is_fetched(page: str) -> None:
    for element in tree(page).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in (
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "form",
            "audio",
            "video",
        )
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in ("style", "src", "srcset", "action", "formaction", "background", "ping"), name
            if name in ("href", "xlink:href"):
                assert value.startswith("#"), value
            if element.tag == "meta" and name == "http-equiv":
                assert value == "Content-Security-Policy"
    style = tree(page).xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style


def test_every_link_leads_somewhere_and_names_are_unique(page: str) -> None:
    ids = tree(page).xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {h[1:] for h in tree(page).xpath("//a/@href")}
    assert links <= set(ids), sorted(links - set(ids))[:5]
    assert set(tree(page).xpath("//@data-to")) <= set(ids)
    assert set(tree(page).xpath("//@aria-labelledby")) <= set(ids)


def test_it_reads_well_without_eyes(page: str) -> None:
    root = tree(page)
    assert root.get("lang") == "en"
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == 1
    assert root.xpath("//nav[@aria-label]")
    assert root.xpath("//a[contains(@class, 'skip')]/@href")[0][1:] in root.xpath("//@id")
    for table in root.xpath("//table"):
        assert table.xpath(".//th[@scope='col']")
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
    for control in root.xpath("//input | //select"):
        assert control.xpath("ancestor::label")
    assert not root.xpath("//a[not(normalize-space()) and not(@aria-label)]")


def test_it_can_be_written_and_has_no_control_characters(page: str) -> None:
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert page.startswith("<!DOCTYPE html>")


def test_hostile_words_are_printed_as_words() -> None:
    text = tree(report(hostile())).text_content()
    assert "<script>document.title='pwned'</script>" in text
    assert "{{ 7*7 }}" in text
    assert "⟨U+202E⟩txt.exe" in text


def test_the_texts_are_whole(comparison: Comparison) -> None:
    bodies = fresh(report(comparison)).xpath("//div[@class='body']")
    for body, annotation in zip(bodies, comparison.articles, strict=True):
        for ref in body.xpath(".//a[@class='ref']"):
            ref.drop_tree()
        assert body.text_content().split() == annotation.article.text.split()


def test_a_link_leads_to_the_words_that_it_shows(comparison: Comparison) -> None:
    root = fresh(report(comparison))
    for link in root.xpath("//section[@id='synopsis']//a[@class='quote']"):
        target = root.get_element_by_id(link.get("href")[1:])
        for ref in target.xpath(".//a[@class='ref']"):
            ref.drop_tree()
        assert target.text_content() == link.text_content()


def test_rows_lead_to_texts_and_back(comparison: Comparison) -> None:
    root = tree(report(comparison))
    for row in root.xpath("//tr[starts-with(@id, 'r')]"):
        cells = row.xpath(".//td//a[@class='quote']/@href")
        assert len(cells) >= 2
        back = [root.get_element_by_id(c[1:]).get("data-to") for c in cells]
        assert back == [row.get("id")] * len(cells)
    verdicts = root.xpath("//tr/@data-verdict")
    assert verdicts == sorted(verdicts, key=("contradict", "compatible", "agree").index)


def test_the_fingerprints_and_the_version_are_there(comparison: Comparison) -> None:
    page = report(comparison)
    assert all(a.article.sha256 in page for a in comparison.articles)
    assert re.search(r"Computed by variorum \d+\.\d+", page)


def test_one_stretch_with_two_caveats_is_one_entry_with_both() -> None:
    words = Span(0, 9)
    account = Annotation(
        Article("Not known.", id="a"),
        caveats=(Caveat("unverified", words), Caveat("anonymous-source", words)),
    )
    entries = tree(report(Comparison((account,)))).xpath("//section[@id='caveats']//li")
    assert [e.xpath("./span[@class='tag']/text()") for e in entries] == [["unverified", "anonymous-source"]]


def test_one_account_needs_no_key_to_what_several_tell(comparison: Comparison) -> None:
    assert "what other accounts tell" in report(comparison)
    assert "what other accounts tell" not in report(Comparison(comparison.articles[:1]))


def test_the_same_comparison_gives_the_same_page(comparison: Comparison) -> None:
    assert report(comparison) == report(replace(comparison))


def test_thirty_accounts_stay_small(page: str) -> None:
    assert len(page.encode()) < 3_000_000


def contrast(a: str, b: str) -> float:
    """WCAG 2.2 contrast ratio of two colours in hexadecimal."""

    def luminance(colour: str) -> float:
        colour = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sheet", ["report.css", "dark.css", "print.css"])
def test_contrast_is_enough(sheet: str) -> None:
    folder = Path(report.__code__.co_filename).parent / "templates"
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (folder / sheet).read_text("utf-8")))
    for tone in ("contradict", "compatible", "agree", "only"):
        for ground in (colours["paper"], colours[f"{tone}-bg"]):
            assert contrast(colours[tone], ground) >= 4.5, (tone, ground)
        for ink in ("ink", "muted"):
            assert contrast(colours[ink], colours[f"{tone}-bg"]) >= 4.5, (ink, tone)
    for ink in ("ink", "muted", "accent"):
        assert contrast(colours[ink], colours["paper"]) >= 4.5, ink
    assert contrast(colours["ink"], colours["mark"]) >= 4.5


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def opened(page: Path, folder: Path, *more: str) -> lxml.html.HtmlElement:
    """The page as it stands after a browser, with `more` flags, has loaded it."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]
    done = subprocess.run(
        [str(CHROMIUM), *flags, *more, f"--user-data-dir={folder / 'profile'}", page.as_uri()],
        capture_output=True,
        timeout=60,
        check=True,
    )
    return fresh(done.stdout.decode("utf-8"))


@pytest.mark.skipif(CHROMIUM is None, reason="no browser is installed")
def test_a_browser_runs_the_script_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(report(hostile()), "utf-8")
    after = opened(page, tmp_path)
    assert "js" in after.get("class", "")
    assert after.xpath("string(//title)").endswith("Variorum")
    assert not after.xpath("//img | //svg[@onload] | //base")


PRESSES = """
const said = [], key = (k, on) => (on || document.activeElement || document.body).dispatchEvent(
  new KeyboardEvent("keydown", { key: k, bubbles: true }));
const here = () => (document.querySelector(".row.here") || {}).id;
key("j"); said.push(here()); key("j"); said.push(here()); key("k"); said.push(here());
key("ArrowDown"); said.push(here());
const lit = () => document.querySelectorAll("#texts .lit").length;
said.push(lit() >= 2); key("Enter"); said.push(location.hash.startsWith("#A.")); said.push(lit() >= 2);
key("b"); said.push(here());
document.querySelector("#texts .claim[data-to=r1]").click(); said.push(here());
const open = () => [...document.querySelectorAll(".row:not([hidden])")];
key("c"); said.push(open().every((r) => r.dataset.verdict === "contradict")); key("c");
const find = document.getElementById("find"); find.value = "mackerel"; find.dispatchEvent(new Event("input"));
said.push(open().length);
key("t"); said.push(["light", "dark"].includes(document.documentElement.dataset.theme));
key("?"); said.push(document.getElementById("help").open);
document.title = said.join(" ");
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no browser is installed")
def test_keys_and_links_lead_both_ways(tmp_path: Path, comparison: Comparison) -> None:
    page = tmp_path / "report.html"
    text = re.sub("<meta http-equiv=[^>]*>", "", report(comparison))
    page.write_text(text.replace("</body>", f"<script>{PRESSES}</script></body>"), "utf-8")
    title = opened(page, tmp_path).xpath("string(//title)")
    assert title == "r1 r2 r1 r2 true true true r2 r1 true 0 true true"


MEASURE = """
const root = document.documentElement;
document.title = `${root.scrollWidth} ${root.clientWidth} ${document.querySelectorAll(".silent").length}`;
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no browser is installed")
@pytest.mark.parametrize("width", [500, 1300])
@pytest.mark.parametrize("accounts", [5, 7])
def test_the_page_is_no_wider_than_its_window(tmp_path: Path, width: int, accounts: int) -> None:
    page = tmp_path / "report.html"
    full = many(accounts)
    rows = tuple(replace(row, claims=row.claims[:-1]) for row in full.rows)
    text = re.sub("<meta http-equiv=[^>]*>", "", report(replace(full, rows=rows)))
    page.write_text(text.replace("</body>", f"<script>{MEASURE}</script></body>"), "utf-8")
    title = opened(page, tmp_path, f"--window-size={width},900").xpath("string(//title)")
    scrolled, window, silent = map(int, title.split())
    assert silent
    assert scrolled <= window <= width
