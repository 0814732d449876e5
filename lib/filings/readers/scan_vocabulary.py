"""Words that the notes of ownership filings are made of, by which a misread letter is known.

``COMMON`` are words that many notes say. ``ALIKE`` are words as good that look like one of them but for a letter; they
are never put right. ``TICKER`` is how a ticker is written, and ``STROKES`` what the bracket after it may be read as.
"""

from __future__ import annotations

from typing import Final

TICKER: Final = "[A-Z][A-Z.]{0,5}"
STROKES: Final = "1Il|J"
COMMON: Final = frozenset(
    """
    above accordance accrued achieved achievement acquired additional adjusted adjustment admission adopted
    after aggregate agreement all also amended amount and anniversary any applicable are attorney attributable
    automatically average award awards based basis become beginning being beneficial beneficially between
    board business but case cash certain certificate change closing collectively combination common company
    concurrent connection consideration contingent continued control conversion convert converted convertible
    converts cover date dated day days deemed defined described determined directly director directors
    disclaim disclaims distribution dividend does due during each earlier earn economic effected election
    ending entered equal equity equivalent established except executed exercisable exercise exercised
    expiration expire extent filed first five following follows footnote for forfeited forth four from full
    general grant granted group has have held herein his holder holders iii immediately inclusive
    incorporation indirect indirectly information initial installments interest into investment issuable
    issuance issued issuer its limited liquidation made manager managing maximum may member members month
    months more multiple next nine non not number obligations occurrence offering one open option options
    other outstanding over own owned owner ownership paid par part partner payable payment pecuniary per
    performance period person phantom plan plus power previously price prices prior private provide provided
    public purchase purchased purpose purposes pursuant quarterly range ranging receive received record
    reflects regarding report reported reporting represents request respect respectively restricted right sale
    sales satisfy securities security separate service set settlement shall share shareholder shares sold sole
    spouse staff statement stock subject subsidiary such target tax terms than that the their then there
    thereafter therein these third this three through time together total trades trading transaction
    transactions transfer transferred trust trustee under undertakes unit units upon value vest vested vesting
    vests virtue voting warrant warrants was weighted were which wholly will with withheld within year years
    """.split()  # noqa: SIM905 - reads as a list of words
)
ALIKE: Final = frozenset(
    "bard bass charge divided fur net nor ore owed pad pan pat pen tan ten them though tie tree".split()  # noqa: SIM905
)
