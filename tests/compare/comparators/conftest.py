import pytest


@pytest.fixture(scope="session")
def judged(view):
    """Judges two claims both ways round, and checks what holds of every finding."""

    def judge(module, a, b):
        finding = module.compare(view(**a), view(**b, article="b"))
        swapped = module.compare(view(**b, article="b"), view(**a))
        assert (finding is None) == (swapped is None)
        if finding is None:
            return None
        assert (finding.verdict, finding.aspect) == (swapped.verdict, swapped.aspect)
        assert "\n" not in finding.because
        assert 0 < finding.weight <= 1
        quoted = finding.because.partition("“")[2].partition("”")[0].lower()
        assert not quoted or quoted in (a["text"] + b["text"]).lower() or finding.aspect == "quote"
        return finding.verdict

    return judge
