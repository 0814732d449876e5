"""Documents, records and corrections, kept by content hash."""
