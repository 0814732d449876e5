"""A record as EDGAR's page printed to PDF: numbered boxes, ruled tables, blue data with green superscript marks."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer

from sample_filings.render.drawing import bare, document, form_table, paragraph, ruled, stacked, style
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

MARGIN = 33.0
WIDTH = 612 - 2 * MARGIN
RULE = 0.8
ROW_GAP = 3.7
"""EDGAR sets each line of an address in a table row of its own."""

LABEL = style("Helvetica", 6)
SMALL = style("Helvetica", 5.4)
TINY = style("Helvetica", 4.9)
DATA = style("Times-Roman", 9, color=colors.blue)
DATA_CENTERED = style("Times-Roman", 9, align="center", color=colors.blue)
TIGHT = style("Times-Roman", 7.2, color=colors.blue)
TIGHT_CENTERED = style("Times-Roman", 7.2, align="center", color=colors.blue)
NOTE = style("Times-Roman", 7.5, color=colors.green)
HEADLINE = style("Helvetica-Bold", 10.5, align="center")
CENTERED = style("Helvetica", 6.5, align="center")
BOLD = style("Helvetica-Bold", 6.5)

_WIDTHS = {
    11: [131, 54, 54, 26, 16, 54, 28, 46, 52, 39, 46],
    16: [40, 36, 46, 46, 25, 11, 28, 32, 39, 39, 36, 32, 33, 41, 31, 31],
    10: [141, 54, 54, 32, 54, 28, 46, 52, 39, 46],
    15: [44, 36, 46, 46, 32, 28, 32, 39, 39, 36, 32, 33, 41, 31, 31],
    4: [236, 104, 60, 146],
    8: [150, 48, 48, 94, 48, 44, 42, 72],
}


def render(record: Record) -> bytes:
    """The whole PDF."""
    form = form_number(record)
    story: list[Flowable] = [
        paragraph(f"SEC Form {form}", style("Times-Roman", 10)),
        Spacer(1, 3),
        _masthead(record),
        Spacer(1, 4),
        _boxes_of_form_3(record) if form == "3" else _boxes_of_form_4(record),
    ]
    story += [_table(table) for table in tables_of(record)]
    for owner in record["reporting_owners"][1:]:
        story += [ruled([[_name_box(owner)]], [190], RULE), Spacer(1, 4)]
    story += _foot(record)
    return document(story, f"SEC FORM {form}", MARGIN)


def _masthead(record: Record) -> Flowable:
    """Form number and check boxes at the left, title in the middle, OMB box at the right."""
    form = form_number(record)
    left: list[Flowable] = [
        paragraph(f"FORM {form}", style("Helvetica-Bold", 12, align="center")),
        Spacer(1, 4),
    ]
    if form != "3":
        boxes = [(record["not_subject_to_section16"], EXIT_BOX)]
        if record["aff10b5_one"] is not None:
            boxes.append((record["aff10b5_one"], TEN_B_FIVE))
        for ticked, words in boxes:
            box = ruled(
                [[paragraph("X" if ticked else "\u00a0", TIGHT)]],
                [9],
                0.5,
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            )
            middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
            left += [bare([[box, paragraph(words, SMALL)]], [13, 97], middle), Spacer(1, 3)]
    center = [
        paragraph("UNITED STATES SECURITIES AND EXCHANGE COMMISSION", HEADLINE),
        paragraph("Washington, D.C. 20549", CENTERED),
        Spacer(1, 8),
        paragraph(TITLES[form], HEADLINE),
        Spacer(1, 8),
        paragraph(EXCHANGE_ACT, CENTERED),
        paragraph(COMPANY_ACT, CENTERED),
    ]
    numbers = [
        bare([[paragraph("OMB Number:", SMALL), paragraph(OMB_NUMBERS[form], SMALL)]], [66, 28]),
        paragraph("Estimated average burden", SMALL),
        bare([[paragraph("hours per response:", SMALL), paragraph("0.5", SMALL)]], [66, 28]),
    ]
    omb = ruled([[paragraph("OMB APPROVAL", style("Helvetica", 7, align="center"))], [numbers]], [100], RULE)
    return bare([[left, center, omb]], [118, WIDTH - 118 - 104, 104])


def _linked(name: str, cik: str | None) -> str:
    words = f"<u>{escape(name)}</u>"
    return f'<a href="https://www.sec.gov{escape(company_link(cik))}">{words}</a>' if cik else words


def _three(look: object, *texts: str | None) -> Flowable:
    return bare([[paragraph(text or "", look) for text in texts]], [72, 54, 54])


def _rule() -> Flowable:
    return HRFlowable(width="98%", thickness=0.6, color=colors.grey, spaceBefore=5, spaceAfter=4)


def _name_box(owner: Record) -> list[Flowable]:
    """Box 1 of any form: an owner's name and address."""
    streets: list[Flowable] = []
    for street in (owner["street1"], owner["street2"]):
        if street:
            streets += [paragraph(street, DATA), Spacer(1, ROW_GAP)]
    return [
        Paragraph('1. Name and Address of Reporting Person<super rise="1.5" size="5">*</super>', LABEL),
        Paragraph(_linked(owner["name"], owner["cik"]), style("Times-Roman", 10, color=colors.blue)),
        _rule(),
        _three(LABEL, "(Last)", "(First)", "(Middle)"),
        Spacer(1, 2),
        *streets,
        _rule(),
        paragraph("(Street)", LABEL),
        _three(DATA, owner["city"], owner["state"], owner["zip_code"]),
        _rule(),
        _three(LABEL, "(City)", "(State)", "(Zip)"),
    ]


def _issuer(record: Record, number: int) -> list[Flowable]:
    issuer = record["issuer"]
    name = _linked(issuer["name"], issuer["cik"])
    symbol = f'<font color="black">[</font> {escape(issuer["symbol"])} <font color="black">]</font>'
    return [
        Paragraph(f"{number}. Issuer Name <b>and</b> Ticker or Trading Symbol", LABEL),
        Paragraph(f"{name} {symbol}", style("Times-Roman", 10, color=colors.blue)),
        Spacer(1, 8),
    ]


def _dated(number: int, label: str, date: str | None) -> list[Flowable]:
    words = paragraph(f"{number}. {label} (Month/Day/Year)", LABEL)
    return stacked(words, paragraph(edgar_date(date), DATA) if date else None, Spacer(1, 8))


def _relationship(record: Record, number: int) -> list[Flowable]:
    """The four role boxes, with the officer's title under its box."""
    owner = record["reporting_owners"][0]
    director, ten, officer, other = (paragraph("X" if role else "", DATA_CENTERED) for role in roles(owner))
    grid = bare(
        [
            [director, paragraph("Director", LABEL), ten, paragraph("10% Owner", LABEL)],
            [
                officer,
                paragraph("Officer (give title below)", LABEL),
                other,
                paragraph("Other (specify below)", LABEL),
            ],
            [
                "",
                paragraph(owner["officer_title"] or "", DATA),
                "",
                paragraph(owner["other_text"] or "", DATA),
            ],
        ],
        [22, 56, 22, 50],
    )
    return [
        paragraph(f"{number}. Relationship of Reporting Person(s) to Issuer", LABEL),
        paragraph("(Check all applicable)", LABEL),
        grid,
    ]


def _joint(record: Record) -> list[Flowable]:
    """Box 6: one owner or several."""
    several = len(record["reporting_owners"]) > 1
    ticks = [paragraph("X" if ticked else "", DATA_CENTERED) for ticked in (not several, several)]
    grid = bare(
        [
            [ticks[0], paragraph("Form filed by One Reporting Person", LABEL)],
            [ticks[1], paragraph("Form filed by More than One Reporting Person", LABEL)],
        ],
        [22, 118],
    )
    return [paragraph("6. Individual or Joint/Group Filing (Check Applicable Line)", LABEL), grid]


def _boxes_of_form_4(record: Record) -> Flowable:
    """Boxes 1 to 6 of Form 4."""
    original = record["date_of_original_submission"]
    return ruled(
        [
            [_name_box(record["reporting_owners"][0]), _issuer(record, 2), _relationship(record, 5)],
            ["", _dated(3, PERIODS[form_number(record)], record["period_of_report"]), ""],
            ["", _dated(4, "If Amendment, Date of Original Filed", original), _joint(record)],
        ],
        [190, 192, WIDTH - 382],
        RULE,
        ("SPAN", (0, 0), (0, 2)),
        ("SPAN", (2, 0), (2, 1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )


def _boxes_of_form_3(record: Record) -> Flowable:
    """Boxes 1 to 6 of Form 3, which are numbered and placed in another way."""
    original = record["date_of_original_submission"]
    return ruled(
        [
            [
                _name_box(record["reporting_owners"][0]),
                _dated(2, "Date of Event Requiring Statement", record["period_of_report"]),
                _issuer(record, 3),
                "",
            ],
            ["", "", _relationship(record, 4), _dated(5, "If Amendment, Date of Original Filed", original)],
            ["", "", "", _joint(record)],
        ],
        [184, 72, 154, WIDTH - 410],
        RULE,
        ("SPAN", (0, 0), (0, 2)),
        ("SPAN", (1, 0), (1, 2)),
        ("SPAN", (2, 0), (3, 0)),
        ("SPAN", (2, 1), (2, 2)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )


def _table(table: Table) -> Flowable:
    """Table I or II, in smaller print where it has many columns."""
    wide = len(table.columns) >= 15
    title = Paragraph("<br/>".join(table.title), style("Helvetica-Bold", 8, align="center"))
    body: list[list[object]] = []
    for row in table.rows:
        shown: list[object] = []
        for column, cell in zip(table.columns, row, strict=True):
            left = column in {"title", "nature"}
            look = (TIGHT if left else TIGHT_CENTERED) if wide else (DATA if left else DATA_CENTERED)
            shown.append(Paragraph(_cell(cell), look))
        body.append(shown)
    return form_table(table, _WIDTHS[len(table.columns)], RULE, title, TINY if wide else LABEL, body)


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    if text.startswith("$"):
        text = f'<font name="Helvetica" color="black">$</font>{text[1:]}'
    marks = "".join(f"({mark})" for mark in cell.marks)
    return text + (
        f'<super rise="2.4" size="5.6"><font color="green">{marks}</font></super>' if marks else ""
    )


def _foot(record: Record) -> list[Flowable]:
    """Footnotes, remarks, signatures and the printed reminders."""
    story: list[Flowable] = [Spacer(1, 3), paragraph("Explanation of Responses:", BOLD), Spacer(1, 2)]
    for mark, sentence in record["footnotes"].items():
        story += [paragraph(f"{mark[1:]}. {sentence}", NOTE), Spacer(1, 2)]
    if record["remarks"]:
        story += [paragraph("Remarks:", BOLD), Spacer(1, 2), paragraph(record["remarks"], NOTE)]
    if record["no_securities_owned"]:
        story.append(paragraph(NONE_OWNED, BOLD))
    story.append(Spacer(1, 6))
    for signature in record["signatures"]:
        name = Paragraph(f"<u>{escape(signature['name'])}</u>", DATA)
        date = Paragraph(f"<u>{edgar_date(signature['date'])}</u>", DATA)
        label = paragraph("** Signature of Reporting Person", LABEL)
        lines = [["", name, "", date], ["", label, "", paragraph("Date", LABEL)]]
        story += [bare(lines, [306, 140, 20, WIDTH - 466]), Spacer(1, 3)]
    instruction = "5 (b)(v)" if form_number(record) == "3" else "4 (b)(v)"
    multiple = f"* If the form is filed by more than one reporting person, see Instruction {instruction}."
    for words in (REMINDER, multiple, CRIMINAL, COPIES):
        story += [paragraph(words, LABEL), Spacer(1, 2)]
    story += [paragraph(OMB_WARNING, style("Helvetica-Bold", 6)), Spacer(1, 8), paragraph(NOTICE, SMALL)]
    return story
