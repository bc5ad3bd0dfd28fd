"""HTTPS against a server of our own, with a certificate authority made for the run."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from variorum.read import ReadOptions, read

from .conftest import PARAGRAPHS, Handler, Server, collect

LOCAL = ReadOptions(allow_private=True, timeout=2.0, total_timeout=4.0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority: trustme.CA) -> Iterator[int]:
    """The port of a server whose certificate is for `localhost`, and not for its number."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with Server(("127.0.0.1", 0), Handler) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running.server_address[1]
        running.shutdown()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.mark.usefixtures("trusted")
def test_a_page_is_read_over_tls(secure: int) -> None:
    (article,) = read(f"https://localhost:{secure}/page", LOCAL)
    assert PARAGRAPHS[1] in article.text


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(secure: int) -> None:
    told = collect([f"https://127.0.0.1:{secure}/page"], LOCAL)
    assert not told.articles
    assert "no certificate to trust" in told.skipped[0].what


def test_an_unknown_authority_is_refused(secure: int) -> None:
    told = collect([f"https://localhost:{secure}/page"], LOCAL)
    assert not told.articles
    assert "no certificate to trust" in told.skipped[0].what


@pytest.mark.usefixtures("trusted")
def test_the_deadline_holds_over_tls(secure: int) -> None:
    told = collect(
        [f"https://localhost:{secure}/drip"], ReadOptions(allow_private=True, timeout=1.0, total_timeout=1.0)
    )
    assert "did not answer" in told.skipped[0].what


def test_a_server_without_tls_is_named(server: str) -> None:
    told = collect([server.replace("http://", "https://") + "/page"], LOCAL)
    assert not told.articles
    assert told.skipped[0].advice
