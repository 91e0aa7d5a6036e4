"""Which addresses may be reached."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.fetching.addresses import followed, host_of, parsed, refusal
from platforms.fetching.failures import Failure, FetchFailed

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2001::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:0:127.0.0.1",
    "4000::1",
]
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("written", PRIVATE)
def test_what_is_not_public_is_refused(written: str) -> None:
    assert refusal(ip_address(written))


@pytest.mark.parametrize("written", [*PUBLIC, "64:ff9b::8.8.8.8"])
def test_what_is_public_is_not(written: str) -> None:
    assert not refusal(ip_address(written))


@given(st.ip_addresses(v=4))
def test_python_calls_nothing_private_that_passes(address: IPv4Address) -> None:
    assert refusal(address) or address.is_global or address in ip_network("192.0.0.0/24")


@given(st.ip_addresses(v=6))
def test_nor_of_the_newer_kind(address: IPv6Address) -> None:
    assert refusal(address) or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=4))
def test_an_address_within_another_is_judged_as_itself(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        wrapped = IPv6Address(int(IPv6Address(prefix)) + int(address))
        assert refusal(wrapped) == refusal(address)
        assert not refusal(wrapped, [ip_network(f"{address}/32")])


def test_an_operator_may_open_a_network_and_no_other() -> None:
    opened = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert not refusal(ip_address("10.1.2.3"), opened)
    assert not refusal(ip_address("fd00::1"), opened)
    assert refusal(ip_address("192.168.0.1"), opened)


@pytest.mark.parametrize("spelt", ["2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "127.1", "127.0.0.1."])
def test_numbers_are_read_as_the_address_they_are(spelt: str) -> None:
    assert parsed(f"http://{spelt}:8000/a?b#c").host == "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///policy",
        "https://me:secret@example.org/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://exa mple.org/",
        "https://example.org\\@10.0.0.1/",
        "http://[::1",
        "https://example.org/" + "a" * 5000,
        "https://-.\u0000.org/",
    ],
)
def test_what_is_no_web_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        parsed(url)
    assert caught.value.failure == Failure.BAD_ADDRESS
    assert caught.value.explanation.endswith((".", ")"))
    assert host_of(url) == ""


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        with suppress(FetchFailed):
            assert parsed(url).scheme in ("http", "https")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Example.ORG:8443/x", "www.example.org"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://[2606:4700::1111]/", "2606:4700::1111"),
        ("http://example.org./", "example.org"),
    ],
)
def test_a_host_is_named_in_one_way(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_redirect_leads_on_from_where_it_came() -> None:
    base = parsed("https://example.org/legal/terms")
    assert str(followed(base, "../privacy#top", base)) == "https://example.org/privacy"
    assert str(followed(base, "//other.example/x", base)) == "https://other.example/x"
    assert str(followed(base, "/datenschutzerklärung", base)).endswith("/datenschutzerkl%C3%A4rung")


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "gopher://x/", "https://u:p@x.example/", "https://other.example:22/", "http://["]
)
def test_a_redirect_to_something_else_is_refused(location: str) -> None:
    base = parsed("https://example.org/")
    with pytest.raises(FetchFailed) as caught:
        followed(base, location, base)
    assert caught.value.failure == Failure.BAD_REDIRECT
    assert caught.value.final_url == "https://example.org/"
