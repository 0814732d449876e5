"""Text dumps of an invented Form 4 in the three shapes that converters make of it, and what reading one says."""

from __future__ import annotations

from lib.filings.readers.text import read_text
from lib.filings.record import Filing

HEAD = """SEC Form 4
FORM 4                UNITED STATES SECURITIES AND EXCHANGE COMMISSION
STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
"""
FOOT = """** Signature of Reporting Person          Date
Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.
"""

LAYOUT = (
    HEAD
    + """
1. Name and Address of Reporting Person*     2. Issuer Name and Ticker or Trading Symbol     5. Relationship of Reporting Person(s) to Issuer

 Marlowe Ada                                 Harbour Lights Corp [ HLC ]                     (Check all applicable)
                                                                                                  X    Director             10% Owner
                                                                                                       Officer (give title  Other (specify
                                                                                                  X    below)               below)
 (Last)        (First)       (Middle)
                                             3. Date of Earliest Transaction (Month/Day/Year)          Chief Keeper
 1 PIER ROAD                                 03/04/2021
 2ND FLOOR

(Street)                                     4. If Amendment, Date of Original Filed (Month/Day/Year)    6. Individual or Joint/Group Filing
 PORT AGNES    ME            04000
 (City)        (State)       (Zip)

                    Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
1. Title of Security (Instr. 3)    2. Transaction      2A. Deemed          3.             4. Securities Acquired (A) or      5. Amount of      6. Ownership     7. Nature of
                                   Date                Execution Date,     Transaction    Disposed Of (D) (Instr. 3, 4       Securities        Form: Direct     Indirect
                                                                           Code     V     Amount      (A) or    Price
                                                                                                      (D)
Common Stock                        03/04/2021                               S             1,200(1)     D        $10.5        8,800             D

                                                                                                                                                                By the
Common Stock                                                                                                                  450               I               Marlowe
                                                                                                                                                                Trust(2)
Explanation of Responses:
1. Sold under a plan of the kind Rule 10b5-
1(c) describes.
2. The reporting person is the trustee.
Remarks:
None to speak of.
                                          /s/ Jo Finch, attorney-
                                                                          03/05/2021
                                          in-fact
                                          """
    + FOOT
)

TABS = (
    HEAD
    + """1. Name and Address of Reporting Person* Marlowe Ada (Last) (First) (Middle) C/O HARBOUR LIGHTS 1 PIER ROAD (Street) PORT ME 04000 AGNES (City) (State) (Zip)\t\t2. Issuer Name and Ticker or Trading Symbol Harbour Lights Corp [ HLC ]\t\t\t\t\t5. Relationship of Reporting Person(s) to Issuer (Check all applicable) X Director 10% Owner X Officer (give title Other (specify below) below) Chief Kee\tper\t\t\t
\t\t3. Date of Earliest Transaction (Month/Day/Year) 03/04/2021\t\t\t\t\t\t\t\t
Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\t\t\t\t\t\t\t\t\t\t
1. Title of Security (Instr. 3)\t2. Transaction Date (Month/Day/Year)\t2A. Deemed Execution Date, if any (Month/Day/Year)\t3. Transaction Code (Instr. 8)\t\t4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)\t\t\t5. Amount of Securities\t6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)\t7. Nature of Indirect Beneficial Ownership (Instr. 4)
\t\t\tCode\tV\tAmount\t(A) or (D)\tPrice\t\t\t
{rows}
Explanation of Responses:
/s/ Jo Finch 03/05/2021
"""
    + FOOT
)

TABLE_I = (
    "security_title",
    "transaction_date",
    "transaction_code",
    "transaction_amount",
    "acquired_disposed_code",
    "owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)
"""The columns of Table I that these dumps print."""

PLAIN = (
    HEAD.replace("FORM 4                ", "FORM 4\n\n")
    + """
2. Issuer Name and Ticker or Trading Symbol

1. Name and Address of Reporting Person*

Harbour Lights Corp [ HLC ]

Marlowe Ada
(Last)

(First)

5. Relationship of Reporting Person(s) to Issuer
(Check all applicable)
X Director
10% Owner

03/04/2021

1 PIER ROAD
(Street)

PORT AGNES

ME

04000

(City)

X Form filed by One Reporting Person

Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
1. Title of Security (Instr. 3)

2. Transaction
Date
(Month/Day/Year)

Code

V

Common Stock

03/04/2021

S

1,200(1)

D

$10.5

8,800

D

450

I

Common Stock

By the
Marlowe Trust

Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned

Stock Option
(Right to Buy)

$4

03/04/2021

M

300

(1)

03/04/2030

Common Stock

300

$0

700

D

Explanation of Responses:
1. Sold under a Rule 10b51 plan.

/s/ Jo Finch

03/05/2021
"""
    + FOOT
)


def tabs(*rows: str) -> Filing:
    """The filing of a tab-separated dump with these lines in Table I."""
    return read_text("dump.txt", TABS.format(rows="\n".join(rows)).encode())


def rules(filing: Filing, where: str) -> set[str]:
    """The rules of the findings at one place."""
    return {finding.rule for finding in filing.findings if finding.where == where}
