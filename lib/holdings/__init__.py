"""What filings together say: positions over time."""
