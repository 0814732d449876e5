"""The headings of the form's two tables, as EDGAR words them and as investor-relations pages do."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """One cell of a table's heading: its place, how far it spans, and its words."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


EDGAR_HEADINGS = {
    "4/I": (
        Heading(0, 0, 2, 1, "1. Title of Security (Instr. 3)"),
        Heading(0, 1, 2, 1, "2. Transaction Date (Month/Day/Year)"),
        Heading(0, 2, 2, 1, "2A. Deemed Execution Date, if any (Month/Day/Year)"),
        Heading(0, 3, 1, 2, "3. Transaction Code (Instr. 8)"),
        Heading(0, 5, 1, 3, "4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)"),
        Heading(
            0,
            8,
            2,
            1,
            "5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)",
        ),
        Heading(0, 9, 2, 1, "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)"),
        Heading(0, 10, 2, 1, "7. Nature of Indirect Beneficial Ownership (Instr. 4)"),
        Heading(1, 3, 1, 1, "Code"),
        Heading(1, 4, 1, 1, "V"),
        Heading(1, 5, 1, 1, "Amount"),
        Heading(1, 6, 1, 1, "(A) or (D)"),
        Heading(1, 7, 1, 1, "Price"),
    ),
    "4/II": (
        Heading(0, 0, 2, 1, "1. Title of Derivative Security (Instr. 3)"),
        Heading(0, 1, 2, 1, "2. Conversion or Exercise Price of Derivative Security"),
        Heading(0, 2, 2, 1, "3. Transaction Date (Month/Day/Year)"),
        Heading(0, 3, 2, 1, "3A. Deemed Execution Date, if any (Month/Day/Year)"),
        Heading(0, 4, 1, 2, "4. Transaction Code (Instr. 8)"),
        Heading(
            0,
            6,
            1,
            2,
            "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)",
        ),
        Heading(0, 8, 1, 2, "6. Date Exercisable and Expiration Date (Month/Day/Year)"),
        Heading(
            0, 10, 1, 2, "7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)"
        ),
        Heading(0, 12, 2, 1, "8. Price of Derivative Security (Instr. 5)"),
        Heading(
            0,
            13,
            2,
            1,
            "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)",
        ),
        Heading(0, 14, 2, 1, "10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)"),
        Heading(0, 15, 2, 1, "11. Nature of Indirect Beneficial Ownership (Instr. 4)"),
        Heading(1, 4, 1, 1, "Code"),
        Heading(1, 5, 1, 1, "V"),
        Heading(1, 6, 1, 1, "(A)"),
        Heading(1, 7, 1, 1, "(D)"),
        Heading(1, 8, 1, 1, "Date Exercisable"),
        Heading(1, 9, 1, 1, "Expiration Date"),
        Heading(1, 10, 1, 1, "Title"),
        Heading(1, 11, 1, 1, "Amount or Number of Shares"),
    ),
    "3/I": (
        Heading(0, 0, 1, 1, "1. Title of Security (Instr. 4)"),
        Heading(0, 1, 1, 1, "2. Amount of Securities Beneficially Owned (Instr. 4)"),
        Heading(0, 2, 1, 1, "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)"),
        Heading(0, 3, 1, 1, "4. Nature of Indirect Beneficial Ownership (Instr. 5)"),
    ),
    "3/II": (
        Heading(0, 0, 2, 1, "1. Title of Derivative Security (Instr. 4)"),
        Heading(0, 1, 1, 2, "2. Date Exercisable and Expiration Date (Month/Day/Year)"),
        Heading(0, 3, 1, 2, "3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)"),
        Heading(0, 5, 2, 1, "4. Conversion or Exercise Price of Derivative Security"),
        Heading(0, 6, 2, 1, "5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)"),
        Heading(0, 7, 2, 1, "6. Nature of Indirect Beneficial Ownership (Instr. 5)"),
        Heading(1, 1, 1, 1, "Date Exercisable"),
        Heading(1, 2, 1, 1, "Expiration Date"),
        Heading(1, 3, 1, 1, "Title"),
        Heading(1, 4, 1, 1, "Amount or Number of Shares"),
    ),
}

IR_HEADINGS = {
    "4/I": (
        Heading(0, 0, 2, 1, "1.Title of Security\n(Instr. 3)"),
        Heading(0, 1, 2, 1, "2. Trans. Date"),
        Heading(0, 2, 2, 1, "2A. Deemed Execution Date, if any"),
        Heading(0, 3, 1, 2, "3. Trans. Code\n(Instr. 8)"),
        Heading(0, 5, 1, 3, "4. Securities Acquired (A) or Disposed of (D)\n(Instr. 3, 4 and 5)"),
        Heading(
            0,
            8,
            2,
            1,
            "5. Amount of Securities Beneficially Owned Following Reported Transaction(s)\n(Instr. 3 and 4)",
        ),
        Heading(0, 9, 2, 1, "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)"),
        Heading(0, 10, 2, 1, "7. Nature of Indirect Beneficial Ownership (Instr. 4)"),
        Heading(1, 3, 1, 1, "Code"),
        Heading(1, 4, 1, 1, "V"),
        Heading(1, 5, 1, 1, "Amount"),
        Heading(1, 6, 1, 1, "(A) or (D)"),
        Heading(1, 7, 1, 1, "Price"),
    ),
    "4/II": (
        Heading(0, 0, 2, 1, "1. Title of Derivate Security\n(Instr. 3)"),
        Heading(0, 1, 2, 1, "2. Conversion or Exercise Price of Derivative Security"),
        Heading(0, 2, 2, 1, "3. Trans. Date"),
        Heading(0, 3, 2, 1, "3A. Deemed Execution Date, if any"),
        Heading(0, 4, 1, 2, "4. Trans. Code\n(Instr. 8)"),
        Heading(
            0,
            6,
            1,
            2,
            "5. Number of Derivative Securities Acquired (A) or Disposed of (D)\n(Instr. 3, 4 and 5)",
        ),
        Heading(0, 8, 1, 2, "6. Date Exercisable and Expiration Date"),
        Heading(
            0, 10, 1, 2, "7. Title and Amount of Securities Underlying Derivative Security\n(Instr. 3 and 4)"
        ),
        Heading(0, 12, 2, 1, "8. Price of Derivative Security\n(Instr. 5)"),
        Heading(
            0,
            13,
            2,
            1,
            "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)",
        ),
        Heading(
            0, 14, 2, 1, "10. Ownership Form of Derivative Security: Direct (D) or Indirect (I) (Instr. 4)"
        ),
        Heading(0, 15, 2, 1, "11. Nature of Indirect Beneficial Ownership (Instr. 4)"),
        Heading(1, 4, 1, 1, "Code"),
        Heading(1, 5, 1, 1, "V"),
        Heading(1, 6, 1, 1, "(A)"),
        Heading(1, 7, 1, 1, "(D)"),
        Heading(1, 8, 1, 1, "Date Exercisable"),
        Heading(1, 9, 1, 1, "Expiration Date"),
        Heading(1, 10, 1, 1, "Title"),
        Heading(1, 11, 1, 1, "Amount or Number of Shares"),
    ),
    "3/I": (
        Heading(0, 0, 1, 1, "1.Title of Security\n(Instr. 4)"),
        Heading(0, 1, 1, 1, "2. Amount of Securities Beneficially Owned\n(Instr. 4)"),
        Heading(0, 2, 1, 1, "3. Ownership Form: Direct (D) or Indirect (I)\n(Instr. 5)"),
        Heading(0, 3, 1, 1, "4. Nature of Indirect Beneficial Ownership\n(Instr. 5)"),
    ),
    "3/II": (
        Heading(0, 0, 2, 1, "1. Title of Derivate Security\n(Instr. 4)"),
        Heading(0, 1, 1, 2, "2. Date Exercisable and Expiration Date\n(MM/DD/YYYY)"),
        Heading(0, 3, 1, 2, "3. Title and Amount of Securities Underlying Derivative Security\n(Instr. 4)"),
        Heading(0, 5, 2, 1, "4. Conversion or Exercise Price of Derivative Security"),
        Heading(
            0, 6, 2, 1, "5. Ownership Form of Derivative Security: Direct (D) or Indirect (I)\n(Instr. 5)"
        ),
        Heading(0, 7, 2, 1, "6. Nature of Indirect Beneficial Ownership\n(Instr. 5)"),
        Heading(1, 1, 1, 1, "Date Exercisable"),
        Heading(1, 2, 1, 1, "Expiration Date"),
        Heading(1, 3, 1, 1, "Title"),
        Heading(1, 4, 1, 1, "Amount or Number of Shares"),
    ),
}


def without_v(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """The headings of a form that has no column V: its code stands alone under its heading."""
    at = next(heading.column for heading in headings if heading.text == "V")
    kept = [heading for heading in headings if heading.text not in {"Code", "V"}]
    return tuple(
        heading._replace(rows=2, columns=1)
        if heading.column == at - 1
        else heading._replace(column=heading.column - (heading.column > at))
        for heading in kept
    )
