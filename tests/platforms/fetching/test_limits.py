"""Slow, endless and swollen answers are stopped."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Event

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platforms.fetching import Failure, Fetcher, FetchFailed, Limits
from platforms.fetching.decoding import PIECE, BadEncoding, decoded
from tests.platforms.fetching.cases import policy
from tests.platforms.fetching.site import Site


def failure(limits: Limits, url: str) -> FetchFailed:
    with Fetcher(limits) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    return caught.value


def test_a_silent_server_is_left(site: Site, limits: Limits) -> None:
    error = failure(replace(limits, read_seconds=0.2), site.url("/slow"))
    assert (error.failure, error.status) == (Failure.TIMED_OUT, None)
    assert "silent for 0.2 seconds" in error.explanation


def test_a_body_that_drips_is_left_when_the_time_is_up(site: Site, limits: Limits) -> None:
    error = failure(replace(limits, total_seconds=0.4), site.url("/drip"))
    assert error.failure == Failure.TOO_SLOW
    assert "0.4 seconds" in error.explanation


def test_hops_share_the_time(site: Site, limits: Limits) -> None:
    site.redirect("/to-drip", "/drip")
    assert failure(replace(limits, total_seconds=0.4), site.url("/to-drip")).failure == Failure.TOO_SLOW


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_an_endless_or_swollen_body_is_left(site: Site, limits: Limits, path: str) -> None:
    error = failure(limits, site.url(path))
    assert (error.failure, error.status) == (Failure.TOO_LARGE, 200)


def test_a_body_that_says_it_is_too_long_is_not_read(site: Site, limits: Limits) -> None:
    site.put("/long", b"short", content_length="99999999999")
    assert failure(limits, site.url("/long")).failure == Failure.TOO_LARGE


def test_a_body_that_ends_too_soon_is_no_page(site: Site, limits: Limits) -> None:
    site.put("/cut", policy(), content_length=str(len(policy()) + 10))
    assert failure(limits, site.url("/cut")).failure == Failure.UNREACHABLE


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(policy())[:-30], "gzip"),
        (b"<html>no gzip at all", "gzip"),
        (brotli.compress(policy())[:-5], "br"),
        (b"x", "zstd"),
        (b"x", "gzip, gzip, gzip"),
    ],
)
def test_a_body_in_no_encoding_of_ours_is_no_page(site: Site, limits: Limits, body: bytes, encoding: str) -> None:
    site.put("/bad", body, content_encoding=encoding)
    assert failure(limits, site.url("/bad")).failure == Failure.BAD_ENCODING


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": lambda data: brotli.compress(data, quality=3),
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "identity": lambda data: data,
}


@settings(max_examples=40)
@given(st.binary(max_size=3000), st.sampled_from(list(ENCODERS)), st.integers(1, 700), st.integers(1, 40))
def test_what_was_encoded_comes_out_whole(body: bytes, name: str, step: int, times: int) -> None:
    packed = ENCODERS[name](body * times)
    pieces = [packed[n : n + step] for n in range(0, len(packed), step)]
    assert b"".join(decoded(pieces, name)) == body * times


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br"]))
def test_any_bytes_decode_or_are_refused(body: bytes, name: str) -> None:
    with suppress(BadEncoding):
        assert all(len(piece) <= PIECE for piece in decoded([body], name))


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "gzip, br"])
def test_a_bomb_unfolds_piece_by_piece(name: str) -> None:
    pieces = decoded([ENCODERS[name](bytes(30_000_000))], name)
    assert max(len(next(pieces)) for _ in range(10)) <= 2 * PIECE


def test_members_of_gzip_follow_one_another() -> None:
    assert b"".join(decoded([gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0"], "gzip")) == b"ab"


def test_headers_that_drip_are_left_too(limits: Limits) -> None:
    import socket
    from threading import Thread

    closing = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            connection.sendall(b"HTTP/1.1 200 OK\r\nx-long: ")
            try:
                while not closing.wait(0.02):
                    connection.sendall(b"a")
            except OSError:
                pass
            connection.close()

        thread = Thread(target=drip, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        error = failure(replace(limits, total_seconds=0.4, respects_robots=False), url)
        closing.set()
        thread.join()
    assert error.failure == Failure.TOO_SLOW


def test_time_out_of_politeness_does_not_count(site: Site, limits: Limits) -> None:
    waited: list[float] = []
    polite = replace(limits, seconds_between_requests=100.0)
    with Fetcher(polite, sleep=waited.append, clock=lambda: 0.0) as fetcher:
        assert fetcher.fetch(site.url("/redirects/1")).status == 200
    assert waited == [100.0, 200.0]
