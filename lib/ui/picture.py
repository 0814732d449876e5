"""A chart as a page of its own: opens in any browser, needs no network, and saves itself as SVG or PNG."""

from __future__ import annotations

from html import escape
from typing import Final

import plotly.graph_objects as go

from lib.charts.look import FONT, look

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; worker-src blob:"
)
"""The page may run what it carries and load nothing. Plotly's WebGL makes its shaders' functions as it goes."""
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ background: {paper}; color: {ink}; font: 15px/1.5 {font}; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }}
h1 {{ font-size: 1.4rem; font-weight: 600; margin: 0 0 .25rem }}
p {{ margin: .25rem 0 1rem }}
footer {{ color: {faint}; font-size: .85rem }}
button {{ background: none; border: 1px solid {rule}; border-radius: 3px; color: inherit; font: inherit; padding: .2rem .7rem }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{lead}</p>
<figure role="img" aria-label="{alt}" style="margin: 0">{chart}</figure>
<footer><p>{note}</p>
<button data-format="svg">Save as SVG</button> <button data-format="png">Save as PNG</button></footer>
</body>
</html>
"""
_SAVE: Final = """
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-format]");
  if (!button) return;
  const plot = document.getElementById("{plot_id}");
  const text = document.querySelector("h1").textContent.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const title = {text, font: {size: 16}, x: 0.01, xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: {t: 8}};
  const margin = {...plot.layout.margin, t: plot.layout.margin.t + 34};
  const size = {width: plot.offsetWidth, height: plot.offsetHeight + 34};
  Plotly.downloadImage({data: plot.data, layout: {...plot.layout, ...size, title, margin}}, {
    format: button.dataset.format, filename: "holdings", scale: 2, ...size,
  });
});
"""
"""The saved picture has the page's title above it."""


def standalone_page(figure: go.Figure, *, title: str, lead: str, alt: str, note: str, dark: bool) -> bytes:
    """The figure with its title and words as one HTML file that carries Plotly itself, of about 5 MB."""
    colours = look(dark)
    chart = figure.to_html(
        full_html=False,
        include_plotlyjs=True,
        config={"displaylogo": False, "responsive": True},
        post_script=_SAVE,
        default_width="100%",
    )
    return _PAGE.format(
        policy=escape(POLICY),
        title=escape(title),
        lead=escape(lead),
        alt=escape(alt),
        chart=chart,
        note=escape(note),
        paper=colours.paper,
        ink=colours.ink,
        faint=colours.faint_ink,
        rule=colours.rule,
        font=FONT,
    ).encode()
