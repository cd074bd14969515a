"""Tổng quan: what is due, what is past, what a person should look at."""

from cchc import queries, widgets, words
from cchc.markup import el

view = widgets.view()
data = widgets.load(queries.overview, view)
widgets.heading("Tổng quan", f"{data.quarter_label}")
frame = widgets.load(queries.tasks, view)
widgets.listing(view, frame, {"ordinal": "STT", "content": "Nội dung", "lead": "Chủ trì", "due_text": "Thời hạn", "status": "Tình trạng"}, title="Nhiệm vụ", kind="tasks",
  cells={"status": lambda r: widgets.status_mark(r["status"], r["status_text"])})
