"""Which addresses may be reached: web addresses in form, and public machines behind them (against SSRF)."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urljoin

import httpx

from platforms.fetching.failures import Failure, FetchFailed

LONGEST_URL = 4000
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The special-purpose registries of IANA (RFC 6890), read November 2026; written out, for what Python calls private
# differs between its releases. Then what no registry says.
NOT_PUBLIC: dict[str, str] = {
    "0.0.0.0/8": "this machine",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared between customers of a carrier",
    "127.0.0.0/8": "this machine",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "for documentation",
    "192.31.196.0/24": "reserved",
    "192.52.193.0/24": "reserved",
    "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "reserved",
    "198.18.0.0/15": "for benchmarks",
    "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "168.63.129.16/32": "a metadata service",  # Azure's, on an address that looks public
    "::/96": "this machine or reserved",
    "::ffff:0:0:0/96": "a translated IPv4 address",
    "64:ff9b:1::/48": "a translated IPv4 address",
    "100::/64": "reserved",
    "2001::/23": "reserved",  # Teredo is 2001::/32
    "2001:db8::/32": "for documentation",
    "2002::/16": "a tunnelled IPv4 address",  # 6to4
    "3fff::/20": "for documentation",
    "5f00::/16": "reserved",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "private",
    "ff00::/8": "multicast",
}
_NOT_PUBLIC: list[tuple[Network, str]] = [(ip_network(network), why) for network, why in NOT_PUBLIC.items()]
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_UNCLEAN = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBERS = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)


def refusal(address: Address, allowed: Iterable[Network] = ()) -> str:
    """Return what keeps an address from being reached, or an empty string.

    An IPv6 address that stands for an IPv4 one (mapped, or NAT64) is judged as that one.
    """
    inner = embedded(address)
    if any(one.version == network.version and one in network for one in (address, inner) for network in allowed):
        return ""
    for network, why in _NOT_PUBLIC:
        if inner.version == network.version and inner in network:
            return why
    if isinstance(inner, IPv6Address) and (inner not in _GLOBAL_UNICAST or inner.scope_id):
        return "not public"
    return ""


def embedded(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for where traffic would reach it, else the address."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def parsed(url: str, *, failure: Failure = Failure.BAD_ADDRESS) -> httpx.URL:
    """Return a web address in its canonical form, without fragment.

    Raises:
        FetchFailed: with `failure`, where it is no http or https address that we would ask.
    """
    try:
        if not url or len(url) > LONGEST_URL or _UNCLEAN.search(url):
            raise FetchFailed(failure, f"The address {_shown(url)} is empty, too long or holds blanks: correct it.")
        found = httpx.URL(_with_plain_host(url)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as e:
        raise FetchFailed(failure, f"The address {_shown(url)} is malformed ({e}): correct it.") from e
    if found.scheme not in ("http", "https"):
        raise FetchFailed(failure, f"The address {_shown(url)} is not http or https; nothing else is fetched.")
    if not found.host:
        raise FetchFailed(failure, f"The address {_shown(url)} names no host: correct it.")
    if found.userinfo:
        raise FetchFailed(failure, "The address carries a user name or password: give one without.")
    if found.port is not None and not 0 < found.port < 65536:
        raise FetchFailed(failure, f"The address {_shown(url)} names port {found.port}, which is none: correct it.")
    return found


def followed(base: httpx.URL, location: str, declared: httpx.URL) -> httpx.URL:
    """Return where a redirect leads.

    A redirect may lead to port 80 or 443, or to a port that the declared address names itself.

    Raises:
        FetchFailed: bad_redirect, where it leads to no web address.
    """
    try:
        joined = urljoin(str(base), location.strip())
    except ValueError as e:
        raise FetchFailed(
            Failure.BAD_REDIRECT, f"{base} redirects to the malformed address {_shown(location)}.", final_url=str(base)
        ) from e
    try:
        target = parsed(joined, failure=Failure.BAD_REDIRECT)
    except FetchFailed as e:
        raise FetchFailed(e.failure, f"{base} redirects. {e.explanation}", final_url=str(base)) from e
    if (target.port or 443) not in (80, 443, declared.port):
        raise FetchFailed(
            Failure.BAD_REDIRECT,
            f"{base} redirects to port {target.port} of {target.host}, which is not a port of the web; if that is "
            "meant, declare the address it leads to.",
            final_url=str(base),
        )
    return target


def host_of(url: str) -> str:
    """Return the host of an address, lower-case ASCII without port: what rates are counted by. Empty if malformed."""
    try:
        return parsed(url).raw_host.decode("ascii").strip("[]").rstrip(".")
    except FetchFailed:
        return ""


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a host as the system resolves it.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(info[4][0])) for info in found))


def literal(host: str) -> Address | None:
    """Return the address that a host is written as, or None where it is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _with_plain_host(url: str) -> str:
    """Write an octal, decimal or hexadecimal IPv4 address as browsers and C libraries read it: 0177.1 is 127.0.0.1."""
    before, slashes, rest = url.partition("//")
    end = next((n for n, c in enumerate(rest) if c in "/?#"), len(rest))
    authority = rest[:end]
    host, colon, port = authority.partition(":")
    if not slashes or not _NUMBERS.fullmatch(host) or literal(host):
        return url
    try:
        plain = socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return url
    return f"{before}//{plain}{colon}{port}{rest[end:]}"


def all_refused(addresses: Iterable[Address], allowed: Iterable[Network]) -> Iterator[tuple[Address, str]]:
    """Yield each address that must not be reached, with the reason."""
    networks = tuple(allowed)
    for address in addresses:
        why = refusal(address, networks)
        if why:
            yield address, why


def _shown(url: str) -> str:
    return repr(url if len(url) <= 200 else url[:200] + "…")
