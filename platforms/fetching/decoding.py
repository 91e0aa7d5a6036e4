"""Undoes a content-encoding piece by piece, so that a decompression bomb is stopped before it unfolds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli

ACCEPTED = "gzip, deflate, br"
"""What we ask for (RFC 9110, 8.4.1)."""
PIECE = 65_536
"""Bytes that one step unfolds at most."""
MOST_ENCODINGS = 2


class BadEncoding(Exception):
    """A body is not in the encoding it claims, or in one that we know."""


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield pieces of what comes out."""
        ...

    def is_complete(self) -> bool:
        """Tell whether the body ended where its encoding says it ends."""
        ...


class _Zlib:
    """gzip of one or more members, or deflate with or without zlib's frame (RFC 9110, 8.4.1.2, notes the confusion)."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._bits = 16 + zlib.MAX_WBITS if is_gzip else zlib.MAX_WBITS
        self._stream = zlib.decompressobj(self._bits)
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._begun and not self._is_gzip and data and not self._has_frame(data):
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        while data:
            if self._stream.eof:
                if not self._is_gzip or not data.startswith(b"\x1f\x8b"):
                    return  # padding after the end, which browsers pass over
                self._stream = zlib.decompressobj(self._bits)
            self._begun = True
            try:
                piece = self._stream.decompress(data, PIECE)
            except zlib.error as e:
                raise BadEncoding(str(e)) from e
            if piece:
                yield piece
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def is_complete(self) -> bool:
        return self._stream.eof or not self._begun

    @staticmethod
    def _has_frame(data: bytes) -> bool:
        return data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)


class _Brotli:
    """Brotli (RFC 7932)."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            self._begun = self._begun or bool(data)
            try:
                piece = self._stream.process(data, output_buffer_limit=PIECE)
            except brotli.error as e:
                raise BadEncoding(str(e)) from e
            if piece:
                yield piece
            if self._stream.can_accept_more_data():
                return
            data = b""

    def is_complete(self) -> bool:
        return self._stream.is_finished() or not self._begun


def _decoder(encoding: str) -> _Decoder:
    if encoding in ("gzip", "x-gzip"):
        return _Zlib(is_gzip=True)
    if encoding == "deflate":
        return _Zlib(is_gzip=False)
    if encoding == "br":
        return _Brotli()
    raise BadEncoding(f"the encoding {encoding[:40]!r} was not asked for and is not known here")


def decoded(pieces: Iterable[bytes], content_encoding: str) -> Iterator[bytes]:
    """Yield a body as it was before encoding, in pieces of at most 64 kB where it was encoded.

    Args:
        pieces: of the body as it comes.
        content_encoding: the header of that name.

    Raises:
        BadEncoding: it is broken, cut short, or of an encoding that is not known.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    encodings = [name for name in names if name not in ("", "identity")]
    if len(encodings) > MOST_ENCODINGS:
        raise BadEncoding(f"{len(encodings)} encodings, one over another")
    for encoding in reversed(encodings):
        pieces = _undone(pieces, _decoder(encoding))
    yield from pieces


def _undone(pieces: Iterable[bytes], decoder: _Decoder) -> Iterator[bytes]:
    for piece in pieces:
        yield from decoder.feed(piece)
    if not decoder.is_complete():
        raise BadEncoding("it ends before its end")
