"""Measures capture: 500 documents on 50 hosts of this machine, politeness off, twice; and what memory that takes."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from ipaddress import ip_network

from django.utils import timezone

DOCUMENTS = 500
HOSTS = 50
WORKERS = 8
PARAGRAPHS = 120
"""Of about 350 characters: pages of some 50 kB, as policies are."""
WORDS = (
    "In section {n} of the policy of site {d} we say how long we keep what you give us, with whom we share it and why, "
    "and what you can do about it: ask for a copy, have it corrected or deleted, or object to a use that you do not "
    "want. We answer within {t} days and charge nothing, unless a request is made again and again without a reason."
)


def bench(say: Callable[[str], None]) -> None:
    """Capture new documents, then all of them again with a tenth of the texts changed; say how long each took."""
    from platforms.acts.capture_due import capture_documents, this_process
    from platforms.fetching import Fetcher, Limits
    from platforms.models import Document
    from tests.bench.site import serving

    limits = Limits(
        user_agent="ConductAtlas/bench", allowed_private=(ip_network("127.0.0.0/8"),), seconds_between_requests=0
    )
    with serving(page) as site:
        documents = _documents(site.port)
        for label in ("new", "again, a tenth changed"):
            start = time.perf_counter()
            with Fetcher(limits) as fetcher:
                account = capture_documents(
                    documents=documents,
                    fetcher=fetcher,
                    by=this_process(),
                    now=timezone.now,
                    workers=WORKERS,
                    gap=0,
                    due_at=None,
                    progress=lambda label, done, total: None,
                )
            seconds = time.perf_counter() - start
            ends = ", ".join(f"{n} {ending.value}" for ending, n in sorted(account.endings.items()))
            say(
                f"capture, {DOCUMENTS} documents {label}: {seconds:.1f} s, {1000 * seconds / DOCUMENTS:.0f} ms each ({ends})"
            )
            site.turn.value += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"capture, peak memory of the process: {peak:.0f} MB")
    Document.objects.filter(pk__in=documents).update(source_url="")


def page(path: str, turn: int) -> bytes:
    """Return the page of a path; every tenth says something else at each turn, and each has other bytes."""
    number = int(path.strip("/"))
    months = turn if number % 10 == 0 else 0
    paragraphs = "".join(f"<p>{WORDS.format(n=n, d=number, t=30 + months)}</p>" for n in range(PARAGRAPHS))
    return (
        f'<!doctype html><html lang="en"><head><title>Privacy Policy</title><script>var visit = {turn};</script></head>'
        f'<body><nav><a href="/">Home</a></nav><main><h1>Privacy Policy</h1>{paragraphs}</main>'
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def _documents(port: int) -> list[int]:
    from platforms.acts.add_document import Address, add_document

    at = timezone.now()
    made = []
    for number in range(DOCUMENTS):
        address = Address(
            platform=f"bench-{number % HOSTS}",
            url=f"http://127.0.0.{1 + number % HOSTS}:{port}/{number}",
            title=f"Privacy Policy {number}",
            kind="privacy-policy",
            platform_name=f"Bench {number % HOSTS}",
        )
        made.append(add_document(address=address, at=at)[0].pk)
    return made
