"""Files that could not be read, sectors of issuers, and the accession number of each filing."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")


def upgrade() -> None:
    """Make the tables, the column and the indexes, and fill the column from the records."""
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_refusals_name"), "refusals", ["name"], unique=False)
    op.create_table(
        "sectors",
        sa.Column("issuer", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("issuer"),
    )
    op.add_column("filings", sa.Column("accession", sa.String(length=25), nullable=True))
    op.create_index(op.f("ix_filings_accession"), "filings", ["accession"], unique=False)
    _fill()


def _fill() -> None:
    """Nothing where a record has no number, or one that is none of EDGAR's."""
    filings = sa.table(
        "filings",
        sa.column("id", sa.Integer),
        sa.column("record", sa.JSON),
        sa.column("accession", sa.String),
    )
    number = filings.c.record["submission", "accession_number"].as_string()
    connection = op.get_bind()
    rows = connection.execute(sa.select(filings.c.id, number).where(number.is_not(None))).all()
    found = [{"which": row[0], "number": row[1]} for row in rows if _ACCESSION.fullmatch(row[1])]
    if found:
        change = sa.update(filings).where(filings.c.id == sa.bindparam("which"))
        connection.execute(change.values(accession=sa.bindparam("number")), found)
