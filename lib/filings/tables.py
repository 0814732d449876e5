"""Records as rows of the SEC's Insider Transactions Data Sets, so that what works on those works on these.

The eight tables and their columns are those of the data sets' metadata (FORM_345_metadata.json), with
AFF10B5ONE, which the SEC added with the box in 2023, and without the contacts, which it does not publish. Values keep their types: ``Decimal`` for shares and
dollars, ``date``, ``bool``; ``None`` where the filing says nothing. Marks stand as the SEC lists them,
``F1, F2``. A row's key (``…_SK``) is its place in its table of the form, from 1, so that transactions and
holdings can be put back in printed order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, count
from typing import Final

from lib.filings.record import Filing, Owner, Row, Signature

Value = str | Decimal | date | bool | int | None
DataRow = dict[str, Value]

_TITLE: Final = {"SECURITY_TITLE": "security_title"}
_PRICE: Final = {"CONV_EXERCISE_PRICE": "conversion_or_exercise_price"}
_DATES: Final = {"TRANS_DATE": "transaction_date", "DEEMED_EXECUTION_DATE": "deemed_execution_date"}
_CODING: Final = {
    "TRANS_FORM_TYPE": "transaction_form_type",
    "TRANS_CODE": "transaction_code",
    "EQUITY_SWAP_INVOLVED": "equity_swap_involved",
    "TRANS_TIMELINESS": "transaction_timeliness",
    "TRANS_SHARES": "transaction_shares",
}
_VALUE: Final = {"TRANS_TOTAL_VALUE": "transaction_total_value"}
_AMOUNTS: Final = {
    "TRANS_PRICEPERSHARE": "transaction_price_per_share",
    "TRANS_ACQUIRED_DISP_CD": "acquired_disposed_code",
}
_UNDERLYING: Final = {
    "EXPIRATION_DATE": "expiration_date",
    "UNDLYNG_SEC_TITLE": "underlying_security_title",
    "UNDLYNG_SEC_SHARES": "underlying_security_shares",
    "UNDLYNG_SEC_VALUE": "underlying_security_value",
}
_OWNED: Final = {
    "SHRS_OWND_FOLWNG_TRANS": "shares_owned_following",
    "VALU_OWND_FOLWNG_TRANS": "value_owned_following",
    "DIRECT_INDIRECT_OWNERSHIP": "direct_or_indirect",
    "NATURE_OF_OWNERSHIP": "nature_of_ownership",
}
_FORM_TYPE: Final = {"TRANS_FORM_TYPE": "transaction_form_type"}

ROW_TABLES: Final[dict[str, dict[str, str]]] = {
    "NONDERIV_TRANS": _TITLE | _DATES | _CODING | _AMOUNTS | _OWNED,
    "NONDERIV_HOLDING": _TITLE | _FORM_TYPE | _OWNED,
    "DERIV_TRANS": _TITLE
    | _PRICE
    | _DATES
    | _CODING
    | _VALUE
    | _AMOUNTS
    | {"EXCERCISE_DATE": "exercise_date"}
    | _UNDERLYING
    | _OWNED,
    "DERIV_HOLDING": _TITLE | _PRICE | _FORM_TYPE | {"EXERCISE_DATE": "exercise_date"} | _UNDERLYING | _OWNED,
}
"""Columns of the four tables of rows and the record's fields; EXCERCISE_DATE is the SEC's spelling."""

ROLES: Final = {
    "Director": "is_director",
    "Officer": "is_officer",
    "TenPercentOwner": "is_ten_percent_owner",
    "Other": "is_other",
}


def data_set_rows(filings: Iterable[Filing], taken: set[str] | None = None) -> dict[str, list[DataRow]]:
    """The filings as the data sets' eight tables, each a list of rows with the SEC's column names.

    A filing without an accession number (its document alone does not carry one) is keyed by its place
    among ``filings``, from 1: ``document-1``. A number that is ``taken``, as where the same filing is there in
    two containers, gets a ``-2``: two filings never share a key. The keys given are added to ``taken``.
    """
    taken = set() if taken is None else taken
    tables: dict[str, list[DataRow]] = {
        name: [] for name in ("SUBMISSION", "REPORTINGOWNER", *ROW_TABLES, "FOOTNOTES", "OWNER_SIGNATURE")
    }
    for n, filing in enumerate(filings, 1):
        key: DataRow = {
            "ACCESSION_NUMBER": _free(filing.submission.accession_number or f"document-{n}", taken)
        }
        tables["SUBMISSION"].append(key | _submission(filing))
        tables["REPORTINGOWNER"] += [key | _owner(owner) for owner in filing.reporting_owners]
        for where, row in filing.rows():
            name, _, place = where.rstrip("]").partition("[")
            table = ("DERIV_" if name == "derivative" else "NONDERIV_") + (
                "TRANS" if row.row_type == "transaction" else "HOLDING"
            )
            surrogate: DataRow = {f"{table}_SK": int(place) + 1}
            tables[table].append(key | surrogate | _row(row, ROW_TABLES[table]))
        tables["FOOTNOTES"] += [
            key | {"FOOTNOTE_ID": mark, "FOOTNOTE_TXT": text} for mark, text in filing.footnotes.items()
        ]
        tables["OWNER_SIGNATURE"] += [
            key | {"OWNERSIGNATURENAME": one.name, "OWNERSIGNATUREDATE": one.date}
            for one in filing.signatures
        ]
    return tables


def _free(key: str, taken: set[str]) -> str:
    names = chain((key,), (f"{key}-{n}" for n in count(2)))
    free = next(name for name in names if name not in taken)
    taken.add(free)
    return free


def _submission(filing: Filing) -> DataRow:
    """SUBMISSION. The two ``…_REPORTED`` columns are derived, as EDGAR derives them, from form types."""
    rows = [row for _, row in filing.rows()]
    return {
        "FILING_DATE": filing.submission.filed_as_of_date,
        "PERIOD_OF_REPORT": filing.period_of_report,
        "DATE_OF_ORIG_SUB": filing.date_of_original_submission,
        "NO_SECURITIES_OWNED": filing.no_securities_owned,
        "NOT_SUBJECT_SEC16": filing.not_subject_to_section16,
        "FORM3_HOLDINGS_REPORTED": _any_of_type(rows, "holding", "3"),
        "FORM4_TRANS_REPORTED": _any_of_type(rows, "transaction", "4"),
        "DOCUMENT_TYPE": filing.document_type,
        "ISSUERCIK": filing.issuer.cik,
        "ISSUERNAME": filing.issuer.name,
        "ISSUERTRADINGSYMBOL": filing.issuer.symbol,
        "REMARKS": filing.remarks,
        "AFF10B5ONE": filing.aff10b5_one,
    }


def _owner(owner: Owner) -> DataRow:
    """REPORTINGOWNER, its roles joined as the SEC joins them: ``Director,Officer``.

    The description of a foreign state and the file number are not in the record.
    """
    return {
        "RPTOWNERCIK": owner.cik,
        "RPTOWNERNAME": owner.name,
        "RPTOWNER_RELATIONSHIP": ",".join(role for role, field in ROLES.items() if getattr(owner, field))
        or None,
        "RPTOWNER_TITLE": owner.officer_title,
        "RPTOWNER_TXT": owner.other_text,
        "RPTOWNER_STREET1": owner.street1,
        "RPTOWNER_STREET2": owner.street2,
        "RPTOWNER_CITY": owner.city,
        "RPTOWNER_STATE": owner.state,
        "RPTOWNER_ZIPCODE": owner.zip_code,
        "RPTOWNER_STATE_DESC": None,
        "FILE_NUMBER": None,
    }


def _row(row: Row, columns: Mapping[str, str]) -> DataRow:
    """The row's cells, each followed by its marks.

    The coding's mark stands with the swap on a transaction and with the form type on a holding, for the
    data sets have no column for marks on the code.
    """
    on_coding = "EQUITY_SWAP_INVOLVED" if "TRANS_CODE" in columns else "TRANS_FORM_TYPE"
    out: DataRow = {}
    for column, field in columns.items():
        out[column] = getattr(row, field)
        if column in {"TRANS_FORM_TYPE", "TRANS_CODE"} and column != on_coding:
            continue
        marks = row.footnotes.get("transaction_code" if column == on_coding else field, ())
        out[f"{column}_FN"] = ", ".join(marks) or None
    return out


def _any_of_type(rows: Iterable[Row], row_type: str, form_type: str) -> bool:
    return any(row.row_type == row_type and row.transaction_form_type == form_type for row in rows)


_ONE_OF_EACH: Final = Filing(
    "xml",
    reporting_owners=(Owner(),),
    non_derivative=(Row("transaction"), Row("holding")),
    derivative=(Row("transaction"), Row("holding")),
    footnotes={"F1": ""},
    signatures=(Signature(),),
)
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(rows[0]) for name, rows in data_set_rows([_ONE_OF_EACH]).items()
}
"""The columns of every table in the SEC's order, also for a table without rows."""
