"""A record as the PDF of an investor-relations page: `__X__` boxes, bold black data, owners and roles at the end.

Dates come without leading zeros, marks after a space, amounts red for disposals and green for acquisitions.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Flowable, Paragraph, Spacer

from sample_filings.render.drawing import bare, document, form_table, paragraph, ruled, stacked, style
from sample_filings.render.form import (
    NONE_OWNED,
    NOTICE,
    OMB_NUMBERS,
    PERIODS,
    REMINDER,
    Cell,
    Record,
    Table,
    form_number,
    ir_date,
    roles,
    tables_of,
)

MARGIN = 18.0
WIDTH = 612 - 2 * MARGIN
RULE = 0.9

TITLES = {
    "3": "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF\nSECURITIES",
    "4": "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF\nSECURITIES",
    "5": "ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF\nSECURITIES",
}
EXIT_BOX = "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. "
TEN_B_FIVE = (
    "Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan "
    "that is intended to satisfy the affirmative defense conditions of Rule 10b5-1(c). See Instruction 10."
)

LABEL = style("Times-Roman", 8)
TINY = style("Times-Roman", 6.5)
TINY_CENTERED = style("Times-Roman", 6.5, align="center")
DATA = style("Times-Bold", 10)
DATA_CENTERED = style("Times-Bold", 9.5, align="center")
CELL = style("Times-Bold", 6.6)
CELL_CENTERED = style("Times-Bold", 6.6, align="center")
HEADLINE = style("Times-Bold", 11, align="center")
BODY = style("Times-Roman", 8.5)
BOLD = style("Times-Bold", 8.5)

_WIDTHS = {
    11: [124, 44, 42, 28, 16, 50, 26, 62, 98, 36, 50],
    16: [58, 38, 34, 32, 24, 12, 42, 42, 38, 38, 38, 42, 34, 42, 31, 31],
    10: [130, 44, 42, 38, 50, 26, 62, 98, 36, 50],
    15: [62, 38, 34, 32, 32, 42, 42, 38, 38, 38, 42, 34, 42, 31, 31],
    4: [230, 116, 58, 172],
    8: [154, 46, 46, 48, 64, 56, 56, 106],
}


def render(record: Record) -> bytes:
    """The whole PDF."""
    form = form_number(record)
    story: list[Flowable] = [
        _masthead(record),
        Spacer(1, 8),
        _boxes_of_form_3(record) if form == "3" else _boxes_of_form_4(record),
    ]
    story += [_table(table) for table in tables_of(record, investor_relations=True)]
    story += [*_explanation(record), *_owners(record), *_signatures(record), *_reminders(record)]
    return document(story, f"FORM {form}", MARGIN)


def _masthead(record: Record) -> Flowable:
    """Form number and check boxes at the left, title in the middle, OMB lines at the right."""
    form = form_number(record)
    number = ruled(
        [[paragraph(f"FORM {form}", style("Helvetica-Bold", 19))]],
        [102],
        0.8,
        ("BOTTOMPADDING", (0, 0), (0, 0), 5),
    )
    left: list[Flowable] = [number, Spacer(1, 3)]
    if form != "3":
        gone = "[X]" if record["not_subject_to_section16"] else "[ ]"
        left.append(Paragraph(f"{gone} {EXIT_BOX}<i>See</i> Instruction 1(b).", LABEL))
        if record["aff10b5_one"] is not None:
            planned = "[X]" if record["aff10b5_one"] else "[ ]"
            left += [Spacer(1, 2), paragraph(f"{planned} {TEN_B_FIVE}", LABEL)]
    center = [
        Spacer(1, 6),
        paragraph("UNITED STATES SECURITIES AND EXCHANGE COMMISSION\nWashington, D.C. 20549", HEADLINE),
        Spacer(1, 10),
        paragraph(TITLES[form], HEADLINE),
        Spacer(1, 14),
        paragraph(
            "Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or\n"
            "Section 30(h) of the Investment Company Act of 1940",
            style("Times-Roman", 9.5, align="center"),
        ),
    ]
    omb = (
        f"OMB APPROVAL\nOMB Number: {OMB_NUMBERS[form]}\nEstimated average burden\nhours per response... 0.5"
    )
    return bare([[left, center, paragraph(omb, LABEL)]], [118, WIDTH - 118 - 116, 116])


def _ticked(on: bool, words: str) -> Paragraph:
    """A role box: underscores, with an X among them where it is ticked."""
    return Paragraph(f"{'__<b>X</b>__' if on else '_____'} {words}", TINY)


def _place(owner: Record) -> str:
    """City, state and zip on one line, with the comma between the first two."""
    town = ", ".join(part for part in (owner["city"], owner["state"]) if part)
    return " ".join(part for part in (town, owner["zip_code"]) if part)


def _three(*labels: str) -> Flowable:
    return bare([["", *(paragraph(label, TINY_CENTERED) for label in labels)]], [30, 38, 38, 38])


def _name_boxes(record: Record) -> list[list[Flowable]]:
    """Box 1 in its three ruled parts: name, street, town."""
    owner = record["reporting_owners"][0]
    street = ", ".join(part for part in (owner["street1"], owner["street2"]) if part)
    return [
        [
            Paragraph(
                '1. Name and Address of Reporting Person <super rise="2" size="5.5"><font color="blue">*</font></super>',
                LABEL,
            ),
            Spacer(1, 6),
            paragraph(owner["name"], DATA),
        ],
        [_three("(Last)", "(First)", "(Middle)"), Spacer(1, 8), paragraph(street, DATA)],
        [
            paragraph("(Street)", TINY_CENTERED),
            Spacer(1, 8),
            paragraph(_place(owner), DATA),
            Spacer(1, 3),
            _three("(City)", "(State)", "(Zip)"),
        ],
    ]


def _joint(record: Record, label: str) -> list[Flowable]:
    """Box 6: one owner or several."""
    several = len(record["reporting_owners"]) > 1
    one, more = ("___", "_ <b>X</b> _") if several else ("_<b>X</b> _", "___")
    return [
        Paragraph(f'{label} <font size="6.5">(Check Applicable Line)</font>', LABEL),
        Spacer(1, 5),
        Paragraph(f"{one} Form filed by One Reporting Person", TINY),
        Paragraph(f"{more} Form filed by More than One Reporting Person", TINY),
    ]


def _boxes_of_form_4(record: Record) -> Flowable:
    """Boxes 1 to 6 of Form 4."""
    owner, issuer = record["reporting_owners"][0], record["issuer"]
    director, ten, officer, other = roles(owner)
    titles = [part for part in (owner["officer_title"], owner["other_text"]) if part]
    name, street, town = _name_boxes(record)
    relationship = stacked(
        paragraph("5. Relationship of Reporting Person(s) to Issuer\n(Check all applicable)", LABEL),
        Spacer(1, 6),
        bare(
            [
                [_ticked(director, "Director"), _ticked(ten, "10% Owner")],
                [_ticked(officer, "Officer (give title below)"), _ticked(other, "Other (specify below)")],
            ],
            [98, 88],
        ),
        paragraph(" / ".join(titles), style("Times-Bold", 8)) if titles else None,
    )
    dated = [
        Paragraph(f'3. {PERIODS[form_number(record)]} <font size="6.5">(MM/DD/YYYY)</font>', LABEL),
        Spacer(1, 6),
        paragraph(ir_date(record["period_of_report"]), DATA_CENTERED),
    ]
    original = record["date_of_original_submission"]
    amended = stacked(
        Paragraph('4. If Amendment, Date Original Filed <font size="6.5">(MM/DD/YYYY)</font>', LABEL),
        Spacer(1, 6),
        paragraph(ir_date(original), DATA_CENTERED) if original else None,
    )
    issued = [
        Paragraph("2. Issuer Name <b>and</b> Ticker or Trading Symbol", LABEL),
        Spacer(1, 6),
        paragraph(f"{issuer['name']} [ {issuer['symbol']} ]", DATA),
    ]
    return ruled(
        [
            [name, issued, relationship],
            [street, dated, ""],
            [town, amended, _joint(record, "6. Individual or Joint/Group Filing")],
        ],
        [191, 192, WIDTH - 383],
        RULE,
        ("SPAN", (2, 0), (2, 1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )


def _boxes_of_form_3(record: Record) -> Flowable:
    """Boxes 1 to 6 of Form 3, which are numbered and placed in another way."""
    owner, issuer = record["reporting_owners"][0], record["issuer"]
    director, ten, officer, other = roles(owner)
    name, street, town = _name_boxes(record)
    event = [
        paragraph("2. Date of Event Requiring\nStatement (MM/DD/YYYY)", LABEL),
        paragraph(ir_date(record["period_of_report"]), DATA_CENTERED),
    ]
    issued = [
        Paragraph("3. Issuer Name <b>and</b> Ticker or Trading Symbol", LABEL),
        Spacer(1, 6),
        paragraph(f"{issuer['name']} [{issuer['symbol']}]", DATA),
    ]
    title = f"{owner['officer_title'] or ''} / {owner['other_text'] or ''}".strip()
    relationship = stacked(
        paragraph("4. Relationship of Reporting Person(s) to Issuer (Check all applicable)", LABEL),
        Spacer(1, 6),
        bare(
            [
                [_ticked(director, "Director"), _ticked(ten, "10% Owner")],
                [_ticked(officer, "Officer (give title below)"), _ticked(other, "Other (specify below)")],
            ],
            [112, 112],
        ),
        paragraph(title, style("Times-Bold", 8)) if title != "/" else None,
    )
    original = record["date_of_original_submission"]
    amended = stacked(
        Paragraph('5. If Amendment, Date Original Filed<font size="6.5">(MM/DD/YYYY)</font>', LABEL),
        paragraph(ir_date(original), DATA_CENTERED) if original else None,
    )
    return ruled(
        [
            [name, event, issued],
            [street, relationship, ""],
            [town, amended, _joint(record, "6. Individual or Joint/Group Filing")],
        ],
        [172, 116, WIDTH - 288],
        RULE,
        ("SPAN", (1, 1), (2, 1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )


def _table(table: Table) -> Flowable:
    """Table I or II."""
    shown_title = escape(table.title[0]).replace("e.g.", "<i>e.g.</i>")
    title = Paragraph(shown_title, style("Times-Bold", 8.5, align="center"))
    body: list[list[object]] = []
    for row in table.rows:
        named = dict(zip(table.columns, row, strict=True))
        side = named["acquired_disposed"].text if "acquired_disposed" in named else ""
        shown: list[object] = []
        for column, cell in named.items():
            sold = column == "disposed" or (side == "D" and column in {"amount", "acquired_disposed"})
            bought = column == "acquired" or (side == "A" and column in {"amount", "acquired_disposed"})
            color = "red" if sold else "green" if bought else "black"
            shown.append(
                Paragraph(_cell(cell, color), CELL if column in {"title", "nature"} else CELL_CENTERED)
            )
        body.append(shown)
    return form_table(
        table,
        _WIDTHS[len(table.columns)],
        RULE,
        title,
        style("Times-Roman", 6),
        body,
        ("TOPPADDING", (0, 0), (-1, 0), 9),
    )


def _cell(cell: Cell, color: str) -> str:
    marks = "".join(f"({mark})" for mark in cell.marks)
    linked = f'<super rise="1.6" size="5"><font color="blue" name="Times-Roman">{marks}</font></super>'
    text = f'<font color="{color}">{escape(cell.text)}</font>' if cell.text else ""
    # a letter code carries its mark close, an amount or a name after a space
    joint = "" if not text or len(cell.text) == 1 else " "
    return text + (joint + linked if marks else "")


def _explanation(record: Record) -> list[Flowable]:
    """Footnotes with their numbers in a margin, remarks, and the line of an empty Form 3."""
    story: list[Flowable] = [Spacer(1, 10), paragraph("Explanation of Responses:", BOLD), Spacer(1, 4)]
    for mark, sentence in record["footnotes"].items():
        story.append(bare([[paragraph(f"({mark[1:]})", BOLD), paragraph(sentence, BODY)]], [18, WIDTH - 18]))
    if record["remarks"]:
        story += [
            Spacer(1, 8),
            paragraph("Remarks:", BOLD),
            paragraph(record["remarks"], style("Times-Roman", 10)),
        ]
    if record["no_securities_owned"]:
        story += [Spacer(1, 4), paragraph(NONE_OWNED, BOLD)]
    return story


def _owners(record: Record) -> list[Flowable]:
    """The Reporting Owners table: name and address, and an X or a title under each role."""
    owners = record["reporting_owners"]
    center = style("Times-Bold", 8.5, align="center")
    rows: list[list[object]] = [
        [
            paragraph("Reporting Owner Name / Address", LABEL),
            paragraph("Relationships", style("Times-Roman", 8, align="center")),
            "",
            "",
            "",
        ],
        ["", *(paragraph(role, LABEL) for role in ("Director", "10% Owner", "Officer", "Other"))],
    ]
    for owner in owners:
        lines = [owner["name"], owner["street1"], owner["street2"], _place(owner)]
        address = paragraph("\n".join(line for line in lines if line), BOLD)
        director, ten, officer, other = roles(owner)
        rows.append(
            [
                address,
                paragraph("X" if director else "", center),
                paragraph("X" if ten else "", center),
                paragraph(owner["officer_title"] or "X" if officer else "", BOLD),
                paragraph(owner["other_text"] or "X" if other else "", BOLD),
            ]
        )
    titled = any(owner["officer_title"] for owner in owners)
    otherwise = any(owner["other_text"] for owner in owners)
    grid = ruled(
        rows,
        [150, 34, 44, 116 if titled else 34, 100 if otherwise else 28],
        RULE,
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (4, 0)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    )
    return [Spacer(1, 10), paragraph("Reporting Owners", BOLD), Spacer(1, 2), grid]


def _signatures(record: Record) -> list[Flowable]:
    """Each signature over its line, with the date beside it."""
    story: list[Flowable] = [Spacer(1, 10), paragraph("Signatures", BOLD), Spacer(1, 2)]
    label = Paragraph(
        '<super rise="2" size="5.5"><font color="blue">**</font></super>Signature of Reporting Person',
        TINY_CENTERED,
    )
    for signature in record["signatures"]:
        date = paragraph(ir_date(signature["date"]), style("Times-Bold", 8.5, align="center"))
        rows = [[paragraph(signature["name"], BOLD), "", date], [label, "", paragraph("Date", TINY_CENTERED)]]
        lines = [("LINEBELOW", (column, 0), (column, 0), 0.8, colors.black) for column in (0, 2)]
        story.append(bare(rows, [290, 30, 50], *lines))
    return story


def _reminders(record: Record) -> list[Flowable]:
    """The printed reminders, and the notice at the very end."""
    instruction = "5(b)(v)" if form_number(record) == "3" else "4(b)(v)"
    told = [
        (
            "*",
            f"If the form is filed by more than one reporting person, <i>see</i> Instruction {instruction}.",
        ),
        (
            "**",
            "Intentional misstatements or omissions of facts constitute Federal Criminal Violations. <i>See</i> "
            "18 U.S.C. 1001 and 15 U.S.C. 78ff(a).",
        ),
        (
            "Note:",
            "File three copies of this Form, one of which must be manually signed. If space is insufficient, "
            "<i>see</i> Instruction 6 for procedure.",
        ),
    ]
    story: list[Flowable] = [Spacer(1, 10), paragraph(REMINDER, BODY)]
    story += [
        bare([[paragraph(mark, BODY), Paragraph(words, BODY)]], [29, WIDTH - 29]) for mark, words in told
    ]
    warning = (
        "Persons who respond to the collection of information contained in this form are not required to respond "
        "unless the form displays a currently valid OMB control number."
    )
    return [*story, paragraph(warning, BODY), Spacer(1, 10), paragraph(NOTICE, TINY)]
