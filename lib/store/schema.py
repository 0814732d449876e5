"""The store's tables: documents, the filings read from them, what people changed in them, and saved plans.

What the library lists is kept in columns of its own, so that a list never has to open a record.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
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
    Column("row_count", Integer, nullable=False),
    Column("finding_count", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    UniqueConstraint("sha256", "position"),
    sqlite_autoincrement=True,  # an id is never given twice: links and caches keep them
)

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
