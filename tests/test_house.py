"""The rules of the house, executed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

from clauses.acts.load_taxonomy import taxonomy
from clauses.models import Clause
from clauses.models.stance import Stance
from clauses.text.stance import Stance as TextStance
from platforms.acts.register import document_names, kind_and_nature, operators
from platforms.models import Document, DocumentKind, KindGroup, Nature
from platforms.models.text_profile import Fault
from platforms.text.faults import Fault as TextFault

ROOT = Path(settings.BASE_DIR)
LONGEST_MODULE = 300
LONGEST_TEMPLATE = 150


def ours(pattern: str) -> list[Path]:
    left_out = {".venv", "node_modules", "var", "migrations"}
    return [p for p in sorted(ROOT.glob(pattern)) if not left_out & set(p.relative_to(ROOT).parts)]


def test_every_model_is_in_the_glossary() -> None:
    words = set(re.findall(r"^\| (\w+) \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    models = {
        m.__name__
        for label in ("platforms", "clauses", "changes", "conductatlas")
        for m in apps.get_app_config(label).get_models()
    }
    assert models == words - {"word"}


@pytest.mark.parametrize(
    ("model", "prefix"),
    [(Document, "platform/<slug:platform>/"), (Clause, "platform/<slug:platform>/<slug:document>/")],
)
def test_words_that_an_address_uses_are_no_slugs(model, prefix: str) -> None:
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    beneath = {route.removeprefix(prefix).split("/")[0] for route in routes if route.startswith(prefix)}
    words = {word for word in beneath if word and not word.startswith("<")}
    constraint = next(c for c in model._meta.constraints if c.name.endswith("is_lower_case_words_and_not_a_page"))
    refused = set(re.findall(r"'([a-z]+)'", str(constraint)))
    assert words <= refused


def test_modules_and_templates_stay_small() -> None:
    alone = ROOT / "docs/verify_log.py"  # readers take it away as one file
    modules = [p for p in ours("**/*.py") if p != alone]
    long = {str(p.relative_to(ROOT)): n for p in modules if (n := p.read_text().count("\n")) > LONGEST_MODULE}
    tall = {
        str(p.relative_to(ROOT)): n
        for p in ours("templates/**/*.html")
        if (n := p.read_text().count("\n")) > LONGEST_TEMPLATE
    }
    assert (long, tall) == ({}, {})


def test_every_template_compiles() -> None:
    for path in ours("templates/**/*.html"):
        get_template(str(path.relative_to(ROOT / "templates")))


def test_templates_carry_no_style_and_no_script() -> None:
    for path in ours("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        assert " style=" not in source, path
        bare = source.replace('<script type="application/ld+json">', "")  # data, never run
        bare = re.sub(r"<script src=\"\{% static 'js/[a-z-]+\.js' %\}\" defer>", "", bare)  # a file of ours
        assert "<script" not in bare, path


def test_text_code_and_models_say_the_same_words() -> None:
    assert [s.value for s in TextStance] == Stance.values
    assert {f.value for f in TextFault} == set(Fault.values)


def test_the_taxonomy_is_whole() -> None:
    types = [row for category in taxonomy()["categories"] for row in category["types"]]
    assert len(types) == len({row["slug"] for row in types}) == 50
    assert len(taxonomy()["categories"]) == 10
    for category in taxonomy()["categories"]:
        assert set(category["kinds"]) <= set(KindGroup.values)
    assert all(row["is"] and row["not"] and row["name"] for row in types)


def test_data_files_name_what_there_is() -> None:
    exact, words = document_names()
    for kind, nature in [*exact.values(), *((k, n) for _, k, n in words)]:
        assert kind in DocumentKind.values
        assert nature in Nature.values
    known, sectors = operators()
    assert {p.sector for p in known.values()} <= {"", *sectors}
    assert kind_and_nature("Privacy Policy") == (DocumentKind.PRIVACY_POLICY, Nature.NOTICE)
    assert kind_and_nature("Something unheard of")[0] == DocumentKind.OTHER


def test_nothing_names_a_path_of_a_machine() -> None:
    homes = re.compile(r"/(?:home|Users|root)/[a-z]")
    for pattern in ("**/*.py", "**/*.md", "**/*.yaml", "**/*.txt", "**/*.html", "Makefile", "Dockerfile", "scripts/*"):
        for path in ours(pattern):
            assert not homes.search(path.read_text(encoding="utf-8", errors="replace")), path
