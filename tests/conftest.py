"""What every test stands on; each fixture lives in a module of tests/fixtures named after what it gives."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.demonstration",
    "tests.fixtures.log",
    "tests.fixtures.network",
    "tests.fixtures.properties",
    "tests.fixtures.static",
    "tests.fixtures.taxonomy",
    "tests.fixtures.corpus",
    "tests.fixtures.browser",
    "tests.fixtures.readers",
    "tests.fixtures.site",
]
