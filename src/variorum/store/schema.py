"""The tables, and the steps from each version of them to the next.

A step is never edited once it was released: a change is a new step at the end. The version of a file is the
number of steps it has been through (`user_version`).
"""

from __future__ import annotations

APPLICATION_ID = 0x5641524D
"""`VARM`, in the header of every library file."""

# Text comes last in its row: SQLite then reads the other columns without touching the pages of the text.
_ARTICLES = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    address TEXT,
    url TEXT,
    title TEXT,
    outlet TEXT,
    published TEXT,
    day TEXT GENERATED ALWAYS AS (substr(published, 1, 10)) VIRTUAL,
    language TEXT,
    path TEXT,
    added TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_day ON article (day);

CREATE TABLE article_name (
    name TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_name_article ON article_name (article);
"""

# Content stays in `article`; the triggers are the only writers of the index.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'article', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER words_insert AFTER INSERT ON article BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER words_update AFTER UPDATE OF title, text ON article BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER words_delete AFTER DELETE ON article BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
"""

_DERIVED = """
CREATE TABLE derived (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    layer TEXT NOT NULL,
    method TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX derived_layer ON derived (layer, article);
CREATE INDEX derived_article ON derived (article);

CREATE TABLE story (
    id TEXT PRIMARY KEY,
    method TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE member (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    story TEXT NOT NULL REFERENCES story,
    confidence REAL NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX member_story ON member (story);
CREATE TABLE story_change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    story TEXT NOT NULL,
    into_story TEXT NOT NULL,
    articles INTEGER NOT NULL,
    method TEXT NOT NULL
) STRICT;
CREATE INDEX story_change_story ON story_change (story);
CREATE INDEX story_change_into ON story_change (into_story);
"""

# What stories are formed from goes on from here: no article is taken apart twice. The day of a key is a
# number that grows with the day; `weight` is 2 in articles of so few keys that one of them is enough.
_FOREST = """
CREATE TABLE story_entry (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    day TEXT NOT NULL,
    node INTEGER,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX story_entry_day ON story_entry (day);
CREATE TABLE story_key (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (key, day, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_node (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    next INTEGER,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE story_method (method TEXT NOT NULL) STRICT;
"""

STEPS: tuple[str, ...] = (_ARTICLES + _WORDS + _DERIVED, _FOREST)
"""SQL that leads from version n to n + 1."""
