"""What Django is told about the database."""

import pytest

from conductatlas.embedded import EmbeddedError, database, database_from_url, owner

URL = "postgresql://app:s%40cret@db.example:6432/atlas?sslmode=require"


def test_without_a_url_it_is_the_embedded_server_as_the_application(tmp_path):
    told = database(tmp_path, "")
    assert (told["USER"], told["NAME"]) == ("ca_app", "conductatlas")
    assert told["HOST"].startswith("/")
    assert told["CONN_HEALTH_CHECKS"] is True
    assert owner("", "") == {"USER": "ca_owner"}


def test_a_url_is_read_as_libpq_reads_it():
    told = database_from_url(URL)
    assert told["OPTIONS"] == {"sslmode": "require"}
    assert [told[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")] == [
        "db.example",
        "6432",
        "app",
        "s@cret",
        "atlas",
    ]
    assert database_from_url("postgres:///atlas?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    ("url", "said"),
    [("mysql://x/y", "no"), ("postgresql://app@host", "names no database"), ("nonsense", "not a PostgreSQL")],
)
def test_a_wrong_url_is_refused_in_words(url, said):
    with pytest.raises(EmbeddedError, match=said):
        database_from_url(url)


def test_one_role_does_both_where_no_owner_is_given():
    assert owner(URL, "") == {}


def test_the_owner_differs_in_everything_but_the_name():
    found = owner(URL, "postgresql://boss:pw@db.example:5432/atlas")
    assert found == {"USER": "boss", "PASSWORD": "pw", "HOST": "db.example", "PORT": "5432", "OPTIONS": {}}


@pytest.mark.parametrize("urls", [(URL, "postgresql://boss@db.example/other"), ("", URL)])
def test_an_owner_of_another_database_is_refused(urls):
    with pytest.raises(EmbeddedError, match="DATABASE_OWNER_URL"):
        owner(*urls)
