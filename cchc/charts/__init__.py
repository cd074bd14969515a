"""Frames in, Plotly figures out: gauges of targets, lanes of deadlines, matrices of responsibilities.

Pure: no Streamlit, no queries. Each function returns a `Chart`: the figure and the sentence a screen reader gets.
Figures have transparent backgrounds, one set of fills that reaches 3:1 on the light and on the dark page, and text in
`INK`. They are made as plain dictionaries and checked once, by `go.Figure`: a hundred times cheaper than Plotly's own
constructors one by one. Texts of documents go through `safe`, so they can be neither markup nor a link.

`width` is the class of the place a figure has (see `WIDTHS`): a figure is laid out in pixels for it and then stretched.
What can be clicked carries `customdata`, said in each docstring. Vertical axes count pixels from the top.
"""

from cchc.charts.base import CONFIG, NO_AREA, Chart, Width, area_names, first_up
from cchc.charts.lanes import in_range, lane_counts, timeline
from cchc.charts.responsibility import Cell, MatrixRow, matrix, task_matrix
from cchc.charts.scores import area_bars
from cchc.charts.targets import GAUGES_A_PAGE, bullet, gauges, where_text

__all__ = [
    "CONFIG",
    "GAUGES_A_PAGE",
    "NO_AREA",
    "Cell",
    "Chart",
    "MatrixRow",
    "Width",
    "area_bars",
    "area_names",
    "bullet",
    "first_up",
    "gauges",
    "in_range",
    "lane_counts",
    "matrix",
    "task_matrix",
    "timeline",
    "where_text",
]
