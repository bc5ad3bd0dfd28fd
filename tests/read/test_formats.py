"""Each format through the registry, by its suffix, packed, from standard input, and wrong in every way."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import ReadError
from variorum.read import ReadOptions, read
from variorum.read.registry import FORMATS, by_content, by_suffix

from .archives import answer, item, record, rss, wacz
from .conftest import ENGLISH, PAGE, PARAGRAPHS, collect


def parquet(columns: dict[str, list[object]]) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    written = io.BytesIO()
    write_table(pyarrow.table(columns), written)
    return written.getvalue()


SECOND = "The mayor said that they would rebuild the bridge before winter, and that the cost was not known."
EXAMPLES = {
    "text": ENGLISH,
    "markdown": f"# Ferry aground\n\n{ENGLISH}",
    "html": PAGE,
    "json": json.dumps({"text": ENGLISH, "title": "Ferry aground"}, indent=1),
    "jsonl": json.dumps({"text": ENGLISH}) + "\n" + json.dumps({"text": SECOND}) + "\n",
    "feed": rss(
        item("Ferry aground", "https://ternpost.example/1", "".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    ),
    "opml": '<opml version="2.0"><body><outline xmlUrl="gopher://ternpost.example/feed"/></body></opml>',
    "table": 'title,text\nFerry,"' + ENGLISH + '"\n',
    "warc": record("response", "https://ternpost.example/1", answer(PAGE.encode())).decode(),
    "wacz": wacz(a=record("response", "https://ternpost.example/1", answer(PAGE.encode()))),
    "parquet": parquet({"maintext": [ENGLISH], "title": ["Ferry aground"]}),
}
EXAMPLES_BYTES = {name: e if isinstance(e, bytes) else e.encode() for name, e in EXAMPLES.items()}
NAMED = [(f, s) for f in FORMATS for s in f.suffixes]
# Read where they lie, not as a stream.
UNPACKED_ONLY = {"wacz", "parquet"}
IDS = [s for _, s in NAMED]


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_every_format_has_an_example() -> None:
    assert {f.name for f in FORMATS} == set(EXAMPLES)
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize(("form", "suffix"), NAMED, ids=IDS)
@pytest.mark.parametrize("packed", [False, True])
def test_each_format_is_read_by_its_suffix(form: object, suffix: str, packed: bool, tmp_path: Path) -> None:
    name = form.name  # type: ignore[attr-defined]
    data = EXAMPLES_BYTES[name]
    if name == "opml" or (packed and name in UNPACKED_ONLY):
        pytest.skip("names other inputs, or is packed itself")
    if suffix == ".tsv":
        data = data.replace(b",", b"\t", 1).replace(b'Ferry,"', b'Ferry\t"')
    path = tmp_path / f"a{suffix.upper() if packed else suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data[:50]) + gzip.compress(data[50:]) if packed else data)
    told = collect([path])
    assert not told.skipped
    assert not told.notices
    assert all(p in told.texts[0] for p in PARAGRAPHS)
    assert str(told.articles[0].path).startswith(str(path))


@pytest.mark.parametrize("name", ["text", "html", "json", "jsonl", "feed", "warc"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_standard_input_is_told_by_its_content(
    name: str, mark: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (b"" if name == "warc" else mark) + EXAMPLES_BYTES[name]
    assert by_content(data).name == name
    monkeypatch.setattr("sys.stdin", Stdin(data))
    told = collect(["-"])
    assert PARAGRAPHS[1] in told.texts[0]
    assert not told.skipped


@pytest.mark.parametrize("suffix", IDS)
@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t ", b"\x00\x01\x02\x03" * 50, b"%PDF-1.7\n" + b"x" * 99, b"\x1f\x8bjunk"]
)
def test_no_format_reads_what_is_empty_or_binary(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    told = collect([path])
    assert not told.articles
    assert len(told.skipped) == 1
    assert told.skipped[0].where.startswith(str(path))
    assert told.skipped[0].advice


@pytest.mark.parametrize("suffix", [f.suffixes[0] for f in FORMATS])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_no_format_breaks_on_any_bytes(
    suffix: str, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    told = collect([path], ReadOptions(check_language=False))
    assert told.articles or told.skipped


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_text_and_json_keep_every_character(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = f"a{text}"
    folder = tmp_path_factory.getbasetemp()
    options = ReadOptions(check_language=False)
    (folder / "kept.txt").write_bytes(text.encode())
    (folder / "kept.jsonl").write_bytes(json.dumps({"text": text}).encode() + b"\n")
    assert read(folder / "kept.txt", options)[0].text == text
    assert read(folder / "kept.jsonl", options)[0].text == text


def test_a_markdown_heading_is_the_title_and_stays_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(EXAMPLES_BYTES["markdown"])
    (article,) = read(tmp_path / "a.md")
    assert article.title == "Ferry aground"
    assert article.text == EXAMPLES["markdown"]


@pytest.mark.parametrize("name", ["Statement of 3 May", "notes.2031", "README"])
def test_a_file_without_a_suffix_is_told_by_its_content(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ENGLISH)
    assert read(tmp_path / name)[0].text == ENGLISH


def test_a_kind_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text(ENGLISH)
    with pytest.raises(ReadError, match=r"not read \(\.docx\).*\.txt"):
        read(tmp_path / "a.docx")
    assert by_suffix("a.docx") is None


def test_a_packed_bomb_ends_early(tmp_path: Path) -> None:
    for name in ("bomb.txt.gz", "bomb.jsonl.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"\n" * 1_000_000))
        told = collect([tmp_path / name], ReadOptions(max_bytes=100_000))
        assert not told.articles
        assert "200 times" in told.skipped[0].what or "larger than" in told.skipped[0].what


def test_packed_data_that_end_early_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(ENGLISH.encode())[:-20])
    assert "in the middle of its gzip data" in collect([path]).skipped[0].what
