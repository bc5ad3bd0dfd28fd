"""HTTP connections to addresses that were looked at first, with one deadline over all they do.

Built on `http.client`, because the three things that matter here are those that higher-level clients hide:
the name is resolved once and the connection goes to the very address that was checked, so that a name
server cannot answer differently the second time (DNS rebinding); the certificate is still checked against
the name; and a server that sends a byte now and then runs into the deadline even while its headers are
read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from variorum.errors import FetchError
from variorum.read.addresses import is_public

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an address must have been read (`time.monotonic` seconds), and the longest single wait."""

    end: float
    wait: float

    def left(self) -> float:
        """Seconds until the next timeout; raises `TimeoutError` when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        return min(left, self.wait)


_Endpoint = tuple[socket.AddressFamily, tuple[Any, ...]]


class _Socket(socket.socket):
    """A socket each of whose reads keeps the deadline."""

    deadline: Deadline

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(buffer, nbytes, flags)


class _SecureSocket(ssl.SSLSocket):
    """The same over TLS."""

    deadline: Deadline

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(buffer, nbytes, flags)


def connect(
    scheme: str, host: str, port: int, deadline: Deadline, allow_private: bool
) -> http.client.HTTPConnection:
    """An open connection to `host`, over TLS where `scheme` is `https`.

    Raises:
        FetchError: if the host has no address, or one that must not be reached.
        OSError: if no connection can be made, or the certificate does not fit the name.
    """
    plain = _first_that_answers(_addresses(host, port, deadline, allow_private), deadline)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = _secured(plain, host, deadline) if scheme == "https" else plain
    return connection


class _Lookup(threading.Thread):
    """Asks for a host's addresses; the system's call takes no timeout, so it is left behind when it hangs."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(daemon=True)
        self._host, self._port = host, port
        self.found: list[tuple[Any, ...]] = []
        self.problem: OSError | UnicodeError | None = None

    def run(self) -> None:
        """Ask."""
        try:
            self.found = list(socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as e:
            self.problem = e


def _addresses(host: str, port: int, deadline: Deadline, allow_private: bool) -> list[_Endpoint]:
    lookup = _Lookup(host, port)
    lookup.start()
    lookup.join(deadline.left())
    if lookup.is_alive():
        raise TimeoutError("too slow")
    if lookup.problem is not None or not lookup.found:
        raise FetchError(host, "has no address", "check the spelling and the network") from lookup.problem
    found = lookup.found
    targets: list[_Endpoint] = [(family, target) for family, _, _, _, target in found]
    # one private address among public ones is a trap, not a choice
    refused = next((str(t[0]) for _, t in targets if not is_public(str(t[0]))), None)
    if refused and not allow_private:
        raise FetchError(host, f"is not in the public internet ({refused})", "allow it with --allow-private")
    return targets


def _first_that_answers(targets: list[_Endpoint], deadline: Deadline) -> _Socket:
    problem: OSError = ConnectionError("no address")
    for family, target in targets:
        opened = _Socket(family, socket.SOCK_STREAM)
        opened.deadline = deadline
        try:
            opened.settimeout(deadline.left())
            opened.connect(target)
        except OSError as e:
            opened.close()
            problem = e
        else:
            return opened
    raise problem


def _secured(opened: _Socket, host: str, deadline: Deadline) -> _SecureSocket:
    context = ssl.create_default_context()
    context.sslsocket_class = _SecureSocket
    try:
        opened.settimeout(deadline.left())
        secured = context.wrap_socket(opened, server_hostname=host)
    except OSError:
        opened.close()
        raise
    assert isinstance(secured, _SecureSocket)
    secured.deadline = deadline
    return secured
