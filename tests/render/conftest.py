"""A comparison of the three example accounts, made by hand: what rendering is held to without the rest."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from variorum.model import (
    Annotation,
    Article,
    Attribution,
    Caveat,
    Claim,
    Comparison,
    Form,
    Naming,
    Origin,
    Passage,
    Place,
    Quantity,
    Ref,
    Relation,
    Row,
    Span,
    Statement,
    Time,
)

EXAMPLES = Path(__file__).parents[2] / "examples"


def page(name: str) -> Article:
    """An example page as an article; reading proper is tested elsewhere."""
    tree = lxml.html.fromstring((EXAMPLES / name).read_bytes())

    def meta(key: str) -> str:
        return str(tree.xpath(f"string(//meta[@property='{key}']/@content)"))

    text = "\n".join(p.text_content() for p in tree.xpath("//article/p"))
    url = str(tree.xpath("string(//link[@rel='canonical']/@href)"))
    return Article(
        text,
        title=meta("og:title"),
        outlet=meta("og:site_name"),
        url=url,
        published=meta("article:published_time"),
        language="en",
        path=f"examples/{name}",
    )


def find(text: str, quote: str) -> Span:
    """The one place where the text says it."""
    assert text.count(quote) == 1, (text.count(quote), quote)
    start = text.index(quote)
    return Span(start, start + len(quote))


def every(text: str, form: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end()) for m in re.finditer(re.escape(form), text))


class Maker:
    """Builds an annotation by quoting."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.attributions: list[Attribution] = []
        self.claims: list[Claim] = []

    def span(self, quote: str) -> Span:
        return find(self.article.text, quote)

    def said(self, source: str, cue: str, content: str, speaker: str | None = None) -> int:
        where = self.span(content)
        around = self.article.text[max(0, where.start - 260) : where.end + 260]
        offset = max(0, where.start - 260)
        spans = [
            (Span(offset + i, offset + i + len(w)),) if w and (i := around.find(w)) >= 0 else ()
            for w in (source, cue)
        ]
        self.attributions.append(Attribution(spans[0], spans[1], (where,), "indirect", speaker or source))
        return len(self.attributions) - 1

    def claim(self, quote: str, by: int | None = None, hedge: str = "", **kind: str) -> Ref:
        where = self.span(quote)
        hedges = ()
        if hedge:
            at = self.article.text.index(hedge, max(0, where.start - 40))
            hedges = (Span(at, at + len(hedge)),)
        self.claims.append(Claim(where, by, hedges=hedges, **kind))  # type: ignore[arg-type]
        return Ref(self.article.id, where)

    def done(self, **parts: object) -> Annotation:
        text = self.article.text
        lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
        return Annotation(
            self.article,
            paragraphs=tuple(Span(*s) for s in lines),
            sentences=tuple(
                Span(s + m.start(), s + m.end())
                for s, e in lines
                for m in re.finditer(r"\S.*?(?:[.!?][”)]?(?=\s|$)|$)", text[s:e])
            ),
            attributions=tuple(self.attributions),
            claims=tuple(self.claims),
            **parts,  # type: ignore[arg-type]
        )

    def caveats(self, *pairs: tuple[str, str]) -> tuple[Caveat, ...]:
        return tuple(Caveat(k, self.span(q)) for k, q in pairs)  # type: ignore[arg-type]

    def times(self, *pairs: tuple[str, str]) -> tuple[Time, ...]:
        return tuple(
            Time(s, "DURATION" if v.startswith("P") else "TIME" if "T" in v else "DATE", v)
            for q, v in pairs
            for s in every(self.article.text, q)
        )

    def places(self, *known: tuple[str, float, float, str]) -> tuple[Place, ...]:
        return tuple(
            Place(s, n, lat, lon, hash_(n), p)  # type: ignore[arg-type]
            for n, lat, lon, p in known
            for s in every(self.article.text, n)
        )

    def numbers(self, *known: tuple[str, float | None, float | None, str]) -> tuple[Quantity, ...]:
        return tuple(
            Quantity(s, lo, hi, None, of) for q, lo, hi, of in known for s in every(self.article.text, q)
        )


def hash_(name: str) -> int:
    return sum(map(ord, name))


QUARREL = (
    "Norway and the Faroe Islands have quarrelled over mackerel quotas since April, "
    "when talks in Aberdeen broke down without an agreement."
)
SHOTS = (
    "In June a Faroese patrol ship fired warning shots over a Norwegian boat off Suðuroy, but nobody was hurt"
)
FAROES = ("Faroe Islands", 62.0, -7.0, "region")
KNOWN = (
    FAROES,
    ("Klaksvík", 62.2266, -6.589, "settlement"),
    ("Tórshavn", 62.0097, -6.7716, "settlement"),
    ("Aberdeen", 57.1437, -2.0981, "settlement"),
    ("Suðuroy", 61.53, -6.85, "region"),
    ("Ålesund", 62.4723, 6.1549, "settlement"),
    ("Bergen", 60.393, 5.3242, "settlement"),
    ("Norwegian Sea", 68.0, 2.0, "region"),
    ("Lerwick", 60.1545, -1.1494, "settlement"),
    ("Shetland", 60.33, -1.33, "region"),
    ("Oslo", 59.9127, 10.7461, "settlement"),
)


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """The three examples side by side, with every kind of finding."""
    h, v, d = (
        Maker(page("harbour-gazette.html")),
        Maker(page("vestland-morning-post.html")),
        Maker(
            Article(
                (EXAMPLES / "atlantic-dispatch.txt").read_text("utf8"), path="examples/atlantic-dispatch.txt"
            )
        ),
    )
    ministry = "Faroese fisheries ministry"
    h_min = h.said(
        "the Faroese fisheries ministry",
        "said",
        "Four crew members of the Norwegian trawler Solveig Maria were killed on Thursday night",
        ministry,
    )
    h_stmt = h.said(
        "it",
        "said in a statement",
        "“The captain ignored three clear warnings and steered into our path,”",
        ministry,
    )
    v_stmt = v.said(
        "The Faroese fisheries ministry",
        "claimed",
        "the captain had “ignored three warnings and steered recklessly into our path”",
        ministry,
    )
    d_stmt = d.said(
        "The fisheries ministry in Tórshavn",
        "said in a statement",
        "the captain “ignored three clear warnings and steered into our path”",
        ministry,
    )
    d_resc = d.said("rescue officials", "said", "at least five of them are feared dead")
    h_own = h.said(
        "Ingrid Solheimsnes",
        "said",
        "“Our ship had stopped her engines and was lying still when she was rammed,”",
    )
    v_own = v.said(
        "Ingrid Solheimsnes",
        "said",
        "“Our ship had stopped her engines and was lying still when she was rammed,”",
    )
    d_own = d.said(
        "Brattholm Fisk", "said", "the Solveig Maria was not moving when it was hit", "Brattholm Fisk"
    )
    d_off = d.said(
        "A Faroese official", "said", "the trawler had been fishing illegally inside the Faroese zone"
    )
    h_deny = h.said(
        "The company", "denied", "the trawler had been fishing inside the Faroese zone", "Brattholm Fisk"
    )
    v_deny = v.said("Myrseth", "denied", "the Norwegian boat had been fishing illegally", "Harald Myrseth")
    v_union = v.said("the fishermen’s union", "said", "The video proves that the attack was deliberate")

    toll = (
        h.claim(
            "Four crew members of the Norwegian trawler Solveig Maria were killed on Thursday night", h_min
        ),
        v.claim("Six Norwegian fishermen were killed"),
        d.claim("at least five of them are feared dead", d_resc, "feared", certainty="probable"),
    )
    aboard = (
        h.claim("Eleven people were on board"),
        v.claim("the 11 men on board"),
        d.claim("Twelve people were on board"),
    )
    hour = (
        h.claim("the two vessels collided shortly after 10pm"),
        v.claim(
            "The trawler sank within minutes in the Norwegian Sea, "
            "some 70 kilometres north-east of the Faroe Islands, at around 9.30pm"
        ),
        d.claim("sank early on Friday after it collided with a Faroese patrol vessel"),
    )
    warned = (
        h.claim("The captain ignored three clear warnings and steered into our path", h_stmt),
        v.claim("the captain had “ignored three warnings and steered recklessly into our path”", v_stmt),
        d.claim("the captain “ignored three clear warnings and steered into our path”", d_stmt),
    )
    still = (
        h.claim("Our ship had stopped her engines and was lying still when she was rammed", h_own),
        v.claim("Our ship had stopped her engines and was lying still when she was rammed", v_own),
        d.claim("the Solveig Maria was not moving when it was hit", d_own, polarity="negative"),
    )
    zone = (
        h.claim("the trawler had been fishing inside the Faroese zone", h_deny, polarity="negative"),
        v.claim("the Norwegian boat had been fishing illegally", v_deny, polarity="negative"),
        d.claim("the trawler had been fishing illegally inside the Faroese zone", d_off),
    )
    saved = (
        h.claim("Seven survivors were taken to a hospital in Tórshavn"),
        v.claim("Only five of the 11 men on board survived"),
        d.claim("Six survivors were taken to a hospital in Tórshavn"),
    )
    video = (
        h.claim(
            "appears to show the patrol ship approaching the trawler at speed",
            None,
            "appears to",
            certainty="probable",
        ),
        v.claim("shows the Skarvur bearing down on the helpless trawler"),
        d.claim(
            "seems to show a ship with a searchlight coming closer", None, "seems to", certainty="possible"
        ),
    )
    shots = (
        h.claim(SHOTS),
        v.claim(SHOTS),
        d.claim("one fisherman was slightly injured"),
    )
    only = (
        h.claim("the crew had no time to put on life jackets", certainty="certain"),
        h.claim("Police in Tórshavn have opened an investigation and seized the logbook of the Skarvur"),
        v.claim("The video proves that the attack was deliberate", v_union),
        v.claim("Oslo would summon the Danish ambassador"),
        v.claim("The dead include the captain, 58-year-old Torstein Aakvik, and his two sons"),
        d.claim("A helicopter from Lerwick and three boats took part in the search"),
        d.claim(
            "Her commander will probably be questioned on Monday", None, "probably", certainty="probable"
        ),
    )

    def pair(
        refs: tuple[Ref, ...], i: int, j: int, verdict: str, aspect: str, why: str, score: float = 0.8
    ) -> Relation:
        return Relation(refs[i], refs[j], verdict, aspect, score, why)  # type: ignore[arg-type]

    relations = (
        pair(toll, 0, 1, "contradict", "number", "“Four” / “Six”"),
        pair(toll, 1, 2, "compatible", "number", "“Six” / “at least five”: the ranges overlap"),
        pair(toll, 0, 2, "contradict", "number", "“Four” / “at least five”"),
        pair(aboard, 0, 1, "agree", "number", "“Eleven” / “11”"),
        pair(aboard, 0, 2, "contradict", "number", "“Eleven” / “Twelve”"),
        pair(aboard, 1, 2, "contradict", "number", "“11” / “Twelve”"),
        pair(hour, 0, 1, "contradict", "time", "“shortly after 10pm” / “around 9.30pm”"),
        pair(hour, 0, 2, "contradict", "time", "“shortly after 10pm” / “early on Friday”"),
        pair(
            warned,
            0,
            1,
            "contradict",
            "quote",
            "one quotation in two wordings: “clear” is missing, “recklessly” is added",
        ),
        pair(warned, 0, 2, "agree", "quote", "the same words"),
        pair(still, 0, 1, "agree", "quote", "the same words"),
        pair(still, 0, 2, "compatible", "quote", "the same fact, quoted / told"),
        pair(zone, 0, 2, "contradict", "polarity", "denied / stated"),
        pair(zone, 1, 2, "contradict", "polarity", "denied / stated"),
        pair(saved, 0, 1, "contradict", "number", "“Seven” / “five”"),
        pair(saved, 0, 2, "contradict", "number", "“Seven” / “Six”"),
        pair(video, 0, 1, "compatible", "certainty", "“appears to” / stated flatly"),
        pair(video, 0, 2, "compatible", "certainty", "“appears to” / “seems to”"),
        pair(shots, 0, 1, "agree", "quote", "the same words"),
        pair(shots, 0, 2, "contradict", "other", "nobody was hurt / one fisherman was slightly injured"),
    )
    rows = (
        Row(toll, "contradict", (0, 3, 4), 3),
        Row(aboard, "contradict", (3, 4, 5), 3),
        Row(hour, "contradict", (3, 4, 5), 3),
        Row(warned, "contradict", (0,), 1),
        Row(still, "compatible", (1,), 1),
        Row(zone, "contradict", (1, 6, 7), 3),
        Row(saved, "contradict", (3, 4, 5), 3),
        Row(video, "compatible", (2,), 1),
        Row(shots, "contradict", (8, 5), 2),
        *(Row((o,), "single", (), 1) for o in only),
    )

    def stands(refs: tuple[Ref, ...], *via: str) -> tuple[Statement, ...]:
        return tuple(Statement(r.article, r.span, via) for r in refs)

    origins = (
        Origin("Faroese fisheries ministry", "organisation", stands((toll[0], *warned))),
        Origin("Ingrid Solheimsnes", "person", stands(still)),
        Origin("video from the deck", "footage", stands(video)),
        Origin("The Harbour Gazette", "outlet", stands((aboard[0], hour[0], saved[0]))),
        Origin("Vestland Morning Post", "outlet", stands((toll[1], aboard[1], hour[1], saved[1]))),
        Origin("rescue officials", "group", stands((toll[2], hour[2]), "rescue officials")),
        Origin("Harald Myrseth", "person", stands((zone[1],))),
        Origin("A Faroese official", "unnamed", stands((zone[2],))),
        Origin("Norrpress", "agency", stands(shots[:2])),
    )
    shared = f"{QUARREL} {SHOTS}."
    passages = (
        Passage(Ref(h.article.id, h.span(shared)), Ref(v.article.id, v.span(shared)), 1.0),
        Passage(warned[0], warned[1], 0.75),
    )

    def forms(m: Maker, *texts: str) -> tuple[Form, ...]:
        return tuple(Form(m.article.id, t, every(m.article.text, t)) for t in texts)

    namings = (
        Naming(
            "Skarvur",
            forms(h, "Faroese patrol ship", "the patrol ship Skarvur", "Skarvur")
            + forms(v, "Faroese gunboat", "the gunboat", "Skarvur")
            + forms(d, "Faroese patrol vessel", "Skarvur"),
        ),
        Naming(
            "crew of the Solveig Maria",
            forms(h, "crew members", "Eleven people")
            + forms(v, "Norwegian fishermen", "the 11 men")
            + forms(d, "people", "the fishermen", "the crew"),
        ),
        Naming(
            "Faroese fisheries ministry",
            forms(h, "the Faroese fisheries ministry", "The ministry")
            + forms(v, "The Faroese fisheries ministry")
            + forms(d, "The fisheries ministry in Tórshavn"),
        ),
    )
    annotations = (
        h.done(
            caveats=h.caveats(
                ("unverified", "The Harbour Gazette could not independently verify the footage."),
                ("no-comment", "Norway’s foreign ministry did not respond to a request for comment."),
            ),
            times=h.times(
                ("Thursday night", "2024-10-10TNI"),
                ("shortly after 10pm", "2024-10-10T22:00"),
                ("on Friday", "2024-10-11"),
                ("Friday morning", "2024-10-11TMO"),
                ("April", "2024-04"),
                ("In June", "2024-06"),
            ),
            places=h.places(*KNOWN),
            quantities=h.numbers(
                ("Four", 4, 4, "crew member"),
                ("Eleven", 11, 11, "person"),
                ("Seven", 7, 7, "person"),
                ("two", 2, 2, "person"),
            ),
        ),
        v.done(
            caveats=v.caveats(
                ("anonymous-source", "two officials in Tórshavn said on condition of anonymity")
            ),
            times=v.times(
                ("Thursday evening", "2024-10-10TEV"),
                ("around 9.30pm", "2024-10-10T21:30"),
                ("on Saturday", "2024-10-12"),
                ("thirty years", "P30Y"),
                ("April", "2024-04"),
                ("In June", "2024-06"),
            ),
            places=v.places(*KNOWN),
            quantities=v.numbers(("Six", 6, 6, "fisherman"), ("11", 11, 11, "man"), ("five", 5, 5, "man")),
        ),
        d.done(
            caveats=d.caveats(
                ("unverified", "The exact position could not be confirmed."),
                ("unclear", "It was unclear what caused the collision."),
                (
                    "anonymous-source",
                    "A Faroese official, who asked not to be named "
                    "because he was not allowed to speak to reporters",
                ),
                ("unverified", "The Dispatch has not been able to verify that claim."),
                ("no-comment", "Norway’s foreign ministry declined to comment."),
            ),
            times=d.times(
                ("early on Friday", "XXXX-WXX-5TMO"),
                ("on Monday", "XXXX-WXX-1"),
                ("for several hours", "PTXH"),
                ("In June", "XXXX-06"),
                ("the spring", "XXXX-SP"),
            ),
            places=d.places(*KNOWN),
            quantities=d.numbers(
                ("at least five", 5, None, "person"),
                ("Twelve", 12, 12, "person"),
                ("Six", 6, 6, "survivor"),
                ("three boats", 3, 3, "boat"),
            ),
        ),
    )
    return Comparison(annotations, relations, only, rows, origins, namings, passages, overlap=0.62)
