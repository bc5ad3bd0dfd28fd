"""What the documents say exists, and what exists is documented."""

import re
import tomllib
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from variorum.cli import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("src/variorum/models/*.md")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path):
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_named_in_backticks_exist(path: Path):
    for name in re.findall(r"`((?:src|bench|train|tests|docs|examples)/[\w./-]+)`", path.read_text("utf-8")):
        assert (ROOT / name).exists(), name


def commands() -> dict[str, typer.core.TyperCommand]:
    """By name; those of a group by both names."""
    found = dict(get_command(app).commands)  # type: ignore[attr-defined]
    groups = {name: command for name, command in found.items() if hasattr(command, "commands")}
    return found | {f"{g} {name}": c for g, group in groups.items() for name, c in group.commands.items()}


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str):
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    section = text.partition(f"## variorum {name.partition(' ')[0]}\n")[2].partition("\n## ")[0]
    assert section, f"docs/commands.md has no section for {name}"
    assert " " not in name or f"### variorum {name}\n" in section
    command = commands()[name]
    assert command.help
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in section, f"{name} {option}"
                assert parameter.help, f"{name} {option} has no help"


def test_every_dependency_is_justified():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
        assert re.split(r"[<>=\[]", requirement)[0] in said, requirement


def test_the_readme_begins_with_two_commands_that_the_makefile_has():
    readme, makefile = ((ROOT / n).read_text("utf-8") for n in ("README.md", "Makefile"))
    for target in ("demo", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_ci_runs_the_test_command_and_nothing_else():
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [x for x in lines if x and not x.startswith(("#", "set ", "cd "))] == ["exec make test"]
