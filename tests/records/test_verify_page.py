"""/verify/ says which records hold a hash, a file or words, and says honestly that none does."""

import hashlib
import io

import pytest
from django.test import Client

from changes.models import ChangeRevision
from clauses.models import Analysis, Clause, Passage
from platforms.find_words import asked_words, texts_saying
from platforms.models import StoredText, Takedown, Version, VersionRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def ask(client: Client):
    def asked(q="", **files):
        answer = client.post("/verify/", files, follow=True) if files else client.get("/verify/", {"q": q}, follow=True)
        return answer.content.decode()

    return asked


def a_version():
    """Give the newest version that has a text, and the text."""
    version = Version.objects.exclude(text=None).select_related("document").latest("pk")
    return version, StoredText.objects.get(versions=version)


def test_the_hash_of_a_text_names_its_versions(ask):
    version, text = a_version()
    page = ask(f"SHA-256: {bytes(text.sha256).hex().upper()}")
    assert "Held here" in page
    assert f'href="/r/{version.record_id}"' in page


def test_the_hash_of_a_stored_record_names_its_permanent_address(ask):
    analysis = Analysis.objects.numbered().select_related("clause").earliest("pk")
    change = ChangeRevision.objects.earliest("pk")
    sealed = VersionRecord.objects.select_related("version").earliest("pk")
    for sha256, name in (
        (analysis.sha256 or b"", f"{analysis.clause.record_id}/v{analysis.number}"),
        (change.sha256, f"CA-C-{change.record_id:06d}/v{change.number}"),
        (sealed.sha256, sealed.version.record_id),
    ):
        assert f'href="/r/{name}"' in ask(bytes(sha256).hex())


def test_a_file_is_found_by_its_bytes_and_else_by_its_words(ask):
    body = a_version()[1].body
    whole, other = io.BytesIO(body.encode()), io.BytesIO(body.replace("\n", "\r\n").upper().encode())
    whole.name = other.name = "terms.txt"
    assert "Held here" in ask(file=whole)
    assert "The same words, in other bytes" in ask(file=other)


def test_words_are_found_with_typography_forgiven_and_named_by_place_and_clause(ask):
    passage = Passage.objects.filter(version__document__latest_version__isnull=False).latest("pk")
    body = StoredText.objects.get(versions=passage.version_id).body
    line = max(body[passage.start : passage.end].split("\n"), key=len)
    page = ask(f"  “{line.upper()}”  ".replace(" ", "  "))
    assert "The words in their place" in page
    assert Clause.objects.get(provisions=passage.provision_id).record_id in page


def test_what_nobody_holds_is_said_so(ask):
    assert "No record here holds this" in ask(hashlib.sha256(b"nothing of ours").hexdigest())
    assert "No record here holds this" in ask("we promise never to have promised anything of the kind")


@pytest.mark.parametrize(("q", "says"), [("of the", "at least 3 words"), ("word " * 401, "as a file")])
def test_what_cannot_be_looked_for_is_refused_with_what_to_do(client, q, says):
    answer = client.post("/verify/", {"q": q}, follow=True)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_words_that_were_taken_down_are_not_told_and_their_hash_still_is(ask, django_user_model):
    version, text = a_version()
    words = " ".join(max(text.body.split("\n"), key=len).split()[:300])
    for hidden in Version.objects.filter(text__in=texts_saying(asked_words(words))):
        Takedown.objects.create(
            version=hidden, ground="withdrawn", public_reason="A test.", decided_at=version.captured_at,
            decided_by=django_user_model.objects.create_user(f"decides{hidden.pk}"),
        )  # fmt: skip
    assert "No record here holds this" in ask(words)
    assert "its hash stays" in ask(bytes(text.sha256).hex())


def test_a_record_number_leads_to_its_record(client):
    assert client.get("/verify/", {"q": "ca d 1"}).headers["Location"] == "/r/CA-D-00001"
