"""The command line as users run it: a process, its streams, its exit code."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from variorum.cli.accounts import COMPARISON_SUFFIXES
from variorum.cli.console import refuse_other_formats
from variorum.errors import UsageError

A = "Ten people died when a ferry sank off Lund on Friday, police said. The captain denied it was overloaded."
B = "At least eight people drowned when a ferry sank near Lund on Friday, police said. Two are missing."


def variorum(
    *arguments: str | Path, stdin: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "variorum", *map(str, arguments)],
        input=stdin,
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def accounts(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("a.txt", A), ("b.txt", B)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "a.txt", tmp_path / "b.txt"


def test_compare_prints_one_json_object(accounts: tuple[Path, Path]):
    done = variorum("compare", *accounts, "--format", "json", "--outlet", f"{accounts[0]}=The Courier")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert [a["text"] for a in found["articles"]] == [A, B]
    assert [a["outlet"] for a in found["articles"]] == ["The Courier", None]
    assert found["relations"]


def outlets(*arguments: str | Path, cwd: Path, stdin: str = "") -> list[str | None]:
    done = variorum("annotate", *arguments, cwd=cwd, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["outlet"] for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("accounts")
def test_a_source_is_named_however_it_is_written(tmp_path: Path):
    (tmp_path / "in=out.txt").write_text(B, "utf-8")
    records = [json.dumps({"text": A}), json.dumps({"text": B, "outlet": "Herald"})]
    (tmp_path / "two.jsonl").write_text("\n".join(records), "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.txt").write_text(B, "utf-8")
    sources = ["./a.txt", "b.txt", "in=out.txt", "two.jsonl", "more", "-"]
    names = ["a.txt=One", "./b.txt=A=B", "in=out.txt=Three", "two.jsonl=Four", "more/c.txt=Five", "-=Six"]
    options = [o for name in names for o in ("--outlet", name)]
    found = outlets(*sources, *options, cwd=tmp_path, stdin=A)
    assert found == ["One", "A=B", "Three", "Four", "Four", "Five", "Six"]


def test_compare_prints_the_same_on_any_number_of_processes(accounts: tuple[Path, Path]):
    runs = [variorum("compare", *accounts, "--format", "json", "--jobs", n) for n in ("1", "2")]
    assert runs[0].stdout == runs[1].stdout != ""


def test_one_bad_input_is_named_and_the_rest_goes_on(accounts: tuple[Path, Path], tmp_path: Path):
    (tmp_path / "empty.txt").write_text("")
    done = variorum("compare", *accounts, tmp_path / "empty.txt", tmp_path / "gone.txt", "--no-pager")
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "gone.txt" in done.stderr
    assert "2 skipped, 2 read" in done.stderr
    assert "2 accounts" in done.stdout


def test_broken_json_is_named_by_its_line(tmp_path: Path):
    lines = [json.dumps({"id": str(n), "text": B}) for n in range(20)]
    lines[16] = lines[16][:-1]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines))
    done = variorum("annotate", tmp_path / "feed.jsonl")
    assert done.returncode == 1
    assert "feed.jsonl:17" in done.stderr
    assert len(done.stdout.splitlines()) == 19


def test_standard_input_is_an_account_too(accounts: tuple[Path, Path]):
    done = variorum("compare", accounts[0], "-", "--format", "json", stdin=B)
    assert done.returncode == 0
    assert [a["text"] for a in json.loads(done.stdout)["articles"]] == [A, B]


def test_a_report_is_written_whole_or_not_at_all(accounts: tuple[Path, Path], tmp_path: Path):
    assert variorum("compare", *accounts, "-o", tmp_path / "report.html").returncode == 0
    assert (tmp_path / "report.html").read_text("utf-8").lower().startswith("<!doctype html>")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt", "report.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare"],
        ["compare", "a.txt", "--format", "pdf"],
        ["compare", "a.txt", "--outlet", "One", "--outlet", "Two"],
        ["compare", "a.txt", "--outlet", "b.txt=One"],
        ["compare", "https://localhost/?id=5", "--outlet", "https://localhost/?id=6=One"],
        ["compare", "a.txt", "--published", "yesterday"],
        ["compare", "a.txt", "-o", "."],
        ["compare", "a.txt", "-o", ""],
        ["annotate", "a.txt", "-o", str(Path(__file__).parent)],
        ["compare", "a.txt", "-o", "no-such-folder/report.html"],
        ["annotate", "a.txt", "--spacy", "no_such_pipeline"],
        ["compare", "a.txt", "-o", "report.PDF"],
        ["compare", "a.txt", "-o", "report.csv"],
        ["compare", "a.txt", "-o", "report.html.gz"],
        ["annotate", "a.txt", "-o", "report.html"],
        ["stories", "a.txt", "-o", "stories.json"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], accounts: tuple[Path, Path]):
    done = variorum(*[str(accounts[0]) if a == "a.txt" else a for a in arguments])
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 or "Usage:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name", ["report", "report.txt", "report.2031", "Statement of 3.May", "r.Html", "r.json"]
)
def test_a_name_that_promises_no_other_format_is_taken(name: str):
    refuse_other_formats(Path(name), *COMPARISON_SUFFIXES)


def test_a_suffix_of_another_format_is_refused_with_what_is_possible():
    with pytest.raises(
        UsageError, match=r"r\.pdf: \.pdf cannot .* \.html, \.htm, \.json or \.txt, or with no"
    ):
        refuse_other_formats(Path("r.pdf"), *COMPARISON_SUFFIXES)


def test_the_name_of_a_file_sets_the_format_of_stories(accounts: tuple[Path, Path], tmp_path: Path):
    for suffix, begins in ((".csv", "id,story,"), (".jsonl", '{"id"')):
        out = tmp_path / f"out{suffix}"
        assert variorum("stories", *accounts, "-o", out).returncode == 0
        assert out.read_text("utf-8").startswith(begins)


def test_nothing_left_to_compare_ends_with_1(tmp_path: Path):
    done = variorum("compare", tmp_path / "gone.txt")
    assert done.returncode == 1
    assert done.stdout == ""


def test_names_of_files_cannot_steer_the_terminal(tmp_path: Path):
    done = variorum("compare", tmp_path / "\x1b[2Jgone.txt")
    assert "\x1b" not in done.stderr
    assert "[2Jgone.txt" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="shells there know no such exit codes")
def test_stopped_by_the_user_ends_with_130():
    process = subprocess.Popen(
        [sys.executable, "-m", "variorum", "annotate", "gone.txt", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr
    assert "gone.txt" in process.stderr.readline()  # reading has begun, and waits for what does not come
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, "variorum: stopped\n")


@pytest.mark.skipif(sys.platform == "win32", reason="shells there know no such exit codes")
def test_a_reader_that_has_enough_ends_it_with_141(accounts: tuple[Path, Path]):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "variorum", "annotate", *map(str, accounts)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
