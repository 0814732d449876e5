"""The store's tables: documents' bytes, the filings read from them, whose they are, and what people add.

What the library lists, and what pages ask for, is kept in columns with indexes, so that no question has to
open a record or walk over a document's bytes.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("container", String(16), nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("deleted_at", DateTime, index=True),
)

Index("documents_by_name", documents.c.name, documents.c.sha256)
Index("documents_by_container", documents.c.container, documents.c.deleted_at, documents.c.sha256)

filings = Table(
    "filings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("documents.sha256"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("reader_version", Integer, nullable=False),
    Column("form", String(8)),
    Column("issuer", Text),
    Column("symbol", Text),
    Column("issuer_cik", String(10), index=True),
    Column("owners", JSON, nullable=False),
    Column("period", Date),
    Column("filed", Date),
    Column("accession", String(25), index=True),
    Column("plan", Boolean),
    Column("trades", JSON, nullable=False, default=list, server_default="[]"),
    Column("row_count", Integer, nullable=False),
    Column("finding_count", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    UniqueConstraint("sha256", "position"),
    sqlite_autoincrement=True,  # an id is never given twice: links and caches keep them
)

trades = Table(
    "trades",
    metadata,
    Column("filing_id", ForeignKey("filings.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String(32), primary_key=True),
    Column("day", Date, nullable=False),
    Column("code", String(1), nullable=False),
    Column("side", String(1)),
    Column("shares_e4", BigInteger),
    Column("cents", BigInteger),
    Column("issuer", Text),
    Column("symbol", Text),
    Column("owner", Text),
    Column("issuer_key", Text),
    Column("owner_key", Text),
    Column("form", String(8)),
    Column("filed", Date),
    Column("plan", Boolean),
)
Index("trades_by_day", trades.c.day, trades.c.code, trades.c.issuer_key, trades.c.owner_key)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    # No foreign key: the log stays where a later reading no longer finds the filing.
    Column("filing_id", Integer, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("where", Text, nullable=False),
    Column("rule", Text),
    Column("was", JSON),
    Column("value", JSON),
    Column("undoes", Integer),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)

plans = Table(
    "plans",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("terms", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
    Column("deleted_at", DateTime),
)

Index(
    "filings_by_issuer",
    *[
        filings.c[name]
        for name in (
            "issuer_cik",
            "issuer",
            "symbol",
            "sha256",
            "reader_version",
            "period",
            "form",
            "finding_count",
        )
    ],
)
Index("filings_by_reader", filings.c.reader_version)

filing_owners = Table(
    "filing_owners",
    metadata,
    Column("filing_id", ForeignKey("filings.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
)
Index("filing_owners_by_name", filing_owners.c.name, filing_owners.c.filing_id)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", DateTime, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("what", String(16), nullable=False),
    Column("names", JSON, nullable=False),
    Column("issuer", Text, nullable=False, index=True),
    Column("undone_at", DateTime),
    sqlite_autoincrement=True,
)

sectors = Table(
    "sectors",
    metadata,
    Column("issuer", String(20), primary_key=True),
    Column("sector", Text, nullable=False),
)

price_series = Table(
    "price_series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("added_at", DateTime, nullable=False),
)


refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("refused_at", DateTime, nullable=False),
)
"""Files that could not be read, until they are read or somebody dismisses them."""

archives = Table(
    "archives",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("reader_version", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("begun_at", DateTime, nullable=False),
)
"""Archives of which an ingest has kept every file, begun at that moment: of them nothing need be unpacked again."""

LONG_AGO = datetime(1970, 1, 1)
"""Before any deletion. A comparison with it uses the index where “is not null” would walk over every document."""


def deleted() -> ColumnElement[bool]:
    """Whether a document is deleted."""
    return documents.c.deleted_at > LONG_AGO


def shown() -> ColumnElement[bool]:
    """Whether a filing's document is not deleted: few are, and an index knows which, so no bytes are walked over."""
    return filings.c.sha256.not_in(select(documents.c.sha256).where(deleted()))
