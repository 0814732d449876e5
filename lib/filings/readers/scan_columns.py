"""What a column of a table holds settles what recognition mistakes: an O among figures, a 1 for an I.

Such a repair is a finding. A value that was read as its column has it stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lib.filings.form import Text, split_marks
from lib.filings.meaning import WORDS

NUMBERS = frozenset(
    {
        "transaction_amount",
        "acquired",
        "disposed",
        "underlying_amount",
        "owned_following",
        "conversion_or_exercise_price",
        "transaction_price_per_share",
    }
)
DATES = frozenset({"transaction_date", "deemed_execution_date", "exercise_date", "expiration_date"})
RECORD_FIELDS = {
    "transaction_amount": "transaction_shares",
    "acquired": "transaction_shares",
    "disposed": "transaction_shares",
    "underlying_amount": "underlying_security_shares",
    "owned_following": "shares_owned_following",
    "v": "transaction_form_type",
}
"""The field of the record that a column fills, where their names differ."""
_FIGURES = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_NUMBER = re.compile(r"\$?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_COMMA_LOST = re.compile(r"\d{4,6},\d{3}")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_LETTER_MARK = re.compile(r"\( ?[Il|1] ?\)")
_SPACED_MARK = re.compile(r"\( ?(\d{1,2}) ?\)")
_OPEN_MARK = re.compile(r"(^|\S )\(? ?(\d{1,2}) ?\)$")
_GLUED_MARK = re.compile(r"^(\$?\d{1,3}(?:,\d{3})+)(\d{1,2})\)$")
_GLUED_TO_DATE = re.compile(r"^(\d{1,2}/\d{1,2}/\d{4})(\d{1,2})\)$")
_SECOND_BRACKET = re.compile(r"(\(\d{1,2}\)) ?\)+$")
_FIRST_OF_MARKS = re.compile(r"(?<=[A-Z\d ])(?<!\()(\d)\)(?= ?\()")
_THREE_MARKS = re.compile(r"\((\d)(\d)(\d)\)")
_OFTEN_MARKED = frozenset({"conversion_or_exercise_price", "transaction_price_per_share"})
"""Columns of prices, which EDGAR prints with their $; a figure without it is a mark."""
_PRICE = re.compile(r"\$.*|[\d,]*\.\d+|\d{3,}")
_MARKED_CODE = re.compile(r"^([A-Z])[\[{(](\d)[\]})]$")
_MARK_SHAPES = (
    (re.compile(r"[(\[{C] ?D|[(\[{] ?[)\]}]|110"), "(1)"),
    (re.compile(r"[(\[{C] ?(\d)(?: ?[)\]}9])?"), ""),
    (re.compile(r"(\d)(?: ?[)\]}]| 9)?"), ""),
)
"""A 1 joins the bracket beside it, and brackets look like C, D and 9."""
_AFTER_DOLLAR = re.compile(r"^\$[;:,'`](?=\d)")
_BETWEEN_MARKS = re.compile(r"(?<=\d) ?[Xx] ?(?=\d{1,2}\)?$)")
_ZERO_AND_MARK = re.compile(r"^(\$0) ?\(?([1-9])\)?(?= ?\(\d)")
"""No number begins with a 0 and a figure, so the figure is a mark."""
_CODE_AND_ONE = re.compile(r"^([A-Z]) ?['`Il|1] ?\)?(?= ?\(\d)")
_WORD_MARK = re.compile(r"(?<=[a-z])(\d{1,2})\)$")
_STROKE = re.compile(r"(?<=[A-Za-z])['`(]+$")
"""What is left at a cell's end of a mark that cannot be read."""
_TAIL = re.compile(r"(.*?)((?:\(\d{1,2}\))*)")


def settled(column: str, cell: Text) -> Text:
    """The cell as its column can have it, if one reading of its letters does; else as it is."""
    whole = _with_marks(cell.text)
    if column in WORDS:
        whole = _WORD_MARK.sub(r"(\1)", whole)
        words, found_marks = split_marks(_STROKE.sub("", whole))
        words = _STROKE.sub("", words)
        same = words == cell.text and not found_marks
        return cell if same else replace(cell, text=words, marks=(*cell.marks, *found_marks))
    if column in NUMBERS or column == "transaction_code":
        whole = _with_marks(_marked_value(cell.text))
    if column in DATES | _OFTEN_MARKED and not _holds_value(column, whole):
        whole = _mark_alone(whole) or whole
    elif column == "transaction_code":
        whole = _MARKED_CODE.sub(r"\1(\2)", whole)
    found = _TAIL.fullmatch(whole.replace(" ", ""))
    assert found is not None
    text, marks = found.groups()
    repaired = _repaired(column, text) if text else text
    return cell if repaired == text and whole == cell.text else replace(cell, text=repaired + marks)


def _with_marks(text: str) -> str:
    """The cell with the marks at its end whole: one lost a bracket, or its 1 was read as a letter."""
    text = _FIRST_OF_MARKS.sub(r"(\1)", _THREE_MARKS.sub(r"(\1)(\2)(\3)", text))
    whole = _SECOND_BRACKET.sub(r"\1", _SPACED_MARK.sub(r"(\1)", _LETTER_MARK.sub("(1)", text)))
    whole = _GLUED_TO_DATE.sub(r"\1(\2)", _OPEN_MARK.sub(r"\1(\2)", whole))
    return _GLUED_MARK.sub(r"\1(\2)", whole)


def _marked_value(text: str) -> str:
    """A number or a code whose marks run into it or into each other: ``$01)(5)``, ``$0(1X5)``, ``A I ) (5)``."""
    text = _BETWEEN_MARKS.sub(")(", _AFTER_DOLLAR.sub("$", text))
    text = _CODE_AND_ONE.sub(r"\1(1)", text)
    return _ZERO_AND_MARK.sub(r"\1(\2)", text)


def _holds_value(column: str, text: str) -> bool:
    """Whether a cell is a date or a number of its column, or has whole marks already."""
    text = text.replace(" ", "")
    return bool(split_marks(f"x{text}")[1] or (_DATE if column in DATES else _PRICE).fullmatch(text))


def _mark_alone(text: str) -> str:
    """The mark that a cell without a value is, its brackets read as letters or figures; empty if it is none."""
    for shape, mark in _MARK_SHAPES:
        if found := shape.fullmatch(text):
            return mark or f"({found[1]})"
    return ""


def _repaired(column: str, text: str) -> str:
    if column in NUMBERS and _COMMA_LOST.fullmatch(text):
        return f"{int(text.replace(',', '')):,}"
    if column in NUMBERS and not _NUMBER.fullmatch(text):
        return _figures(text)
    if column in DATES and not _DATE.fullmatch(text):
        figures = text.translate(_FIGURES).replace("-", "/")
        return figures if _DATE.fullmatch(figures) else text
    if column == "direct_or_indirect":
        return "I" if text in set("1l|!iTLJ[]") else "D" if text in set("0OoQd") else text
    if column == "acquired_disposed_code":
        return "D" if text in set("0OoQd") else "A" if text in set("a4^") else text
    if column == "transaction_code":
        return text.strip(".,'`-()").upper()
    return text.upper() if column == "v" else text


def _figures(text: str) -> str:
    """The text as a number: letters that look like figures, a comma read as a point, a $ read as an S."""
    dollar = "$" if text[:1] in {"$", "S", "s"} and len(text) > 1 else ""
    figures = text[len(dollar) :].translate(_FIGURES).strip("'`-.,")
    whole = dollar + re.sub(r"[.,](?=\d{3}[.,])", ",", figures)
    return whole if figures and _NUMBER.fullmatch(whole) else text
