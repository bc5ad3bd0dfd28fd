"""The library as a whole: added by stream, stopped at any moment, read while it is written."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import variorum
from variorum import Article, Library
from variorum.annotate import pipeline
from variorum.cli import app
from variorum.errors import LibraryError, UsageError
from variorum.library import intake
from variorum.model import Annotation
from variorum.store.stories import Assignment, assign

WORDS = "the ferry and its crew were at the quay when they saw that water had come over".split()  # noqa: SIM905
ADD = (
    "import sys; from variorum.library import Library; print('ready', flush=True);"
    "print(Library(sys.argv[1]).add(sys.argv[2:]).added)"
)


def lines(count: int) -> str:
    """Articles that differ, in JSON Lines; every tenth is a second text of the one before it."""
    draw = random.Random(count)
    out = []
    for n in range(count):
        text = " ".join(draw.choices(WORDS, k=60))
        url = f"https://news.example/{n - (n % 10 == 9)}"
        out.append(json.dumps({"id": f"n{n}", "text": f"{text} {n}.", "url": url, "published": "2031-05-17"}))
    return "\n".join(out) + "\n"


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture
def input_file(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(lines(200))
    return path


def adding(library: Path, source: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD, str(library), str(source)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_adding_twice_adds_once(library, input_file):
    first = library.add([input_file])
    assert (first.added, first.known, first.versions, first.skipped) == (200, 0, 20, 0)
    again = library.add([str(input_file), Article("Only here, said the crew.", outlet="The Courier")])
    assert (again.added, again.known, again.versions) == (1, 200, 0)
    assert library.check().problems == ()
    assert library.article("n19").version == 2


def test_what_cannot_be_added_is_counted_by_reason(library, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": ""}\n{"text": 7}\n{"text": "\\ud800x"}\n{"no": 1}\n{"no": 22}\n' + lines(1))
    told = []
    done = library.add([path, tmp_path / "none.txt", Article(" ")], on_skip=told.append)
    assert (done.added, done.skipped, len(told)) == (1, 7, 7)
    assert dict(done.reasons)["has no text field"] == 2
    assert sum(count for _, count in done.reasons) == 7


def test_progress_tells_what_is_committed(library, input_file, monkeypatch):
    monkeypatch.setattr(intake, "_BATCH_ARTICLES", 64)
    seen = []
    library.add(
        [input_file], on_progress=lambda done: seen.append((done.added, len(list(library.articles()))))
    )
    assert seen == [(64, 64), (128, 128), (192, 192), (200, 200)]


def test_a_stop_keeps_what_was_read(library, input_file):
    def stopping():
        yield from variorum.read(input_file)[:7]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add(stopping())
    assert len(list(library.articles())) == 7
    assert library.add([input_file]).added == 193


def test_killed_at_any_moment_nothing_is_lost_and_nothing_twice(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(lines(2000))
    file, draw, kills = tmp_path / "desk.db", random.Random(5), 0
    while kills < 5:
        process = adding(file, source)
        time.sleep(draw.uniform(0, 0.5))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        if process.returncode == 0:
            file.unlink()
        if process.stdout:
            process.stdout.close()
    process = adding(file, source)
    assert process.communicate()[0].strip().isdigit()
    with Library(file) as opened:
        found = opened.check()
        assert (found.articles, found.problems) == (2000, ())
        given = {json.loads(line)["text"] for line in source.read_text().splitlines()}
        assert {a.text for a in opened.articles()} == given


def test_two_may_add_while_a_third_reads(tmp_path):
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path, count in zip(files, (600, 700), strict=True):
        path.write_text(lines(count))
    file = tmp_path / "desk.db"
    with Library(file) as opened:
        opened.add([Article("The first of all.")])
        processes = [adding(file, path) for path in files]
        counts = []
        while any(p.poll() is None for p in processes):
            counts.append(len(list(opened.articles())))
            assert opened.search("first")
        assert [p.communicate()[1] for p in processes] == [None, None]
        assert counts == sorted(counts)
        assert opened.check().problems == ()


def annotating(monkeypatch):
    """Count what is annotated, without a model."""
    made = []

    def fake(articles, _options):
        for article in articles:
            made.append(article.text)
            yield Annotation(article)

    monkeypatch.setattr(pipeline, "annotate_all", fake)
    return made


def test_annotations_are_made_once_and_again_by_another_method(library, monkeypatch):
    made = annotating(monkeypatch)
    library.add([Article("One.", id="a"), Article("Two.", id="b")])
    first = list(library.annotations(["b", "a", "b"]))
    assert [a.article.text for a in first] == ["Two.", "One."]
    assert list(library.annotations(["b", "a"])) == first
    assert made == ["Two.", "One."]
    assert (library.info().annotated, library.info().outdated) == (2, 0)
    assert library.rebuild() == 0
    monkeypatch.setattr(pipeline, "METHOD", "next")
    assert library.info().outdated == 2
    assert library.rebuild() == 2
    assert library.rebuild(all_=True) == 2
    assert len(made) == 6
    assert library.info().outdated == 0


def test_a_story_is_found_and_compared(library, monkeypatch):
    made = annotating(monkeypatch)
    library.add([Article("One.", outlet="A"), Article("Two.", outlet="B")])
    ids = [a.id for a in library.articles()]
    writer = library._writer()
    with writer.transaction():
        assign(writer, [Assignment(i, "s1", 1.0, "both say so") for i in ids], "1")
    assert [s.id for s in library.stories()] == ["s1"]
    compared = library.compare("s1")
    assert {a.article.outlet for a in compared.articles} == {"A", "B"}
    assert len(made) == 2
    assert library.find("s1") == library.story("s1")
    with pytest.raises(UsageError, match="no article"):
        library.find("s2")


def assigned(library, **stories):
    """Put the articles of the texts given into stories."""
    of = {text: story for story, texts in stories.items() for text in texts}
    chosen = [Assignment(a.id, of[a.text], 1.0, "so") for a in library.articles() if a.text in of]
    writer = library._writer()
    with writer.transaction():
        assign(writer, chosen, "1")


def test_a_story_that_was_merged_leads_to_the_present_one(library):
    library.add([Article(t, outlet=t) for t in ("One.", "Two.", "Three.", "Four.", "Five.", "Six.")])
    assigned(library, s1=["One."], s2=["Two."], s3=["Three.", "Four.", "Five."], s4=["Six."])
    assigned(library, s2=["One."])
    assigned(library, s4=["One.", "Two."])
    assert library.story("s1") == library.story("s2") == library.story("s4") == library.find("s1")
    assigned(library, s5=["Three."], s6=["Four.", "Five."])  # nothing is left of s3
    assert library.story("s3")[0].id == "s6"
    assigned(library, s1=["Six."])  # what is there again stands for itself
    assert library.story("s1")[0].articles == 1
    with pytest.raises(UsageError, match="no story"):
        library.story("s7")


def test_stories_merged_into_one_another_in_turn_are_followed_to_an_end(library):
    library.add([Article("One.", outlet="A")])
    for story in ("s1", "s2", "s1", "s3"):
        assigned(library, **{story: ["One."]})
    assert library.story("s2")[0].id == library.story("s1")[0].id == "s3"


def test_of_an_address_the_newest_text_in_the_story_is_the_account(library, monkeypatch):
    annotating(monkeypatch)
    ferry, tide = "https://news.example/ferry", "https://news.example/tide"
    for text, url in (("Six.", ferry), ("Ten.", tide), ("Nine.", ferry + "?utm_source=x"), ("Ten!", tide)):
        library.add([Article(text, url=url, outlet="A")])
    library.add([Article("Six.", outlet="B"), Article("Seven.", outlet="B")])
    assigned(library, s1=["Six.", "Nine.", "Ten.", "Seven."], s2=["Ten!"])
    told = sorted((a.text, a.outlet) for a in library.accounts("s1"))
    assert told == [("Nine.", "A"), ("Seven.", "B"), ("Six.", "B"), ("Ten.", "A")]
    assert sorted((a.article.text, a.article.outlet) for a in library.compare("s1").articles) == told


FERRY = "The ferry Halcyon ran aground near Port Hale on {day}. Officials said that {n} people were hurt."
SUGAR = "The parliament of Norland voted in Vell for a tax on sugar after a debate of {n} hours, {day}."


def accounts() -> list[Article]:
    return [
        Article(text.format(n=n, day="Friday"), id=f"{text[4]}{n}", outlet=f"O{n}", published="2031-05-17")
        for text in (FERRY, SUGAR)
        for n in range(1, 4)
    ]


def test_stories_are_formed_the_same_whenever_articles_come(library, tmp_path, monkeypatch):
    library.add(accounts())
    library.form_stories()
    wanted = sorted((s.id, s.articles) for s in library.stories())
    assert [size for _, size in wanted] == [3, 3]
    with Library(tmp_path / "other.db") as other:
        for article in reversed(accounts()):
            other.add([article])
            other.form_stories()
        assert sorted((s.id, s.articles) for s in other.stories()) == wanted
        assert other.form_stories() == ()
        monkeypatch.setattr(Library, "_writer", None)
        with Library(tmp_path / "other.db") as reader:  # nothing to write: it need not be possible
            assert reader.form_stories() == ()
        monkeypatch.undo()
        other.add([Article("Something else was said at the quay.", published="2021-01-01")])
        other.form_stories()
        assert sorted((s.id, s.articles) for s in other.stories()) == wanted
        assert all(other.article(a.id).story for a in other.articles())
        assert other.check().problems == ()


def test_stories_of_sources_leave_nothing_behind(tmp_path, monkeypatch):
    source = tmp_path / "in.jsonl"
    given = [{"id": a.id, "text": a.text, "outlet": a.outlet, "published": a.published} for a in accounts()]
    source.write_text("".join(json.dumps(a) + "\n" for a in given))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    lines = [json.loads(line) for line in run("stories", str(source), "-f", "jsonl").splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(a["id"] for a in given)
    assert len({(line["id"][0], line["story"]) for line in lines}) == 2
    assert run("stories", str(source)).count("3 articles") == 2
    assert run("stories", str(source), "--outlet", "nobody", "-f", "csv").splitlines()[1:] == []
    assert run("stories", str(source), "--place", "port hale").count("3 articles") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def test_columns_of_tables_are_named_for_stories_too(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(
        "no,words,day\n" + "".join(f"{a.id},{a.text.replace(',', '')},{a.published}\n" for a in accounts())
    )
    names = ("--columns", "id=no,text=words,published=day")
    lines = [json.loads(line) for line in run("stories", str(source), "-f", "jsonl", *names).splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(a.id for a in accounts())


def test_a_library_that_is_not_there(tmp_path):
    with pytest.raises(LibraryError, match="there is no library"):
        Library(tmp_path / "none.db").search("x")
    assert list(tmp_path.iterdir()) == []


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


def test_the_commands(tmp_path, input_file):
    at = ("--library", str(tmp_path / "desk.db"))
    assert json.loads(run("add", str(input_file), *at, "-f", "json"))["added"] == 200
    assert "known 200" in run("add", str(input_file), *at)
    found = run("search", "ferry -nowhere", *at, "-f", "jsonl", "--limit", "3")
    hits = [json.loads(line) for line in found.splitlines()]
    assert len(hits) == 3
    assert all("ferry" in hit["excerpt"]["text"] for hit in hits)
    assert "2031-05-17" in run("search", "quay", *at, "--limit", "1")
    assert len(run("versions", "https://news.example/8", *at).splitlines()) == 2
    assert json.loads(run("show", "n9", *at, "-f", "json"))["version"] == 2
    assert "version   2 of 2" in run("show", "n9", *at)
    assert run("library", "check", *at) == "200 articles, 0 problems\n"
    assert json.loads(run("library", "info", *at, "-f", "json"))["versions"] == 20
    assert run("library", "rebuild", *at) == ""


def test_an_address_with_one_text_cannot_be_compared(tmp_path, input_file):
    at = ("--library", str(tmp_path / "desk.db"))
    run("add", str(input_file), *at)
    for extra in (["--compare"], ["--pair", "1,2"]):
        result = CliRunner().invoke(app, ["versions", "https://news.example/1", *extra, *at])
        assert isinstance(result.exception, UsageError)
    for pair in ("1", "1,1", "0,1", "1,3", "a,b", "1,2,3"):
        result = CliRunner().invoke(app, ["versions", "https://news.example/8", "--pair", pair, *at])
        assert isinstance(result.exception, UsageError), pair


@pytest.mark.skipif(os.name == "nt", reason="a request to terminate cannot be caught there")
def test_a_request_to_terminate_stops_cleanly(tmp_path, input_file):
    file = tmp_path / "desk.db"
    command = [sys.executable, "-m", "variorum", "add", "-", "--library", str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(input_file.read_bytes())
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.terminate()
        out = process.stdout.read().decode()
    assert process.returncode == 130
    with Library(file) as opened:
        assert out.startswith(f"added {len(list(opened.articles()))}")
        assert opened.check().problems == ()
        opened.add([input_file])
        assert len(list(opened.articles())) == 200


def test_what_stands_for_a_story_is_told(library):
    texts = (FERRY.format(day="Monday", n=4), FERRY.format(day="Monday", n=6))
    for text in texts:
        library.add([Article(text, url="https://news.example/ferry", outlet="A")])
    assigned(library, s1=texts)
    assigned(library, s2=texts)
    run = CliRunner().invoke
    shown = run(app, ["show", "s1", "--library", str(library.path)])
    assert shown.stdout.startswith("s2  ")
    assert "story s1 was merged: its articles are now in s2" in shown.stderr
    assert not run(app, ["show", "s2", "--library", str(library.path)]).stderr
    asked = ["compare", "--story", "s1", "--format", "json", "--library", str(library.path)]
    compared = run(app, asked)
    assert [a["text"] for a in json.loads(compared.stdout)["articles"]] == [texts[1]]
    assert "now in s2" in compared.stderr
    assert "1 older text of the same addresses left out" in compared.stderr
