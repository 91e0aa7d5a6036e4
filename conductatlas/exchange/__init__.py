"""Tables in and out, as CSV and JSON: each error by row and column before anything is written."""

from __future__ import annotations

from conductatlas.exchange.addresses import AddressTable
from conductatlas.exchange.analyses import AnalysisTable
from conductatlas.exchange.plan import Table
from conductatlas.exchange.rows import FormTable
from conductatlas.exchange.tables import (
    AgencyForm,
    ArticleForm,
    DocumentForm,
    OperatorForm,
    PlatformForm,
    RegulationForm,
    SectorForm,
    TypeForm,
)

_FORMS = (
    SectorForm,
    OperatorForm,
    PlatformForm,
    DocumentForm,
    TypeForm,
    RegulationForm,
    ArticleForm,
    AgencyForm,
)
_TABLES: tuple[Table, ...] = (*map(FormTable, _FORMS), AddressTable(), AnalysisTable())
TABLES = {table.name: table for table in _TABLES}
"""Every table by its name, in the order in which they build on each other."""
