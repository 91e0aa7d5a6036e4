"""When two web addresses are one: http and https, letter case of the host, default port, fragment and escapes aside."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_WRITTEN = re.compile(r"https?:/{1,2}(?=[^/])", re.IGNORECASE)


def is_web_address(written: str) -> bool:
    """Tell whether words look like a web address; some servers fold its two slashes into one."""
    return _WRITTEN.match(written) is not None


def normal_address(written: str) -> str:
    """Return what equal addresses have in common; empty for what is no web address."""
    found = _WRITTEN.match(written)
    if found is None:
        return ""
    try:
        parts = urlsplit(f"https://{written[found.end() :]}")
        host, port = parts.hostname or "", parts.port
        host = host.rstrip(".").encode("idna").decode("ascii") if not host.isascii() else host.rstrip(".")
    except ValueError:  # UnicodeError among them
        return ""
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = f"?{unquote(parts.query)}" if parts.query else ""
    return f"{place}{unquote(parts.path) or '/'}{query}" if host else ""
