from __future__ import annotations

from variorum.model import Annotation, Article, Comparison, Place, Span
from variorum.render.atlas import atlas
from variorum.render.chart import chart
from variorum.render.view import Desk


def test_every_place_with_coordinates_has_a_dot_inside_the_map(comparison: Comparison) -> None:
    places = atlas(Desk(comparison.articles))
    drawn = chart(places)
    assert drawn
    assert [d.number for d in drawn.dots] == [p.number for p in places]
    x, y, width, height = map(float, drawn.view_box.split())
    for dot in drawn.dots:
        assert x <= dot.x <= x + width
        assert y <= dot.y <= y + height
    by_name = {d.name: d for d in drawn.dots}
    assert by_name["Aberdeen"].y > by_name["Lerwick"].y
    assert by_name["Bergen"].x > by_name["Lerwick"].x
    assert by_name["Lerwick"].exact
    assert not by_name["Shetland"].exact


def test_names_do_not_lie_on_dots() -> None:
    near = [Place(Span(i, i + 1), f"Place {i}", 50 + i * 1e-4, 8.0, i + 1, "settlement") for i in range(9)]
    drawn = chart(atlas(Desk([Annotation(Article("x" * 9), places=tuple(near))])))
    assert drawn
    assert len(drawn.dots) == 9
    assert sum(bool(d.anchor) for d in drawn.dots) <= 4


def test_no_map_without_coordinates() -> None:
    unknown = Annotation(Article("Nowhere"), places=(Place(Span(0, 7), "Nowhere"),))
    places = atlas(Desk([unknown]))
    assert [p.name for p in places] == ["Nowhere"]
    assert chart(places) is None


def test_one_place_named_twice_is_one_line(comparison: Comparison) -> None:
    line = next(p for p in atlas(Desk(comparison.articles)) if p.name == "Tórshavn")
    assert line.sigla == ("A", "B", "C")
    assert {r.words for r in line.readings} == {"Tórshavn"}
