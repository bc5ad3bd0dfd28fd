"""Imports run one way: errors, model <- values, passages <- the stages <- api <- cli."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

import variorum

SRC = Path(variorum.__file__).parent
MODULES = sorted(SRC.rglob("*.py"))

# What each part may import besides itself.
GROUND = {"errors", "model"}
SHARED = GROUND | {"threads", "values", "passages", "lexicon", "records", "inference"}
MAY_IMPORT = {
    "errors": set(),
    "model": {"errors"},
    "lexicon": {"errors"},
    "values": {"errors", "model"},
    "passages": GROUND,
    "threads": set(),
    "inference": {"errors"},
    "records": GROUND,
    "read": SHARED,
    "annotate": SHARED,
    "compare": SHARED,
    "stories": SHARED,
    "store": SHARED,
    "render": SHARED,
    "api": SHARED | {"read", "annotate", "compare", "stories", "store"},
    "library": SHARED | {"api", "read", "annotate", "compare", "stories", "store"},
    "watch": SHARED | {"library", "read"},
    "__init__": SHARED | {"api", "library"},
    "cli": SHARED | {"api", "library", "watch", "read", "annotate", "compare", "stories", "store", "render"},
    "__main__": {"cli"},
}


def part_of(path: Path) -> str:
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""]
            if node.module == "variorum":
                names = [f"variorum.{alias.name}" for alias in node.names]
        parts |= {name.split(".")[1] for name in names if name.startswith("variorum.")}
    return parts


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_run_one_way(path: Path):
    part = part_of(path)
    assert imported(path) <= MAY_IMPORT[part] | {part}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_files_stay_readable(path: Path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_public_names_are_sorted_and_complete():
    assert variorum.__all__ == sorted(variorum.__all__)
    public = {n for n in vars(variorum) if not n.startswith("_")}
    modules = {p.stem for p in SRC.iterdir() if p.is_dir() or p.suffix == ".py"}
    assert public - modules <= set(variorum.__all__)


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_no_machine_path_is_written_into_the_code(path: Path):
    assert not re.search(r"/(home|work|root|tmp)/", path.read_text("utf-8"))


def test_the_verbs_are_functions_whatever_is_imported_later():
    for name in ("annotate", "compare", "read"):
        importlib.import_module(f"variorum.{name}")
        assert inspect.isfunction(getattr(variorum, name))
