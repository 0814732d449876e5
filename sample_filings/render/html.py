"""A record as the HTML page that EDGAR shows for an ownership form: ruled tables, blue data, green footnotes.

The class names on data and footnotes are EDGAR's, since readers of real pages go by them; the style sheet is ours.
"""

from __future__ import annotations

from html import escape

from sample_filings.render.form import (
    COMPANY_ACT,
    COPIES,
    CRIMINAL,
    EXCHANGE_ACT,
    EXIT_BOX,
    NONE_OWNED,
    NOTICE,
    OMB_NUMBERS,
    OMB_WARNING,
    PERIODS,
    REMINDER,
    TEN_B_FIVE,
    TITLES,
    Cell,
    Record,
    Table,
    company_link,
    edgar_date,
    form_number,
    roles,
    tables_of,
)

_STYLE = """\
body { background: white; font-family: Arial, Helvetica, sans-serif; font-size: 11px; }
table { width: 100%; }
.FormName { font-size: 20px; font-weight: bold; text-align: center; }
.FormTitle { font-size: 16px; font-weight: bold; }
.FormText, .FormTextC { font-size: 13px; }
.FormTextC { text-align: center; }
.MedSmallFormText { font-size: 11px; text-align: left; font-weight: normal; }
.SmallFormText { font-size: 10px; text-align: left; font-weight: normal; vertical-align: top; }
.FormData { color: blue; font-family: Times, serif; font-size: 14px; }
.SmallFormData { color: blue; font-family: Times, serif; font-size: 12px; }
.FootnoteData { color: green; font-family: Times, serif; font-size: 11px; }
"""


def render(record: Record) -> bytes:
    """The whole page, one element or one table row a line."""
    form = form_number(record)
    lines = [
        "<!DOCTYPE html>",
        "<html>",
        "<head>",
        '<meta charset="UTF-8">',
        f"<title>SEC FORM {form}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        f"<body>SEC Form {form}",
        *_masthead(record),
        *(_boxes_of_form_3(record) if form == "3" else _boxes_of_form_4(record)),
    ]
    for table in tables_of(record):
        lines += _table(table)
    for owner in record["reporting_owners"][1:]:
        lines += ['<table border="1" cellpadding="4"><tr><td>', *_name_box(owner), "</td></tr></table>"]
    lines += _foot(record)
    lines += [f"<!-- {NOTICE} -->", f'<p class="SmallFormText">{NOTICE}</p>', "</body>", "</html>", ""]
    return "\n".join(lines).encode()


def _span(name: str, text: str | None) -> str:
    return f'<span class="{name}">{escape(text or "", quote=False)}</span>'


def _masthead(record: Record) -> list[str]:
    """Form number and check boxes at the left, title in the middle, OMB box at the right."""
    form = form_number(record)
    left = []
    if form != "3":
        left.append((record["not_subject_to_section16"], EXIT_BOX))
        if record["aff10b5_one"] is not None:
            left.append((record["aff10b5_one"], TEN_B_FIVE))
    lines = [
        '<table border="0" cellspacing="0" cellpadding="4">',
        '<tr><td width="20%" colspan="2" valign="top" class="FormName">' + f"FORM {form}</td>",
        f'<td rowspan="{len(left) + 1}" width="60%" align="center">',
        _span("FormTitle", "UNITED STATES SECURITIES AND EXCHANGE COMMISSION"),
        "<br>" + _span("MedSmallFormText", "Washington, D.C. 20549"),
        "<br><br>" + _span("FormTitle", TITLES[form]),
        "<br><br>" + _span("MedSmallFormText", EXCHANGE_ACT),
        "<br>" + _span("MedSmallFormText", COMPANY_ACT) + "</td>",
        f'<td rowspan="{len(left) + 1}" width="20%" valign="top">',
        '<table border="1"><tr><td class="FormTextC">OMB APPROVAL</td></tr><tr><td><table border="0">',
        f'<tr><td class="SmallFormText">OMB Number:</td><td class="SmallFormText">{OMB_NUMBERS[form]}</td></tr>',
        '<tr><td class="SmallFormText" colspan="2">Estimated average burden</td></tr>',
        '<tr><td class="SmallFormText">hours per response:</td><td class="SmallFormText">0.5</td></tr>',
        "</table></td></tr></table></td></tr>",
    ]
    for ticked, words in left:
        mark = _span("FormData", "X") if ticked else "&#160;&#160;"
        lines.append(
            f'<tr><td><table border="1" cellpadding="0" cellspacing="0"><tr><td>{mark}</td></tr></table></td>'
            f'<td class="SmallFormText">{words}</td></tr>'
        )
    return [*lines, "</table>"]


def _name_box(owner: Record) -> list[str]:
    """Box 1 of any form: an owner's name and address."""
    lines = [_span("MedSmallFormText", "1. Name and Address of Reporting Person") + "<sup>*</sup>"]
    lines.append(f'<table border="0"><tr><td>{_linked(owner["name"], owner["cik"])}</td></tr></table><hr>')
    lines.append(_three("MedSmallFormText", "(Last)", "(First)", "(Middle)"))
    streets = [street for street in (owner["street1"], owner["street2"]) if street]
    rows = "".join(f"<tr><td>{_span('FormData', street)}</td></tr>" for street in streets)
    lines.append(f'<table border="0">{rows}</table><hr>')
    lines.append(_span("MedSmallFormText", "(Street)"))
    lines.append(_three("FormData", owner["city"], owner["state"], owner["zip_code"]) + "<hr>")
    lines.append(_three("MedSmallFormText", "(City)", "(State)", "(Zip)"))
    return lines


def _three(name: str, *texts: str | None) -> str:
    cells = "".join(f'<td width="33%">{_span(name, text)}</td>' for text in texts)
    return f'<table border="0"><tr>{cells}</tr></table>'


def _linked(name: str, cik: str | None) -> str:
    if not cik:
        return _span("FormData", name)
    return f'<a href="{escape(company_link(cik))}">{escape(name, quote=False)}</a>'


def _issuer(record: Record, number: int) -> str:
    issuer = record["issuer"]
    label = (
        f'<span class="MedSmallFormText">{number}. Issuer Name <b>and</b> Ticker or Trading Symbol</span><br>'
    )
    return f"{label}{_linked(issuer['name'], issuer['cik'])} [ {_span('SmallFormData', issuer['symbol'])} ]"


def _dated(number: int, label: str, date: str | None) -> str:
    words = _span("MedSmallFormText", f"{number}. {label} (Month/Day/Year)")
    return f"{words}<br>{_span('FormData', edgar_date(date))}"


def _relationship(record: Record, number: int) -> list[str]:
    """The four role boxes, with the officer's title under its box."""
    owner = record["reporting_owners"][0]
    director, ten, officer, other = (_span("FormData", "X") if role else "" for role in roles(owner))
    return [
        _span("MedSmallFormText", f"{number}. Relationship of Reporting Person(s) to Issuer"),
        "<br>" + _span("MedSmallFormText", "(Check all applicable)"),
        '<table border="0">',
        f'<tr><td width="15%" align="center">{director}</td><td width="35%" class="MedSmallFormText">Director</td>'
        f'<td width="15%" align="center">{ten}</td><td width="35%" class="MedSmallFormText">10% Owner</td></tr>',
        f'<tr><td align="center">{officer}</td><td class="MedSmallFormText">Officer (give title below)</td>'
        f'<td align="center">{other}</td><td class="MedSmallFormText">Other (specify below)</td></tr>',
        f"<tr><td></td><td>{_span('FormData', owner['officer_title'])}</td>"
        f"<td></td><td>{_span('FormData', owner['other_text'])}</td></tr>",
        "</table>",
    ]


def _joint(record: Record) -> list[str]:
    """Box 6: one owner or several."""
    several = len(record["reporting_owners"]) > 1
    lines = [
        _span("MedSmallFormText", "6. Individual or Joint/Group Filing (Check Applicable Line)"),
        '<table border="0">',
    ]
    for ticked, words in (
        (not several, "Form filed by One Reporting Person"),
        (several, "Form filed by More than One Reporting Person"),
    ):
        mark = _span("FormData", "X") if ticked else ""
        lines.append(
            f'<tr><td width="15%" align="center">{mark}</td><td width="85%" class="MedSmallFormText">{words}</td></tr>'
        )
    return [*lines, "</table>"]


def _boxes_of_form_4(record: Record) -> list[str]:
    """Boxes 1 to 6 of Form 4."""
    original = record["date_of_original_submission"]
    return [
        '<table border="1" cellspacing="0" cellpadding="4">',
        '<tr><td rowspan="3" width="35%" valign="top">',
        *_name_box(record["reporting_owners"][0]),
        f'</td><td width="35%" valign="top">{_issuer(record, 2)}</td>',
        '<td rowspan="2" valign="top">',
        *_relationship(record, 5),
        "</td></tr>",
        f'<tr><td valign="top">{_dated(3, PERIODS[form_number(record)], record["period_of_report"])}</td></tr>',
        f'<tr><td valign="top">{_dated(4, "If Amendment, Date of Original Filed", original)}</td><td valign="top">',
        *_joint(record),
        "</td></tr></table>",
    ]


def _boxes_of_form_3(record: Record) -> list[str]:
    """Boxes 1 to 6 of Form 3, which are numbered and placed in another way."""
    original = record["date_of_original_submission"]
    event = _dated(2, "Date of Event Requiring Statement", record["period_of_report"])
    return [
        '<table border="1" cellspacing="0" cellpadding="4">',
        '<tr><td rowspan="3" width="30%" valign="top">',
        *_name_box(record["reporting_owners"][0]),
        f'</td><td rowspan="3" width="15%" valign="top">{event}</td>',
        f'<td colspan="2" valign="top">{_issuer(record, 3)}</td></tr>',
        '<tr><td rowspan="2" width="30%" valign="top">',
        *_relationship(record, 4),
        f'</td><td valign="top">{_dated(5, "If Amendment, Date of Original Filed", original)}</td></tr>',
        '<tr><td valign="top">',
        *_joint(record),
        "</td></tr></table>",
    ]


def _table(table: Table) -> list[str]:
    """A ruled table; the dollar sign and the marks of footnotes stand in their own spans."""
    title = "<br>".join(f"<b>{line}</b>" for line in table.title)
    lines = [
        '<table border="1" cellspacing="0" cellpadding="4">',
        "<thead>",
        f'<tr><th colspan="{len(table.columns)}" class="FormTextC">{title}</th></tr>',
    ]
    for number in sorted({heading.row for heading in table.headings}):
        cells = [
            f'<th{_spans(heading.rows, heading.columns)} class="SmallFormText">{heading.text}</th>'
            for heading in table.headings
            if heading.row == number
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines += ["</thead>", "<tbody>"]
    for row in table.rows:
        cells = [
            f'<td align="{"left" if column in {"title", "nature"} else "center"}">{_cell(cell)}</td>'
            for column, cell in zip(table.columns, row, strict=True)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return [*lines, "</tbody>", "</table>"]


def _spans(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")


def _cell(cell: Cell) -> str:
    text = cell.text
    shown = ""
    if text.startswith("$"):
        shown, text = _span("FormText", "$"), text[1:]
    if text:
        shown += _span("FormData", text)
    marks = "".join(f"<sup>({mark})</sup>" for mark in cell.marks)
    return shown + (f'<span class="FootnoteData">{marks}</span>' if marks else "")


def _foot(record: Record) -> list[str]:
    """Footnotes, remarks, signatures and the printed reminders."""
    lines = [
        '<table border="0">',
        '<tr><td class="MedSmallFormText"><b>Explanation of Responses:</b></td></tr>',
    ]
    for mark, sentence in record["footnotes"].items():
        lines.append(f'<tr><td class="FootnoteData">{mark[1:]}. {escape(sentence, quote=False)}</td></tr>')
    if record["remarks"]:
        lines.append('<tr><td class="MedSmallFormText"><b>Remarks:</b></td></tr>')
        lines.append(f'<tr><td class="FootnoteData">{escape(record["remarks"], quote=False)}</td></tr>')
    if record["no_securities_owned"]:
        lines.append(f'<tr><td class="MedSmallFormText"><b>{NONE_OWNED}</b></td></tr>')
    lines += ["</table>", '<table border="0">']
    for signature in record["signatures"]:
        name = escape(signature["name"], quote=False)
        lines.append(
            f'<tr><td width="60%"></td><td width="20%"><u><span class="FormData">{name}</span></u></td>'
            f'<td width="20%"><u>{_span("FormData", edgar_date(signature["date"]))}</u></td></tr>'
        )
    lines.append(
        '<tr><td></td><td class="MedSmallFormText">** Signature of Reporting Person</td>'
        '<td class="MedSmallFormText">Date</td></tr>'
    )
    instruction = (
        f"* If the form is filed by more than one reporting person, see Instruction {_instruction(record)}."
    )
    for words in (REMINDER, instruction, CRIMINAL, COPIES, OMB_WARNING):
        lines.append(f'<tr><td colspan="3" class="MedSmallFormText">{words}</td></tr>')
    return [*lines, "</table>"]


def _instruction(record: Record) -> str:
    return "5 (b)(v)" if form_number(record) == "3" else "4 (b)(v)"
