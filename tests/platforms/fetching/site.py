"""A web site on this machine that tests may make behave in any way; `cases` has the usual ones."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What the site answers at a path.

    `body` may be a function that yields pieces for as long as anybody listens; `waits` keeps the answer back until
    the site closes. With an ETag header, a request that carries it gets a 304.
    """

    body: bytes | Callable[[Event], Iterator[bytes]] = b""
    status: int = 200
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    waits: bool = False


@dataclass(frozen=True)
class Seen:
    """A request as it came, with lower-case header names."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


class Site:
    """Serves answers by path from a thread, at `url(path)`; what is not there is 404. `seen` has every request."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer | Callable[[Seen], Answer]] = {}
        self.seen: list[Seen] = []
        self.closing = Event()
        site = self

        class Handler(_Handler):
            pass

        Handler.site = site
        self._server = _Server(("127.0.0.1", 0), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = int(self._server.server_address[1])
        self._scheme = "https" if tls else "http"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def put(
        self,
        path: str,
        body: str | bytes | Callable[[Event], Iterator[bytes]] = b"",
        status: int = 200,
        content_type: str = HTML,
        *,
        waits: bool = False,
        **headers: str,
    ) -> str:
        """Answer so at a path from now on, and return its address. `content_encoding="br"` is a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(given, status, content_type, named, waits)
        return self.url(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Redirect a path, and return its address."""
        return self.put(path, status=status, location=location)

    def robots(self, text: str = "", status: int = 200) -> None:
        """Answer so when asked for robots.txt."""
        self.put("/robots.txt", text, status, "text/plain")

    def asked(self, path: str) -> list[Seen]:
        """Return the requests for a path."""
        return [seen for seen in self.seen if seen.path == path]

    def close(self) -> None:
        """Let everybody go."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer("GET", b"")

    def do_POST(self) -> None:
        self._answer("POST", self.rfile.read(int(self.headers.get("content-length", "0"))))

    def _answer(self, method: str, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.path, headers, method, body)
        self.site.seen.append(seen)
        answer = self.site.answers.get(self.path) or self.site.answers.get(self.path.partition("?")[0])
        if callable(answer):
            answer = answer(seen)
        if answer is None:
            answer = Answer(b"<h1>Not found</h1>", 404)
        if answer.waits:
            self.site.closing.wait()
            return
        if "etag" in answer.headers and headers.get("if-none-match") == answer.headers["etag"]:
            answer = Answer(status=304, headers=answer.headers, content_type="")
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.content_type:
            self.send_header("content-type", answer.content_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if isinstance(answer.body, bytes):
            if "content-length" not in answer.headers and answer.status != 304:
                self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = self.close_connection or "content-length" in answer.headers
            return
        self.close_connection = True
        self.send_header("connection", "close")
        self.end_headers()
        for piece in answer.body(self.site.closing):
            self.wfile.write(piece)
            self.wfile.flush()
