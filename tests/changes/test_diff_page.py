"""Any two versions of a document can be compared, in either order, at a bounded cost, with what must be known first."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from changes.models import ChangeRecord
from platforms.models import Document, Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def address(first: Version, second: Version) -> str:
    return f"{first.document.get_absolute_url()}diff/{first.number}/{second.number}/"


def versions_of(document: Document) -> list[Version]:
    return list(
        Version.objects.filter(document=document)
        .in_order()
        .select_related("document__platform", "text", "version_class")
    )


def longest() -> Document:
    documents = Document.objects.annotate(kept=Count("versions")).order_by("-kept", "pk")
    return documents.select_related("platform")[0]


@pytest.mark.parametrize("view", ["changes", "inline", "side"])
def test_every_pair_answers_in_both_orders(client: Client, view: str) -> None:
    costs = set()
    for first, second in itertools.product(versions_of(longest())[:3], repeat=2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"{address(first, second)}?view={view}")
        assert answer.status_code == 200
        costs.add(len(queries))
    assert max(costs) <= 12


def test_the_whole_text_is_shown_in_the_views_that_promise_it(client: Client) -> None:
    record = ChangeRecord.objects.select_related("before__text", "version__text", "document__platform").earliest("pk")
    pair = f"{record.document.get_absolute_url()}diff/{record.before.number}/{record.version.number}/"
    for view in ("inline", "side"):
        lines = client.get(f"{pair}?view={view}").context["sheet"].lines
        for side, version in (("old", record.before), ("new", record.version)):
            assert version.text is not None
            shown = "".join("".join(run.words for run in getattr(line.row, side)) for line in lines if _has(line, side))
            assert "".join(shown.split()) == "".join(version.text.body.split())
    folded = client.get(pair).context["sheet"].lines
    assert any(line.row.kind == "fold" for line in folded)


def _has(line, side: str) -> bool:
    return (line.row.old_start if side == "old" else line.row.new_start) is not None


def test_the_other_way_round_mirrors_the_counts(client: Client) -> None:
    record = ChangeRecord.objects.select_related("document__platform", "before", "version").earliest("pk")
    base = f"{record.document.get_absolute_url()}diff/"
    there = client.get(f"{base}{record.before.number}/{record.version.number}/")
    back = client.get(f"{base}{record.version.number}/{record.before.number}/")
    one, other = there.context["counts"], back.context["counts"]
    assert (one.words_added, one.words_removed) == (other.words_removed, other.words_added)
    assert one.words_added == record.words_added
    html = back.content.decode()
    assert "the other way round" in html
    assert f'rel="canonical" href="{there.context["canonical_url"]}"' in html
    assert record.record_id in there.content.decode()


def test_the_clauses_between_neighbours_are_those_of_the_record(client: Client) -> None:
    for record in ChangeRecord.objects.select_related("document__platform", "before", "version")[:5]:
        base = f"{record.document.get_absolute_url()}diff/"
        page = client.get(f"{base}{record.before.number}/{record.version.number}/")
        shown = [(one.change.clause_id, one.change.touch) for one in page.context["touches"]]
        assert shown == list(record.clause_changes.values_list("clause", "touch"))


def test_a_version_does_not_differ_from_itself(client: Client) -> None:
    version = versions_of(longest())[0]
    assert "does not differ from itself" in client.get(address(version, version)).content.decode()


def test_what_there_is_not_is_told_with_what_there_is(client: Client) -> None:
    document = longest()
    answer = client.get(f"{document.get_absolute_url()}diff/1/4711/")
    assert answer.status_code == 404
    assert f"has no version 4711. It has {len(versions_of(document))}, numbered 1 to " in answer.content.decode()
    for huge in (2**31, 10**30):
        assert client.get(f"{document.get_absolute_url()}diff/1/{huge}/").status_code == 404
    assert client.get(f"{document.get_absolute_url()}diff/1/x/").status_code == 404
    assert client.get(f"{document.get_absolute_url()}diff/1/2/?view=odd").status_code == 400


def test_suspect_versions_and_noise_are_called_what_they_are(client: Client) -> None:
    said = {
        "suspect": "is suspect",
        "flap": "A flap: within 30 days",
        "cosmetic": "Cosmetic: words and digits are the same",
        "technical": "he extractor changed",
    }
    for kind, words in said.items():
        version = (
            Version.objects.filter(version_class__kind=kind)
            .select_related("document__platform", "version_class__compared_with")
            .earliest("pk")
        )
        other = version.version_class.compared_with or Version.objects.before(version).first()
        assert other is not None
        other.document = version.document
        assert words in client.get(address(other, version)).content.decode(), kind


def test_only_neighbours_may_be_indexed(client: Client) -> None:
    document = longest()
    document.platform.is_demonstration = False
    document.platform.save()
    good = [version for version in versions_of(document) if version.version_class.is_good]
    neighbours, others = address(good[0], good[1]), address(good[0], good[2])
    assert good[1].version_class.compared_with_id == good[0].pk
    assert 'content="noindex"' not in client.get(neighbours).content.decode()
    for pair in (f"{neighbours}?view=side", others, address(good[1], good[0])):
        assert 'content="noindex"' in client.get(pair).content.decode(), pair


def test_the_form_leads_to_the_pair_without_scripts(client: Client) -> None:
    document = longest()
    base = f"{document.get_absolute_url()}diff/"
    assert client.get(f"{base}?from=1&to=3&view=side")["Location"] == f"{base}1/3/?view=side"
    assert client.get(f"{base}?from=3&to=1&view=changes")["Location"] == f"{base}3/1/"
    latest = [version.number for version in versions_of(document)][-2:]
    assert client.get(base)["Location"] == f"{base}{latest[0]}/{latest[1]}/"
    for odd in ("from=1", "from=a&to=2", f"from=1&to={'9' * 40}", "from=²&to=1"):
        assert client.get(f"{base}?{odd}").status_code == 400


def test_a_former_slug_leads_to_the_comparison(client: Client) -> None:
    document = longest()
    old = f"{document.get_absolute_url()}diff/1/2/"
    document.slug = "other-name"
    document.save()
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"] == f"{document.get_absolute_url()}diff/1/2/"


def test_programs_get_every_hunk(client: Client) -> None:
    first, second = versions_of(longest())[:2]
    answer = client.get(f"{address(first, second)}json/").json()
    assert first.text is not None
    assert answer["old"]["text_sha256"] == bytes(first.text.sha256).hex()
    for hunk in answer["comparison"]["hunks"]:
        assert first.text.body[hunk["old"]["start"] : hunk["old"]["end"]] == hunk["old"]["words"]


def test_captured_words_bring_no_markup(client: Client) -> None:
    from django.template.loader import render_to_string

    from changes.presenting import sheet
    from changes.text.compare import compare

    shown = sheet(
        compare("# Terms\n\n<script>alert(1)</script> old words\n", "# Terms\n\n<img src=x> new words here\n")
    )
    for template in ("components/hunks.html", "components/hunks_side.html"):
        html = render_to_string(template, {"sheet": shown, "old": 1, "new": 2, "old_url": "/1", "new_url": "/2"})
        assert "<script" not in html
        assert "<img" not in html
