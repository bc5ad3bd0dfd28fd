import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.claims import find_claims
from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.pipeline import annotate
from variorum.model import Article, Attribution, Claim, Span

# What happened in towns that do not exist.
SENTENCES = [
    "The dam above Orlo burst on Friday after heavy rain, killing 14 people and flooding two villages.",
    "Mayor Ines Valk said the ferry had left the port of Marn before the storm broke.",
    "“We saw the roof fall,” said Tomas Erdel, a baker who lives near the market.",
    "The ministry accused the rebels of burning the archive and promised to rebuild it.",
    "Bridge collapses in Port Ella",
    "The court, which sits in Tarn, freed the editor and fined the paper 3,000 crowns.",
    "Neither the cause of the fire nor the number of the injured was known.",
    "According to the union, 400 miners walked out when the lift failed.",
    "Footage shows guards beating a man who had raised his hands.",
    "If the river rises again, the camp will be moved.",
    "Did the pilot see the mast?",
    "PORT ELLA (Kestrel) - Divers searched the wreck.",
    "OSTRAVEN",
]


def document(text: str) -> Document:
    return parse(Article(text=text), load_pipeline())


def claims(text: str, *attributions: Attribution) -> list[Claim]:
    return list(find_claims(document(text), attributions))


def words_of(text: str, *attributions: Attribution) -> list[str]:
    return [c.span.of(text) for c in claims(text, *attributions)]


def attributed(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return Attribution((span(source),), (span(cue),), (span(content),), "indirect")


CASES = [
    (
        "The dam above Orlo burst on Friday after heavy rain, killing 14 people.",
        ["The dam above Orlo burst on Friday after heavy rain", "killing 14 people"],
    ),
    ("The mayor said the ferry had sunk.", ["The mayor said", "the ferry had sunk"]),
    ("“We saw the roof fall,” said Tomas Erdel.", ["We saw", "the roof fall", "said Tomas Erdel"]),
    ("The police shot and wounded the burglar.", ["The police shot and wounded the burglar"]),
    (
        "The judge freed the editor and fined the paper 3,000 crowns.",
        ["The judge freed the editor", "fined the paper 3,000 crowns"],
    ),
    (
        "The mob burned a library that held 900 maps.",
        ["The mob burned a library", "a library that held 900 maps"],
    ),
    ("According to the union, 400 miners walked out.", ["According to the union", "400 miners walked out"]),
    ("The ministry wants to close the mine.", ["The ministry wants to close the mine", "to close the mine"]),
    ("The ferry seems to have sunk.", ["The ferry seems to have sunk"]),
    ("Bridge collapses in Port Ella", ["Bridge collapses in Port Ella"]),
    ("PORT ELLA (Kestrel) - Divers searched the wreck.", ["Divers searched the wreck"]),
    ("OSTRAVEN", []),
    ("", []),
    ("…", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_claim_is_the_smallest_clause_that_states_something(text: str, expected: list[str]):
    assert words_of(text) == expected


def test_the_whole_accusation_and_its_content_are_both_claims():
    text = "The ministry accused the rebels of burning the archive."
    said = attributed(text, "The ministry", "accused", "the rebels of burning the archive")
    found = claims(text, said)
    assert [(c.span.of(text), c.attribution) for c in found] == [
        ("The ministry accused the rebels of burning the archive", None),
        ("burning the archive", 0),
    ]


def test_a_claim_names_the_innermost_attribution_and_leaves_its_words_out():
    text = "The guard said the mayor told him the bridge was safe."
    outer = attributed(text, "The guard", "said", "the mayor told him the bridge was safe")
    inner = attributed(text, "the mayor", "told", "the bridge was safe")
    assert [(c.span.of(text), c.attribution) for c in claims(text, outer, inner)] == [
        ("The guard said", None),
        ("the mayor told him", 0),
        ("the bridge was safe", 1),
    ]


def test_a_source_in_front_is_no_part_of_the_content():
    text = "In the view of the harbour master, the ferry was too heavy."
    said = attributed(text, "the harbour master", "In the view of", "the ferry was too heavy")
    by = {c.span.of(text): c.attribution for c in claims(text, said)}
    assert by["the ferry was too heavy"] == 0
    assert all(a is None for words, a in by.items() if "harbour" in words)


ROLES = [
    ("The guard hit the painter.", "hit", "guard", "painter"),
    ("The painter was hit by the guard.", "hit", "guard", "painter"),
    ("The painter was hit.", "hit", None, "painter"),
    ("A group of soldiers left the town.", "left", "soldiers", "town"),
    ("The storm seems to have sunk the ferry.", "sunk", "storm", "ferry"),
    ("The cause is unclear.", "unclear", "cause", None),
]


@pytest.mark.parametrize(("text", "predicate", "agent", "patient"), ROLES)
def test_roles(text: str, predicate: str, agent: str | None, patient: str | None):
    claim = claims(text)[0]
    assert [s and s.of(text) for s in (claim.predicate, claim.agent, claim.patient)] == [
        predicate,
        agent,
        patient,
    ]


def test_a_shared_subject_and_a_relative_pronoun_are_carried():
    text = "The court freed the editor and fined the clerk who had printed the map."
    by = {c.predicate.of(text): c.agent.of(text) for c in claims(text) if c.predicate and c.agent}
    assert by == {"freed": "court", "fined": "court", "printed": "clerk"}


def test_a_participle_behind_a_preposition_is_no_predicate():
    text = "A clip has surfaced showing what appears to be harbour guards alongside wounded sailors"
    inner = [c for c in claims(text) if c.span.of(text).endswith("wounded sailors")][-1]
    assert inner.span.of(text).startswith("what appears")
    assert inner.certainty == "probable"


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The ferry sank.", "sink"),
        ("Guards Held in Marn", "hold"),
        ("The mayor was unclear.", "unclear"),
        ("The rain is beginning to fall.", "fall"),
    ],
)
def test_a_claim_has_the_lemma_of_its_predicate(text: str, lemma: str):
    assert claims(text)[0].lemma == lemma


def test_a_piece_without_a_predicate_has_no_lemma():
    text = "In the view of the harbour master, the ferry was too heavy."
    said = attributed(text, "the harbour master", "In the view of", "the ferry was too heavy")
    found = [(c.predicate, c.lemma) for c in claims(text, said) if c.attribution is None]
    assert found == [(None, "")]


WHOLE = [
    ("The station was blacked out when the mayor spoke on it.", "The station was blacked out"),
    ("Nobody knows the town that the boys came from.", "the town that the boys came from"),
    (
        "Guards stormed the mill, arresting her three days before the march began.",
        "three days before the march began",
    ),
    ("The painter died in Marn, nine days after suffering a stroke.", "nine days after suffering a stroke"),
    ("The minister resigned last month after he had lost the vote.", "The minister resigned last month"),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_particles_and_measures_are_not_cut_off(text: str, expected: str):
    assert expected in words_of(text)


COMPLETED = [
    ("They let her enter the mill.", ["They let her enter the mill"]),
    ("The pass allows you to enter the mill.", ["The pass allows you to enter the mill"]),
    ("It is impossible for us to count the boats.", ["It is impossible for us to count the boats"]),
    ("The fog made it hard to find the ferry.", ["The fog made it hard to find the ferry"]),
    (
        "The law allows ferries to leave the harbour.",
        ["The law allows ferries to leave the harbour", "ferries to leave the harbour"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), COMPLETED)
def test_a_clause_without_tense_completes_what_governs_it(text: str, expected: list[str]):
    assert words_of(text)[: len(expected)] == expected
    assert not any(words.startswith(("her ", "you ", "us ", "it ")) for words in words_of(text))


HYPHENATED = [
    ("Clerks copied pictures of Arvian-language articles describing the fire.", "Arvian-language articles"),
    ("The council, which co-ordinated the searches, has left.", "co-ordinated the searches"),
    ("The mayor left when the harbour re-opened in the rain.", "the harbour re-opened"),
    ("He is a pipe-smoking mining lord who owns nine ferries.", "a pipe-smoking mining lord who owns"),
]


@pytest.mark.parametrize(("text", "part"), HYPHENATED)
def test_no_claim_begins_or_ends_within_a_hyphenated_word(text: str, part: str):
    found = claims(text)
    assert any(part in c.span.of(text) for c in found)
    for c in found:
        before, behind = text[: c.span.start], text[c.span.end :]
        assert not (before.endswith("-") and before[-2:-1].isalpha())
        assert not (behind.startswith("-") and behind[1:2].isalpha())


def test_terms_are_lemmas_of_content_words_in_order():
    (claim,) = claims("Two old bridges collapsed in Marn.")
    assert claim.terms == ("two", "old", "bridge", "collapse", "marn")


_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_JUNK = st.sampled_from(
    ["\n", "\n\n", " ", "  ", " – ", '"', "”", "(", ")", "'", "\u200b", "\r\n", "\ud83d\ude00"]
)
_TEXTS = st.lists(st.one_of(st.sampled_from(SENTENCES[:10]), _JUNK), min_size=1, max_size=6).map("".join)


@settings(max_examples=40, deadline=None)
@given(_TEXTS)
def test_spans_are_exact_trimmed_sorted_and_cover_every_content_word(text: str):
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    doc = document(text)
    found = find_claims(doc)
    spans = [c.span for c in found]
    assert spans == sorted(spans, key=lambda s: (s.start, -s.end))
    assert len(set(spans)) == len(spans)
    for claim in found:
        words = claim.span.of(text)
        assert words.strip(" \n\r\t.,;:“”\"'") == words
        assert any(s.holds(claim.span) for s in doc.sentences)
        assert all(h.of(text).strip() for h in claim.hedges)
    labels = {t.i for s in doc.doc.sents if sum(any(map(str.isalnum, t.text)) for t in s) == 1 for t in s}
    for token in doc.doc:
        if token.pos_ in _CONTENT and token.i not in labels and any(map(str.isalnum, token.text)):
            letters = [token.idx + k for k, c in enumerate(token.text) if c.isalnum()]
            place = Span(letters[0], letters[-1] + 1)
            assert any(s.holds(place) for s in spans), token.text


def test_the_same_article_gives_the_same_claims():
    text = " ".join(SENTENCES)
    assert claims(text) == claims(text)


def test_a_unit_behind_the_last_number_is_of_the_claim():
    assert words_of("Prices rose by 6.6%. Rents fell.") == ["Prices rose by 6.6%", "Rents fell"]


def test_the_predicate_of_a_count_is_what_is_told_of_the_counted():
    text = "Four dead after a ship and a trawler collide north of the islands\n\nThe crew left."
    (first, *_) = claims(text)
    assert first.predicate is not None
    assert first.predicate.of(text) == "dead"


DEEDS = [
    ("The crash led to the deaths of 10 miners and two guards.", "the deaths of 10 miners and two guards"),
    (
        "Tarn spoke of the “deliberate murder” of more than ten guards.",
        "the “deliberate murder” of more than ten guards",
    ),
    ("The union condemned the killing of 14 miners by guards.", "the killing of 14 miners by guards"),
]


@pytest.mark.parametrize(("text", "expected"), DEEDS)
def test_a_deed_told_as_a_noun_with_whom_it_befell_is_a_claim(text: str, expected: str):
    assert expected in [c.span.of(text) for c in annotate(Article(text)).claims]


PARENTHESES = [
    "The wounded, the ministry added on Friday, were taken to Marn",
    "The two pilots, the airline said in a statement, had flown the route before",
    "Ferries, he told reporters, would not run before May",
    "The ferry, according to the harbour master, had sunk",
]


@pytest.mark.parametrize("text", PARENTHESES)
def test_what_is_said_around_a_parenthesis_is_its_sources(text: str):
    annotation = annotate(Article(text + "."))
    whole = next(c for c in annotation.claims if c.span.of(text) == text)
    assert whole.attribution is not None
    said = annotation.attributions[whole.attribution]
    assert text.startswith(said.content[0].of(text).rstrip(","))
    assert all(c.attribution is None for c in annotation.claims if c.span.of(text) in text.split(", ")[1])
