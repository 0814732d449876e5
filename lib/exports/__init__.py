"""What leaves Stakeline as a file: tables, workbooks, data-set archives, records and reports.

Every text comes from somebody else's document, so nothing in an export may run: no formulas, no links, no
markup. Shares and prices keep their digits.
"""
