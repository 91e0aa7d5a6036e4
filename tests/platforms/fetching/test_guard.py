"""Connections go to addresses that were checked, and to no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Event

import pytest

from platforms.fetching import Failure, Fetcher, FetchFailed, Limits
from tests.fixtures.network import NetworkRefusedError
from tests.fixtures.site import Certificate
from tests.platforms.fetching.cases import declare, policy
from tests.platforms.fetching.site import Site


class Names:
    """A resolver that gives one answer after another, and the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers = [[ip_address(one) for one in answer.split()] for answer in answers]
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[IPv4Address | IPv6Address]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(site: Site, limits: Limits) -> None:
    names = Names("93.184.216.34", "127.0.0.1")
    # The tests' own guard tells where the connection goes: to the address that was checked, not to a second answer.
    with (
        Fetcher(replace(limits, respects_robots=False, allowed_private=()), resolver=names) as fetcher,
        pytest.raises(NetworkRefusedError, match=r"93\.184\.216\.34"),
    ):
        fetcher.fetch(site.url("/policy", "rebinding.example"))
    assert names.asked == ["rebinding.example"]
    assert site.seen == []


def test_a_name_is_checked_anew_for_each_connection(site: Site, limits: Limits) -> None:
    site.put("/last", policy(), connection="close")
    names = Names("127.0.0.1", "10.0.0.1")
    with Fetcher(replace(limits, respects_robots=False), resolver=names) as fetcher:
        assert fetcher.fetch(site.url("/last", "rebinding.example")).status == 200
        with pytest.raises(FetchFailed) as caught:
            fetcher.fetch(site.url("/last", "rebinding.example"))
    assert caught.value.failure == Failure.PRIVATE_ADDRESS
    assert len(names.asked) == len(site.seen) + 1 == 2


def test_one_private_address_among_public_ones_is_enough(site: Site, limits: Limits) -> None:
    with (
        Fetcher(limits, resolver=Names("93.184.216.34 2606:4700::1111 10.0.0.1")) as fetcher,
        pytest.raises(FetchFailed) as caught,
    ):
        fetcher.fetch(site.url("/policy", "mixed.example"))
    assert caught.value.failure == Failure.PRIVATE_ADDRESS
    assert caught.value.final_url == site.url("/policy", "mixed.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]"])
def test_this_machine_is_closed_unless_opened(site: Site, limits: Limits, host: str) -> None:
    with Fetcher(replace(limits, allowed_private=())) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(site.url("/policy", host))
    assert caught.value.failure == Failure.PRIVATE_ADDRESS
    assert site.seen == []


def test_another_address_is_tried_where_one_is_dead(site: Site, limits: Limits) -> None:
    with Fetcher(limits, resolver=Names("127.0.0.2 127.0.0.1")) as fetcher:  # the site listens on 127.0.0.1 alone
        assert fetcher.fetch(site.url("/policy", "two.example")).status == 200


def test_a_name_without_address_says_so(limits: Limits) -> None:
    def unknown(host: str, port: int) -> list[IPv4Address | IPv6Address]:
        raise OSError("Name or service not known")

    with Fetcher(limits, resolver=unknown) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch("https://unheard-of.example/policy")
    assert caught.value.failure == Failure.DNS
    assert "unheard-of.example has no address" in caught.value.explanation


def test_a_resolver_that_never_answers_holds_nobody_up(limits: Limits) -> None:
    released = Event()

    def silent(host: str, port: int) -> list[IPv4Address | IPv6Address]:
        released.wait()
        return []

    with (
        Fetcher(replace(limits, connect_seconds=0.1), resolver=silent) as fetcher,
        pytest.raises(FetchFailed) as caught,
    ):
        fetcher.fetch("https://silent.example/policy")
    released.set()
    assert caught.value.failure == Failure.DNS


def test_a_port_where_nobody_listens_is_unreachable(site: Site, limits: Limits) -> None:
    url = site.url("/policy")
    site.close()
    with Fetcher(limits) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    assert (caught.value.failure, caught.value.final_url) == (Failure.UNREACHABLE, url)


@pytest.mark.parametrize(
    ("name", "ends", "is_known", "words"),
    [
        ("IP:127.0.0.1", "491231235959Z", False, "self-signed"),
        ("IP:127.0.0.1", "210101000000Z", True, "expired"),
        ("DNS:other.example", "491231235959Z", True, "for another"),
    ],
)
def test_a_certificate_that_does_not_do_is_explained(
    limits: Limits, certificate: Callable[..., Certificate], name: str, ends: str, is_known: bool, words: str
) -> None:
    made = certificate(name, ends=ends)
    site = declare(Site(made.serving()))
    with Fetcher(limits, tls=made.trusting() if is_known else None) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(site.url("/policy"))
    site.close()
    assert caught.value.failure == Failure.TLS
    assert words in caught.value.explanation


def test_a_good_certificate_passes(limits: Limits, certificate: Callable[..., Certificate]) -> None:
    made = certificate()
    site = declare(Site(made.serving()))
    with Fetcher(limits, tls=made.trusting()) as fetcher:
        page = fetcher.fetch(site.url("/policy"))
    site.close()
    assert (page.body, page.is_downgraded) == (policy(), False)


def test_a_server_that_speaks_no_tls_is_explained(site: Site, limits: Limits) -> None:
    with Fetcher(limits) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(site.url("/policy").replace("http:", "https:"))
    assert caught.value.failure == Failure.TLS
