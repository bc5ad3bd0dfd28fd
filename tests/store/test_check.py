import apsw
import pytest

from variorum.store.articles import add_batch
from variorum.store.check import check, info, rebuild_words
from variorum.store.database import Database


@pytest.fixture
def full(file, make):
    with Database(file, write=True, create=True) as opened:
        add_batch(opened, [make(f"The ferry number {n} left. " * 300, outlet=f"O{n}") for n in range(8)])
    return file


def problems(file):
    with Database(file, write=True) as opened:
        return " | ".join(check(opened).problems)


def spoil(file, sql):
    with apsw.Connection(str(file)) as connection:
        connection.execute(f"PRAGMA foreign_keys = OFF; {sql}")
    connection.close()


def test_a_sound_library_has_no_problems(full):
    counts = []
    with Database(full, write=True) as opened:
        outcome = check(opened, counts.append)
    assert (outcome.articles, outcome.problems, counts[-1]) == (8, (), 8)
    with Database(full) as opened:
        assert check(opened).problems == ()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE article SET text = text || '!' WHERE id = 3", "(row 3): its text is not the one"),
        ("UPDATE article SET outlet = 'P' WHERE id = 4", "(row 4): its address, outlet or title"),
        ("UPDATE article SET key = 'k' WHERE id = 5", "article k (row 5)"),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO member VALUES (1, 'none', 1.0, '')",
            "members of stories that",
        ),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO derived VALUES (99, 'l', '1', x'')",
            "derived data of articles",
        ),
        ("PRAGMA foreign_keys = OFF; INSERT INTO article_name VALUES ('n', 99)", "names of articles that"),
        ("INSERT INTO story VALUES ('s', '1', 1.0)", "stories without members"),
        ("INSERT INTO words (words, rowid, title, text) VALUES ('delete', 1, NULL, 'The')", "index of words"),
    ],
)
def test_what_is_wrong_is_told(full, sql, told):
    spoil(full, sql)
    assert told in problems(full)


def test_the_index_of_words_is_made_again(full):
    spoil(full, "INSERT INTO words (words) VALUES ('delete-all')")
    assert "rebuild" in problems(full)
    with Database(full, write=True) as opened:
        rebuild_words(opened)
    assert problems(full) == ""


def test_damage_to_the_file_is_told_and_the_file_stays_as_it_is(full):
    content = bytearray(full.read_bytes())
    texts = content.index(b"The ferry number 5") // 4096 * 4096
    for place in range(texts, texts + 4096, 97):
        content[place] ^= 0x55
    full.write_bytes(content)
    assert problems(full)
    assert full.read_bytes() == bytes(content)


def test_figures(full):
    with Database(full) as opened:
        figures = info(opened, "annotation", "1")
    assert (figures.articles, figures.outlets, figures.versions, figures.annotated) == (8, 8, 0, 0)
    assert figures.size == full.stat().st_size
