import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Quantity, Span
from variorum.values.numbers import Amount, relate_amounts, rounding_slack


def quantity(low: float | None, high: float | None, unit: str | None = None, about: bool = False) -> Quantity:
    return Quantity(Span(0, 1), low, high, unit, None, about)


def compared(a: Quantity, b: Quantity) -> str:
    return relate_amounts(Amount.of(a), Amount.of(b))[0]


CASES = [
    ((12, 12), (12, 12), None, "equal"),
    ((12, 12), (80, 80), None, "contradict"),
    ((11, None), (12, None), None, "compatible"),
    ((77, 77), (80, 80), None, "contradict"),
    ((72, 80), (77, 77), None, "compatible"),
    ((72, 80), (80, 80), None, "compatible"),
    ((27, 33), (35, 35), None, "contradict"),
    ((387, 387), (400, 400), None, "compatible"),
    ((350, 350), (400, 400), None, "contradict"),
    ((5000, 5000), (4987, 4987), None, "compatible"),
    ((1012, 1012), (1040, 1040), None, "contradict"),
    ((1.2e6, 1.2e6), (1234567, 1234567), None, "compatible"),
    ((None, 80), (81, 81), None, "contradict"),
    ((None, 80), (12, 12), None, "compatible"),
    ((24, None), (12, 12), None, "contradict"),
    ((24, None), (30, 40), None, "compatible"),
    ((10, 12), (12, 15), None, "compatible"),
    ((10, 12), (13, 15), None, "contradict"),
    ((0, 0), (1, 1), None, "contradict"),
    ((None, None), (1, 1), None, "compatible"),
    ((12, 12), (12.4, 12.4), "%", "compatible"),
    ((12, 12), (13, 13), "%", "contradict"),
    ((6.1, 6.1), (6.3, 6.3), "magnitude", "contradict"),
]


@pytest.mark.parametrize(("a", "b", "unit", "relation"), CASES)
def test_two_ranges(
    a: tuple[float | None, float | None],
    b: tuple[float | None, float | None],
    unit: str | None,
    relation: str,
) -> None:
    x, y = quantity(*a, unit), quantity(*b, unit)
    assert compared(x, y) == relation


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (quantity(3, 3, "km"), quantity(3000, 3000, "m"), "equal"),
        (quantity(8, 8, "km"), quantity(8.04672, 8.04672, "km"), "compatible"),
        (quantity(50, 50, "%"), quantity(0.5, 0.5, "share"), "equal"),
        (quantity(3, 3, "USD"), quantity(3, 3, "EUR"), "incomparable"),
        (quantity(3, 3, "USD"), quantity(3, 3), "incomparable"),
        (quantity(2, 2, "year"), quantity(24, 24, "month"), "equal"),
        (quantity(1, 1, "t"), quantity(900, 900, "kg"), "contradict"),
    ],
)
def test_units(a: Quantity, b: Quantity, relation: str) -> None:
    assert compared(a, b) == relation
    assert compared(b, a) == relation


@pytest.mark.parametrize(
    ("number", "count", "slack"),
    [
        (400, True, 20),
        (387, True, 0),
        (80, True, 0),
        (45000, True, 500),
        (8, False, 0.4),
        (0, False, 0),
        (3.5, False, 0.05),
    ],
)
def test_rounding_slack(number: float, count: bool, slack: float) -> None:
    assert rounding_slack(number, count) == pytest.approx(slack)


bound = st.one_of(st.none(), st.integers(0, 10_000).map(float), st.floats(0, 1e9))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    low, high = draw(bound), draw(bound)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Amount(low, high, None, draw(st.sampled_from([0.0, 0.5, 20.0])))


@st.composite
def widened(draw: st.DrawFn) -> tuple[Amount, Amount]:
    """An amount and one that leaves more open."""
    a = draw(amounts())
    down, up = draw(st.floats(0, 1e6)), draw(st.floats(0, 1e6))
    low = None if a.min is None or draw(st.booleans()) else a.min - down
    high = None if a.max is None or draw(st.booleans()) else a.max + up
    return a, Amount(low, high, None, a.slack + draw(st.floats(0, 100)))


@given(widened(), amounts())
def test_a_vaguer_amount_never_turns_compatible_into_contradict(a: tuple[Amount, Amount], b: Amount) -> None:
    if relate_amounts(a[0], b)[0] != "contradict":
        assert relate_amounts(a[1], b)[0] != "contradict"


@given(amounts(), amounts())
def test_symmetry_and_reflexivity(a: Amount, b: Amount) -> None:
    assert relate_amounts(a, b)[0] == relate_amounts(b, a)[0]
    assert relate_amounts(a, a)[0] == "equal"


@given(bound, bound, st.sampled_from([None, "km", "%", "share", "USD", "mg"]))
def test_every_quantity_equals_itself(low: float | None, high: float | None, unit: str | None) -> None:
    q = quantity(low, high, unit)
    assert compared(q, q) == "equal"
