from variorum.compare.namings import find_namings
from variorum.compare.origins import find_origins
from variorum.model import Annotation, Article, Attribution, Claim, Entity, Passage, Ref, Span


def account(outlet: str, said: str, source: str, speaker: str | None, label: str = "ORG") -> Annotation:
    """`source` said `said`; and one claim of the outlet's own."""
    text = f"{source} said {said}. Roads were closed."
    start = len(source) + 6
    content, own = Span(start, start + len(said)), Span(start + len(said) + 2, len(text) - 1)
    unresolved = None if speaker else "unnamed"
    return Annotation(
        Article(text, outlet=outlet),
        attributions=(
            Attribution(
                (Span(0, len(source)),),
                (Span(len(source) + 1, start - 1),),
                (content,),
                "indirect",
                speaker,
                unresolved=unresolved,
            ),
        ),
        claims=(Claim(content, attribution=0), Claim(own)),
        entities=(Entity(Span(0, len(source)), label, speaker or source),),
    )


def credited(outlet: str, said: str, credit: str) -> Annotation:
    """A claim of the outlet's own below a line that credits somebody."""
    start = len(credit) + 1
    claim = Claim(Span(start, start + len(said)))
    return Annotation(Article(f"{credit}\n{said}.", outlet=outlet), claims=(claim,))


def origin_of(annotations: list[Annotation], passages: tuple[Passage, ...] = ()):
    origins = find_origins(annotations, passages)
    return lambda n, claim: origins.origins[
        origins.of[Ref(annotations[n].article.id, annotations[n].claims[claim].span)]
    ]


def test_two_outlets_that_repeat_one_ministry_are_one_origin():
    a = account("Courier", "ten ships sank", "The Danish Defence Ministry", "Danish Defence Ministry")
    b = account("Globe", "ten vessels sank", "The Danish ministry of defense", "Danish ministry of defense")
    of = origin_of([a, b])
    assert of(0, 0) is of(1, 0)
    assert {s.article for s in of(0, 0).statements} == {a.article.id, b.article.id}
    assert of(0, 1).name == "Courier"
    assert of(0, 1) is not of(1, 1)


def test_a_short_name_joins_the_one_longer_name_that_holds_it():
    a = account("Courier", "ten ships sank", "The Danish defence ministry", "Danish defence ministry")
    b = account("Globe", "ten ships sank there", "The ministry", "ministry", "ROLE")
    of = origin_of([a, b])
    assert of(0, 0) is of(1, 0)


def test_a_short_name_that_two_longer_ones_hold_stays_alone():
    a = account("Courier", "ten ships sank", "The Danish defence ministry", "Danish defence ministry")
    b = account("Globe", "ten ships sank there", "The ministry", "ministry", "ROLE")
    c = account("Post", "no ship sank", "The Kenyan health ministry", "Kenyan health ministry")
    of = origin_of([a, b, c])
    assert len({id(of(n, 0)) for n in range(3)}) == 3


def test_a_country_is_not_its_ministry():
    a = account("Courier", "ten ships sank", "The Danish defence ministry", "Danish defence ministry")
    b = account("Globe", "ten ships sank there", "The Danish", "Danish", "NORP")
    of = origin_of([a, b])
    assert of(0, 0) is not of(1, 0)


def test_unnamed_sources_of_two_accounts_are_not_taken_for_one():
    a = account("Courier", "ten ships sank", "A source", None)
    b = account("Globe", "ten ships sank there", "A source", None)
    of = origin_of([a, b])
    assert of(0, 0).kind == of(1, 0).kind == "unnamed"
    assert of(0, 0) is not of(1, 0)


def test_text_that_two_outlets_share_is_one_origin():
    a = account("Courier", "ten ships sank", "The Danish police", "Danish police")
    b = account("Globe", "nine ships sank", "The Kenyan police", "Kenyan police")
    passage = Passage(Ref(a.article.id, a.claims[1].span), Ref(b.article.id, b.claims[1].span), 1.0)
    of = origin_of([a, b], (passage,))
    assert of(0, 1) is of(1, 1)
    assert of(0, 1).kind == "shared"


def test_two_texts_with_agencies_need_not_be_of_one_agency():
    a = credited("Courier", "ten ships sank in the storm", "By Agencies")
    b = credited("Globe", "nine ships lay in the harbour", "By Agencies")
    of = origin_of([a, b])
    assert of(0, 0).kind == of(1, 0).kind == "agency"
    assert of(0, 0) is not of(1, 0)


def test_copies_of_one_text_with_agencies_are_one_origin():
    a = credited("Courier", "ten ships sank in the storm", "By Agencies")
    b = credited("Globe", "ten ships sank in the storm", "By Agencies")
    passage = Passage(Ref(a.article.id, a.claims[0].span), Ref(b.article.id, b.claims[0].span), 1.0)
    of = origin_of([a, b], (passage,))
    assert of(0, 0) is of(1, 0)
    c = credited("Post", "ten ships sank in the storm", "By Reuters")
    passage = Passage(Ref(a.article.id, a.claims[0].span), Ref(c.article.id, c.claims[0].span), 1.0)
    of = origin_of([a, c], (passage,))
    assert of(0, 0) is of(1, 0)
    assert of(0, 0).name == "Reuters"


def test_one_body_in_two_towns_is_two_parties():
    a = account("Courier", "ten ships sank", "Police in Lund", "Police in Lund")
    b = account("Globe", "ten ships sank there", "Police in Malmö", "Police in Malmö")
    c = account("Post", "ten ships sank", "Lund police", "Lund police")
    d = account("Times", "ten ships sank", "Police in Lund in a statement", "Police in Lund in a statement")
    of = origin_of([a, b, c, d])
    assert of(0, 0) is not of(1, 0)
    assert of(0, 0) is of(2, 0)
    assert of(0, 0) is of(3, 0)


def test_the_order_of_accounts_changes_no_origin():
    a = account("Courier", "ten ships sank", "The Danish defence ministry", "Danish defence ministry")
    b = account("Globe", "ten ships sank there", "The ministry", "ministry", "ROLE")
    there, back = find_origins([a, b], ()), find_origins([b, a], ())
    assert [(o.name, o.kind) for o in there.origins] == [(o.name, o.kind) for o in back.origins]


def test_groups_of_one_nation_and_kind_are_one_party():
    text = "Danish troops met Norwegian sailors. Danish soldiers left; the Danes won. Denmark cheered."

    def entity(words: str, label: str, head: str, nation: str) -> Entity:
        start = text.index(words)
        return Entity(Span(start, start + len(words)), label, words, head, nation)

    annotation = Annotation(
        Article(text),
        entities=(
            entity("Danish troops", "GROUP", "troop", "DK"),
            entity("Danish", "NORP", "", "DK"),
            entity("Norwegian sailors", "GROUP", "sailor", "NO"),
            entity("Danish soldiers", "GROUP", "soldier", "DK"),
            entity("Danes", "NORP", "", "DK"),
        ),
    )
    [naming] = find_namings([annotation])
    assert {form.text for form in naming.forms} == {"Danish troops", "Danish soldiers", "Danes"}


def test_a_ministry_is_one_wherever_it_sits_and_the_police_of_two_towns_are_two():
    ministries = [
        account("A", "the dam broke", "The fisheries ministry", "fisheries ministry"),
        account("B", "the dam broke", "The fisheries ministry in Arven", "fisheries ministry in Arven"),
    ]
    police = [
        account("A", "the dam broke", "The police in Arven", "police in Arven"),
        account("B", "the dam broke", "The police in Tolm", "police in Tolm"),
    ]
    for accounts, count in ((ministries, 1), (police, 2)):
        found = find_origins(accounts, ())
        refs = [Ref(a.article.id, a.claims[0].span) for a in accounts]
        assert len(found.trace(refs).origins) == count


def test_a_nameless_spokesman_of_the_police_is_the_police_and_it_is_nobody():
    accounts = [
        account("A", "two men were held", "Police", "Police"),
        account("B", "two men were held", "A police spokesman", None),
        account("C", "two men were held", "It", "It"),
    ]
    found = find_origins(accounts, ())
    refs = [Ref(a.article.id, a.claims[0].span) for a in accounts]
    names = [found.origins[n].name for n in found.trace(refs).origins]
    assert [n.casefold() for n in names] == ["police", "unnamed source"]
