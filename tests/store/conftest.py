from pathlib import Path

import pytest

from variorum.model import Article
from variorum.store.database import Database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def database(file: Path):
    with Database(file, write=True, create=True) as opened:
        yield opened


def article(text: str = "The ferry left the harbour at noon.", **fields: str) -> Article:
    return Article(text, **fields)


@pytest.fixture
def make():
    return article
