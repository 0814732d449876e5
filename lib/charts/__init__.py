"""Data in, plotly figure out: one pure function a figure."""
