"""Stakeline's core: filings, holdings, plans, store and charts. Streamlit is imported in ``lib.ui`` alone."""
