"""Ownership XML made for tests: a Form 4 of invented people, with any part replaced."""

from __future__ import annotations

HEAD = """<?xml version="1.0"?>
<ownershipDocument>
  <schemaVersion>X0508</schemaVersion>
  <documentType>4</documentType>
  <periodOfReport>2024-03-01</periodOfReport>
  {top}
  <issuer><issuerCik>0000000001</issuerCik><issuerName>Acme Tools Inc.</issuerName>
    <issuerTradingSymbol>ACME</issuerTradingSymbol></issuer>
  <reportingOwner>
    <reportingOwnerId><rptOwnerCik>0000000002</rptOwnerCik><rptOwnerName>Doe Jane</rptOwnerName></reportingOwnerId>
    <reportingOwnerAddress><rptOwnerStreet1>1 MAIN STREET</rptOwnerStreet1><rptOwnerCity>BOSTON</rptOwnerCity>
      <rptOwnerState>MA</rptOwnerState><rptOwnerZipCode>02110</rptOwnerZipCode></reportingOwnerAddress>
    <reportingOwnerRelationship><isDirector>true</isDirector><isOfficer>0</isOfficer></reportingOwnerRelationship>
  </reportingOwner>
"""

TRANSACTION = """<nonDerivativeTransaction>
  <securityTitle><value>Common Stock</value></securityTitle>
  <transactionDate><value>{date}</value></transactionDate>
  <transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S</transactionCode>
    <equitySwapInvolved>0</equitySwapInvolved>{coding}</transactionCoding>
  <transactionAmounts><transactionShares><value>{shares}</value></transactionShares>
    <transactionPricePerShare>{price}</transactionPricePerShare>
    <transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode></transactionAmounts>
  <postTransactionAmounts><sharesOwnedFollowingTransaction><value>900</value></sharesOwnedFollowingTransaction>
  </postTransactionAmounts>
  <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>
</nonDerivativeTransaction>"""

HOLDING = """<nonDerivativeHolding>
  <securityTitle><value>Common Stock</value></securityTitle>
  <postTransactionAmounts><sharesOwnedFollowingTransaction><value>70</value></sharesOwnedFollowingTransaction>
  </postTransactionAmounts>
  <ownershipNature><directOrIndirectOwnership><value>I</value></directOrIndirectOwnership>
    <natureOfOwnership><value>By Trust</value><footnoteId id="F1"/></natureOfOwnership></ownershipNature>
</nonDerivativeHolding>"""

TAIL = """
  <footnotes><footnote id="F1">{footnote}</footnote></footnotes>
  <ownerSignature><signatureName>/s/ Jane Doe</signatureName><signatureDate>2024-03-04</signatureDate></ownerSignature>
</ownershipDocument>
"""


def transaction(
    date: str = "2024-03-01", shares: str = "100", price: str = "<value>12.5</value>", coding: str = ""
) -> str:
    """One sale as XML, with parts of it replaced."""
    return TRANSACTION.format(date=date, shares=shares, price=price, coding=coding)


def form4(*rows: str, top: str = "", footnote: str = "Held in a trust.", derivative: str = "") -> bytes:
    """A whole Form 4; without ``rows`` a sale and a holding."""
    table = "".join(rows or (transaction(), HOLDING))
    body = f"<nonDerivativeTable>{table}</nonDerivativeTable>{derivative}"
    return (HEAD.format(top=top) + body + TAIL.format(footnote=footnote)).encode()
