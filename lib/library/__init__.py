"""What a store holds, seen as the ledger sees it: issuers however they are printed, and what people decided."""
