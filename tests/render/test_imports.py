from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["terminal", "html", "json"])
def test_heavy_packages_wait_until_they_are_used(module: str) -> None:
    code = f"import sys, variorum.render.{module}; print(*{{m.split('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"rich", "jinja2", "rapidfuzz", "spacy", "numpy", "onnxruntime"} & set(done.stdout.split())
