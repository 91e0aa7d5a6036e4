"""Measures every list of the desk and of the admin with many generated clauses, in the database at hand."""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Callable

from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

CLAUSES = int(os.environ.get("BENCH_CLAUSES", "100000"))
"""How many clauses there shall be; 0 leaves this out."""
TIMES = 7
SLOWEST = 300
"""Milliseconds that no list may take."""


def bench(say: Callable[[str], None]) -> None:
    """Fill the database up to so many clauses, then ask for each list."""
    if not CLAUSES:
        return
    from django.contrib.auth.models import User

    from clauses.models import Clause, ClauseType

    start = time.perf_counter()
    call_command("generate_corpus", clauses=CLAUSES, seed=1, stdout=io.StringIO(), stderr=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"generate_corpus: {Clause.objects.count():,} clauses, {time.perf_counter() - start:.0f} s")
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("bench"))
    common = ClauseType.objects.get(slug="limitation-of-liability")
    rare = Clause.objects.waiting().latest("pk")
    addresses = {
        "home": "/admin/",
        "proposed": reverse("admin:desk:proposed"),
        "proposed, by type": f"{reverse('admin:desk:proposed')}?type={common.slug}",
        "proposed, by document": f"{reverse('admin:desk:proposed')}?document={rare.document.record_id}",
        "proposed, by a platform's name": f"{reverse('admin:desk:proposed')}?platform={rare.document.platform.name}",
        "proposed, nothing found": f"{reverse('admin:desk:proposed')}?assigned=me",
        "a proposal": reverse("admin:desk:proposal", args=[rare.pk]),
        "selecting words": reverse("admin:desk:anchor", args=[rare.pk]),
        **{name: reverse(f"admin:desk:{name}") for name in ("altered", "failing", "records", "technical", "reviews")},
        "clauses, by state and type": f"{_list(Clause)}?state__exact=proposed&type__id__exact={common.pk}",
        "clauses, searched": f"{_list(Clause)}?q=liability",
        **{f"admin {model._meta.label}": _list(model) for model in admin.site._registry},
    }
    measured = {name: _measured(client, address) for name, address in addresses.items()}
    for name, (milliseconds, queries) in sorted(measured.items(), key=lambda one: -one[1][0])[:12]:
        say(f"desk, {name}: {milliseconds:.0f} ms, {queries} queries (median of {TIMES})")
    slow = [name for name, (milliseconds, queries) in measured.items() if milliseconds > SLOWEST or queries > 12]
    say(
        f"desk, {len(measured)} lists: {len(slow)} above {SLOWEST} ms or 12 queries{': ' if slow else ''}{', '.join(slow)}"
    )


def _list(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]


def _measured(client: Client, address: str) -> tuple[float, int]:
    """Return the milliseconds and the queries of one page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    queries = len(captured)  # before the next request empties the log
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times), queries


def main() -> None:
    """Measure in a test database of its own."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    django.setup()
    from tests.bench.__main__ import in_own_database

    with in_own_database():
        bench(lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
