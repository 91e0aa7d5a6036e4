"""`migrate`, as the owner's role, with the grants that let the application work with what it makes."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

from conductatlas.database import as_owner
from conductatlas.desk.roles import make_roles

OLDEST = 17  # PostgreSQL's builtin locale, and what its successor was tested with

# Default privileges belong to one database: here each gets its own, the tests' too. Evidence then loses the
# last two by the migration that guards it. TEMP: a temporary table could stand before the real one in a trigger.
GRANTS = """
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
REVOKE TEMP, CREATE ON DATABASE {name} FROM PUBLIC;
"""


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner() as connection:
                self._require_new_enough(connection)
                self._grant(connection)
                super().handle(*args, **options)
                if not options["plan"] and options["app_label"] is None and not options["check_unapplied"]:
                    make_roles()
        except OperationalError as error:
            if connection_failed(error):
                raise CommandError(f"The database cannot be reached: {str(error).strip()}") from error
            raise

    def _require_new_enough(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000, version()")
            major, version = cursor.fetchone()
        if major < OLDEST:
            raise CommandError(
                f"PostgreSQL {OLDEST} or newer is needed; DATABASE_URL leads to {version.split(',')[0]}. "
                "Upgrade that server, or unset DATABASE_URL to use the embedded one."
            )

    def _grant(self, connection: BaseDatabaseWrapper) -> None:
        app = settings.DATABASE_APP_ROLE
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s),"
                " pg_catalog.has_database_privilege(current_database(), 'CREATE')",
                [app],
            )
            owner, there, may_grant = cursor.fetchone()
            if not there:
                raise CommandError(f'The server has no role "{app}": docs/operations.md has the SQL that makes it.')
            if owner == app and not may_grant:
                return
            quote = connection.ops.quote_name
            cursor.execute(GRANTS.format(app=quote(app), name=quote(connection.settings_dict["NAME"])))


def connection_failed(error: OperationalError) -> bool:
    """Say whether the server was not reached at all, as against a statement that it refused."""
    return getattr(error.__cause__, "sqlstate", None) is None
