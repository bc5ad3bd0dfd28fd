import re

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
        for quoted in re.findall("“([^”]*)”", finding.because):
            assert quoted in a["text"] or quoted in b["text"], finding.because
        return finding.verdict

    return judge
