"""Addresses are taken in, one or a list, and every line that cannot be is named."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from platforms.models import Document, ExtractionRule, Platform
from tests.capture.pages import AT, platform

pytestmark = pytest.mark.django_db
URL = "https://harbour.example/privacy"


def told(*arguments: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("add_document", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_an_address_is_captured_from_now_on():
    platform("harbour")
    said, _ = told("harbour", URL, title="Privacy Policy", select=["main"], remove=[".updated", "nav"])
    made = Document.objects.get()
    assert said == f"{made.record_id} added.\n"
    assert (made.slug, made.kind, made.nature, made.source_url) == ("privacy-policy", "privacy-policy", "notice", URL)
    rule = ExtractionRule.objects.get()
    assert (rule.select, rule.remove) == (["main"], [".updated", "nav"])
    assert Document.objects.due(AT).get() == made
    assert "there already" in told("harbour", URL, title="Another name")[0]
    assert Document.objects.count() == 1


def test_a_new_platform_wants_a_name():
    with pytest.raises(CommandError, match="no platform 'harbour'; give its name"):
        told("harbour", URL, title="Privacy Policy")
    told("harbour", URL, title="Privacy Policy", platform_name="Harbour & Sons")
    assert Platform.objects.get().name == "Harbour & Sons"
    assert Platform.objects.get().slug == "harbour"


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (("harbour", "harbour.example/privacy"), {}, "no web address"),
        (("harbour", "file:///etc/passwd"), {}, "no web address"),
        (("harbour", URL), {"kind": "poem"}, "no kind 'poem'"),
        (("harbour", URL), {"title": "x" * 201}, "200 characters"),
        (("invented", URL), {}, "demonstration"),
        (("Upper Case", URL), {"platform_name": "Upper"}, "no slug"),
        (("other", URL), {"platform_name": "Harbour"}, "there already, as 'harbour'"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_words(arguments, options, words):
    platform("harbour")
    platform("invented", demonstration=True)
    with pytest.raises(CommandError, match=words):
        told(*arguments, **{"title": "Privacy Policy", **options})
    assert not Document.objects.exists()


def test_of_a_list_every_good_line_is_taken_and_every_bad_one_named(tmp_path):
    platform("harbour")
    path = tmp_path / "addresses.csv"
    path.write_text(
        "platform,url,title,kind,select,remove,platform_name\n"
        f"harbour,{URL},Privacy Policy,,,,\n"
        'harbour,https://harbour.example/terms,"Terms, of Service",,"main\n.terms",nav,\n'
        "harbour,nowhere,Cookies,,,,\n"
        "\n"
        "quayside,https://quayside.example/terms,Terms,,,,Quayside\n"
        "quayside,https://quayside.example/a,A,,,,,,more\n"
        f"harbour,{URL},Privacy Policy,,,,\n",
        encoding="utf-8",
    )
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="3 documents added, 1 there already, 2 lines refused"):
        call_command("add_document", file=path, stdout=out, stderr=err)
    assert [line for line in err.getvalue().splitlines() if line.startswith("addresses.csv")] == [
        "addresses.csv, line 5: 'nowhere' is no web address: it begins with https:// and names a host",
        "addresses.csv, line 8: more cells than columns; a cell with a comma stands in quotation marks",
    ]
    assert set(Document.objects.values_list("title", flat=True)) == {"Privacy Policy", "Terms, of Service", "Terms"}
    assert ExtractionRule.objects.get().select == ["main", ".terms"]


def test_a_list_with_other_columns_is_refused_whole(tmp_path):
    path = tmp_path / "addresses.csv"
    path.write_text("platform,address,title\nharbour,https://harbour.example/,Terms\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"lacks url and has address, which is not known.*Nothing was added"):
        told(file=path)
