import os
import stat

import apsw
import pytest

from variorum.errors import LibraryError
from variorum.store import database as module
from variorum.store.articles import add_batch, articles
from variorum.store.database import Database
from variorum.store.schema import APPLICATION_ID, STEPS


def filled(file, make, count=40):
    with Database(file, write=True, create=True) as opened:
        add_batch(opened, [make(f"The ferry number {n} left the harbour. " * 40) for n in range(count)])
    return file.read_bytes()


def refused(file, **how):
    before = file.read_bytes()
    with pytest.raises(LibraryError) as caught, Database(file, **how) as opened:
        list(articles(opened))
    assert file.read_bytes() == before
    log = file.with_name(file.name + "-wal")
    assert not log.exists() or not log.stat().st_size
    return str(caught.value)


def test_a_missing_library_is_made_only_when_asked_for(tmp_path):
    file = tmp_path / "new" / "folder" / "desk.db"
    with pytest.raises(LibraryError, match="there is no library"):
        Database(file)
    assert not file.parent.exists()
    with Database(file, write=True, create=True) as opened:
        assert opened.value("PRAGMA journal_mode") == "wal"
        assert opened.value("PRAGMA application_id") == APPLICATION_ID
        assert opened.value("PRAGMA user_version") == len(STEPS)
        assert opened.value("PRAGMA foreign_keys") == 1


def test_an_empty_file_is_a_library_to_be(file):
    file.touch()
    with Database(file, write=True, create=True) as opened:
        assert list(articles(opened)) == []


@pytest.mark.parametrize("how", [{}, {"write": True}, {"write": True, "create": True}])
@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0", b"\0" * 5000])
def test_other_files_are_refused_untouched(file, content, how):
    file.write_bytes(content)
    assert "is not a library" in refused(file, **how)


def test_databases_of_other_programs_are_refused_untouched(file):
    apsw.Connection(str(file)).execute("CREATE TABLE t (x); PRAGMA user_version = 1")
    assert "another program" in refused(file, write=True, create=True)


def test_a_newer_library_is_refused_untouched(file, make):
    filled(file, make)
    with apsw.Connection(str(file)) as newer:
        newer.pragma("user_version", len(STEPS) + 1)
    newer.close()
    assert "newer variorum" in refused(file, write=True)


def test_a_newer_library_is_refused_while_its_mark_is_still_in_the_log(file, make):
    filled(file, make)
    newer = apsw.Connection(str(file))
    newer.pragma("user_version", len(STEPS) + 1)
    before = file.read_bytes()
    for write in (False, True):
        with pytest.raises(LibraryError, match="newer variorum"):
            Database(file, write=write)
    newer.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    newer.close()
    with pytest.raises(LibraryError, match="newer variorum"):
        Database(file, write=True)
    assert file.read_bytes() == before


def test_a_file_that_was_cut_short_is_refused_untouched(file, make):
    whole = filled(file, make)
    file.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refused(file, write=True)


def test_damage_inside_is_told_and_nothing_is_written(file, make):
    whole = bytearray(filled(file, make))
    whole[4096:] = bytes(b ^ 0x5A for b in whole[4096:])
    file.write_bytes(whole)
    assert "damaged" in refused(file)
    with pytest.raises(LibraryError, match="damaged"), Database(file, write=True) as opened:
        add_batch(opened, [make("Something new.")])
    assert file.read_bytes() == bytes(whole)


def test_a_reader_cannot_write(file, make):
    filled(file, make)
    with Database(file) as opened, pytest.raises(LibraryError, match="must not be written"):
        add_batch(opened, [make("Something new.")])


def test_a_transaction_that_fails_leaves_nothing(database):
    def fails():
        with database.transaction():
            database.run("INSERT INTO article (key, sha256, added, text) VALUES ('k', 's', 'now', 't')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert list(articles(database)) == []


def test_a_reader_sees_what_was_committed_while_a_writer_writes(file, database, make):
    add_batch(database, [make("One.")])
    with Database(file) as reader, database.transaction():
        database.run("INSERT INTO article (key, sha256, added, text) VALUES ('k', 's', 'now', 't')")
        assert [a.text for a in articles(reader)] == ["One."]


def test_a_second_writer_is_told_who_is_in_the_way(file, database, make, monkeypatch):
    monkeypatch.setattr(module, "_BUSY_MS", 20)
    with Database(file, write=True) as other, database.transaction():
        database.run("DELETE FROM member")
        with pytest.raises(LibraryError, match="another program is writing"):
            add_batch(other, [make("One.")])


def test_an_older_library_is_brought_up_to_date_by_whoever_opens_it(file, make, monkeypatch):
    filled(file, make)
    monkeypatch.setattr(module, "STEPS", (*STEPS, "CREATE TABLE later (x INTEGER) STRICT;"))
    with Database(file) as reader:
        assert reader.value("SELECT count(*) FROM later") == 0
        assert reader.value("PRAGMA user_version") == len(STEPS) + 1
        assert len(list(articles(reader))) == 40


def test_a_step_that_fails_leaves_the_library_as_it_was(file, make, monkeypatch):
    before = filled(file, make)
    monkeypatch.setattr(module, "STEPS", (*STEPS, "CREATE TABLE later (x); CREATE TABLE article (x);"))
    with pytest.raises(apsw.SQLError):
        Database(file, write=True)
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_library_in_a_folder_that_must_not_be_written_to_is_read(file, make):
    filled(file, make)
    file.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Database(file) as opened:
            assert len(list(articles(opened))) == 40
    finally:
        file.parent.chmod(stat.S_IRWXU)


def test_what_lies_on_read_only_media_is_read_without_files_beside_it(file, make, monkeypatch):
    filled(file, make)
    monkeypatch.setattr(module.os, "access", lambda *_: False)
    with Database(file) as opened:
        assert len(list(articles(opened))) == 40
        assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_names_with_characters_that_mean_something_in_addresses(tmp_path, make):
    file = tmp_path / "desk?mode=memory#1 %41.db"
    filled(file, make)
    assert file.exists()
