"""A site on every loopback address, in a process of its own, so that its work is not measured as ours."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = Callable[[str, int], bytes]
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Serving:
    """Where the site is, and the turn that its pages are given."""

    port: int
    turn: Any


@contextmanager
def serving(page: Page) -> Iterator[Serving]:
    """Serve the pages of a function of path and turn inside the block."""
    turn, port = _SPAWN.Value("i", 0), _SPAWN.Value("i", 0)
    ready = _SPAWN.Event()
    child = _SPAWN.Process(target=_serve, args=(page, turn, port, ready), daemon=True)
    child.start()
    ready.wait()
    try:
        yield Serving(port.value, turn)
    finally:
        child.terminate()
        child.join()


def _serve(page: Page, turn: Any, port: Any, ready: Any) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                return self._send(404, b"")
            return self._send(200, page(self.path, turn.value))

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("0.0.0.0", 0), Handler)
    port.value = server.server_address[1]
    ready.set()
    server.serve_forever()
