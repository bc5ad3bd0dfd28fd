import threading

import pytest

from variorum.threads import run_all, run_beside, workers


@pytest.mark.parametrize(("asked", "beside"), [("1", False), ("2", True)])
def test_one_thread_makes_calls_in_turn(monkeypatch, asked, beside):
    monkeypatch.setenv("OMP_NUM_THREADS", asked)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    here = threading.get_ident()
    assert workers() == int(asked)
    assert (run_beside(lambda _: threading.get_ident(), 0).result() != here) is beside


@pytest.mark.parametrize("asked", ["1", "3", "many", ""])
def test_results_come_in_order_however_many_threads(monkeypatch, asked):
    monkeypatch.setenv("OMP_NUM_THREADS", asked)
    assert run_all(lambda n: n * n, range(50)) == [n * n for n in range(50)]
    assert run_beside(lambda n: run_all(str, range(n)), 3).result() == ["0", "1", "2"]
