"""The script that draws the sample filings: one module a container, the printed form known once in `form`."""
