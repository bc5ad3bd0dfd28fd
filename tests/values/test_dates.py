from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.values.dates import compare_times

CASES = [
    ("2016-07-14", "2016-07-14", "equal"),
    ("2016-07-14", "2016-07", "compatible"),
    ("2016-07-14", "2016-08", "contradict"),
    ("2016-07-14", "2016", "compatible"),
    ("2016-07-14", "2017", "contradict"),
    ("2016-07-14", "201", "compatible"),
    ("2016-07-14", "199", "contradict"),
    ("1957", "19", "compatible"),
    ("1957", "20", "contradict"),
    ("XXXX-02-24", "2022-02-24", "compatible"),
    ("XXXX-02-24", "2022-02-25", "contradict"),
    ("XXXX-02-24", "2031-02-24", "compatible"),
    ("XXXX-02-24", "2022-02", "compatible"),
    ("XXXX-02-24", "XXXX-03", "contradict"),
    ("XXXX-02-29", "2023", "contradict"),
    ("XXXX-02-29", "2024", "compatible"),
    ("2024-05-13", "2024-05-14", "contradict"),
    ("XXXX-WXX-1", "XXXX-WXX-2", "contradict"),
    ("XXXX-WXX-1", "2024-05-13", "compatible"),
    ("XXXX-WXX-1", "2024-05-14", "contradict"),
    ("XXXX-WXX-5", "XXXX-02-24", "compatible"),
    ("2024-W20", "2024-05-16", "compatible"),
    ("2024-W20", "2024-05-20", "contradict"),
    ("2024-W20-4", "2024-05-16", "compatible"),
    ("2024-W20-WE", "2024-05-18", "compatible"),
    ("2024-W20-WE", "2024-05-16", "contradict"),
    ("2020-W53", "2021-01-02", "compatible"),
    ("2020-W53", "2021-01", "compatible"),
    ("2024-W20", "2024-05", "compatible"),
    ("2024-W20", "2024-07", "contradict"),
    ("2024-Q2", "2024-05", "compatible"),
    ("2024-Q2", "2024-07", "contradict"),
    ("2024-Q2", "2024-H1", "compatible"),
    ("2024-Q3", "2024-H1", "contradict"),
    ("2024-SU", "2024", "compatible"),
    ("2024-SU", "2023", "contradict"),
    ("2024-SU", "2024-WI", "contradict"),
    ("2024-SU", "2024-01", "compatible"),
    ("2024-05-10T15:30", "2024-05-10", "compatible"),
    ("2024-05-10T15:30", "2024-05-11", "contradict"),
    ("2024-05-10T15:30", "2024-05-10T16:30", "contradict"),
    ("2024-05-10T15:30", "2024-05-10T15", "compatible"),
    ("2024-05-10T15:30", "2024-05-10TAF", "compatible"),
    ("2024-05-10T15:30", "2024-05-10TMO", "contradict"),
    ("2024-05-10T15:30Z", "2024-05-10T17:30+02:00", "compatible"),
    ("2024-05-10T15:30Z", "2024-05-10T15:30+02:00", "contradict"),
    ("2024-05-10T15:30Z", "2024-05-10T17:30", "compatible"),
    ("2024-05-10TNI", "2024-05-10T02:00", "compatible"),
    ("XXXX-XX-XXT15:30", "2024-05-10T15:30", "compatible"),
    ("P3D", "PT72H", "compatible"),
    ("P3D", "P4D", "contradict"),
    ("P4W", "P1M", "compatible"),
    ("P12M", "P1Y", "compatible"),
    ("PXD", "P3D", "compatible"),
    ("PXM", "P3D", "contradict"),
    ("P10Y", "P1DE", "compatible"),
    ("PT1H30M", "PT90M", "compatible"),
    ("P3D", "2024-05-10", "incomparable"),
    ("PAST_REF", "2024-05-10", "compatible"),
    ("2024-13-01", "2024", "incomparable"),
    ("2024-13-01", "2024-13-01", "equal"),
    ("nonsense", "2024", "incomparable"),
    ("P", "P3D", "incomparable"),
]


@pytest.mark.parametrize(("a", "b", "relation"), CASES)
def test_two_values(a: str, b: str, relation: str) -> None:
    result = compare_times(a, b)
    assert result.relation == relation
    assert a in result.because
    assert b in result.because
    assert compare_times(b, a).relation == relation


day = st.dates(min_value=date(1900, 1, 1), max_value=date(2090, 1, 1))


@st.composite
def vaguer(draw: st.DrawFn) -> tuple[str, str]:
    """A TIMEX3 value and one that is true whenever it is."""
    d = draw(day)
    iso = d.isocalendar()
    fine = d.isoformat()
    chain = [
        [fine, fine[:7], fine[:4], fine[:3], fine[:2]],
        [fine, f"XXXX-{fine[5:]}", f"XXXX-{fine[5:7]}"],
        [fine, f"XXXX-WXX-{iso.weekday}", "XXXX"],
        [fine, f"{iso.year:04d}-W{iso.week:02d}-{iso.weekday}", f"{iso.year:04d}-W{iso.week:02d}"],
        [fine, f"{fine[:4]}-Q{(d.month - 1) // 3 + 1}", f"{fine[:4]}-H{(d.month - 1) // 6 + 1}", fine[:4]],
        [f"{fine}T15:30", f"{fine}T15", f"{fine}TAF", fine, fine[:7]],
        [f"{fine}T15:30", "XXXX-XX-XXT15:30", "XXXX-XX-XXT15"],
    ]
    chosen = draw(st.sampled_from(chain))
    first = draw(st.integers(0, len(chosen) - 2))
    return chosen[first], chosen[draw(st.integers(first + 1, len(chosen) - 1))]


@settings(deadline=None)  # the slowest pairs search 28 years
@given(vaguer(), vaguer())
def test_a_vaguer_value_never_turns_compatible_into_contradict(
    a: tuple[str, str], b: tuple[str, str]
) -> None:
    for other in b:
        if compare_times(a[0], other).relation != "contradict":
            assert compare_times(a[1], other).relation != "contradict"


@settings(deadline=None)  # the slowest pairs search 28 years
@given(vaguer())
def test_a_vaguer_value_is_compatible_with_its_own(a: tuple[str, str]) -> None:
    assert compare_times(*a).relation == "compatible"


@settings(deadline=None)  # the slowest pairs search 28 years
@given(vaguer(), vaguer())
def test_symmetry_and_reflexivity(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert compare_times(a[0], b[1]).relation == compare_times(b[1], a[0]).relation
    assert compare_times(a[0], a[0]).relation == "equal"


@settings(deadline=None)  # the slowest pairs search 28 years
@given(st.text("0123456789XPTWYMDHSZ:-+QE.", max_size=14), st.text("0123456789XPTWYMDHSZ:-+QE.", max_size=14))
def test_anything_goes_in(a: str, b: str) -> None:
    assert compare_times(a, b).relation == compare_times(b, a).relation


@settings(deadline=None)  # the slowest pairs search 28 years
@given(st.integers(1, 400), st.sampled_from("DWMY"))
def test_unknown_amount_of_a_unit_fits_every_known_one(amount: int, unit: str) -> None:
    assert compare_times(f"P{amount}{unit}", f"PX{unit}").relation == "compatible"
