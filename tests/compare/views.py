"""Builds claims for the comparators from words, as the annotation stages would find them."""

from __future__ import annotations

from variorum.compare.views import View, words_of
from variorum.model import Attribution, Claim, Entity, Place, Quantity, Ref, Span, Time

PLACES = {
    "Vestholm": Place(Span(0, 0), "Vestholm", 60.0, 5.0, 1, "settlement", "NO"),
    "Sandvik": Place(Span(0, 0), "Sandvik", 60.05, 5.02, 2, "settlement", "NO"),
    "Nordby": Place(Span(0, 0), "Nordby", 69.0, 18.0, 3, "settlement", "NO"),
    "Vestland": Place(Span(0, 0), "Vestland", 60.5, 6.0, 4, "region", "NO"),
    "Osterby": Place(Span(0, 0), "Osterby", 57.0, 18.3, 5, "settlement", "SE"),
    "Europe": Place(Span(0, 0), "Europe", 48.7, 9.1, 7, "continent", None),
    "Asia": Place(Span(0, 0), "Asia", 29.8, 89.3, 8, "continent", None),
    "Grenholm": Place(Span(0, 0), "Grenholm"),
    "Sweden": Place(Span(0, 0), "Sweden", 62.0, 15.0, 6, "country", "SE"),
}


def view(
    text: str,
    *,
    numbers: dict[str, tuple[float | None, float | None, str | None]] | None = None,
    units: dict[str, str] | None = None,
    times: dict[str, str] | None = None,
    kinds: dict[str, str] | None = None,
    places: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    bodies: tuple[str, ...] = (),
    verb: str = "",
    lemma: str = "",
    agent: str = "",
    patient: str = "",
    nations: dict[str, str] | None = None,
    negative: bool = False,
    terms: tuple[str, ...] = (),
    certainty: str = "certain",
    hedge: str = "",
    quote: str = "",
    cue: str = "",
    source: str = "",
    before: str = "",
    published: str | None = None,
    article: str = "a",
) -> View:
    whole = f"{before}{text}"

    def at(words: str) -> Span:
        start = whole.index(words, len(before))
        return Span(start, start + len(words))

    claim = Claim(
        span=Span(len(before), len(whole)),
        certainty=certainty,
        polarity="negative" if negative else "positive",
        hedges=(at(hedge),) if hedge else (),
        predicate=at(verb) if verb else None,
        agent=at(agent) if agent else None,
        patient=at(patient) if patient else None,
        terms=terms,
        lemma=lemma,
    )
    located = [PLACES[name] for name in places]
    named = [("GROUP", n, code) for n, code in (nations or {}).items()]
    named += [("PERSON", n, None) for n in people] + [("ORG", n, None) for n in bodies]
    said = Attribution((at(source),) if source else (), (at(cue),) if cue else (), (claim.span,), "indirect")
    return View(
        ref=Ref(article, claim.span),
        claim=claim,
        text=text,
        words=words_of(text),
        sentence=0,
        place_in_text=0.0,
        around=Span(0, len(whole)),
        quantities=tuple(
            Quantity(at(said), low, high, (units or {}).get(said), of)
            for said, (low, high, of) in (numbers or {}).items()
        ),
        times=tuple(
            Time(at(said), (kinds or {}).get(said, "DATE"), value) for said, value in (times or {}).items()
        ),
        places=tuple(
            Place(at(p.name), p.name, p.lat, p.lon, p.geonameid, p.precision, p.country) for p in located
        ),
        entities=tuple(Entity(at(n), label, n, nation=code) for label, n, code in named),
        quotes=(at(quote),) if quote else (),
        attribution=said if cue or source else None,
        article_text=whole,
        published=published,
    )
