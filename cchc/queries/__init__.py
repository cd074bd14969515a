"""Filters in, pandas frames out: the only package with SELECTs for views.

Every function takes an `Engine` and, where the view can be narrowed, `Filters`; each call has a cursor of its own. All
SQL is fixed text with bound values. Conventions of all frames:

* text columns are text, "" where the document does not say; lists are joined with "; "
* `area` and `days` are Int64 (missing: <NA>), dates are datetime64 (missing: NaT), `value` is float64 (missing: NaN)
* rows stand in the order of the plans (newest year first), inside a plan in the order of the document
* `doc_id`, `plan_label` name the document, `start`/`end` are the item's characters in the document's stored text
* `review` says in Vietnamese why a person should look at the item, "" when nothing calls for it

Statuses, results and deadlines in force are derived for the reporting date from the recorded facts after the SQL, by
`status.task_status` and `status.target_status`: one source for pages and files alike.
"""

from __future__ import annotations

from cchc.queries.choices import FilterOptions, checked, filter_options, names
from cchc.queries.figures import goal_text, number_text, result_text
from cchc.queries.lists import duties, lanes, measures, targets, tasks
from cchc.queries.pressing import attention
from cchc.queries.responsibility import agencies, given_targets, matrix_area, matrix_task
from cchc.queries.rows import ITEM_KIND_LABELS
from cchc.queries.summary import Number, Overview, overview, plan_year_notice
from cchc.queries.texts import CONTEXT, DocumentView, ItemView, corrections, document, documents, item, problems
from cchc.queries.two_days import CHANGES, compare

__all__ = [
    "CHANGES",
    "CONTEXT",
    "ITEM_KIND_LABELS",
    "DocumentView",
    "FilterOptions",
    "ItemView",
    "Number",
    "Overview",
    "agencies",
    "attention",
    "checked",
    "compare",
    "corrections",
    "document",
    "documents",
    "duties",
    "filter_options",
    "given_targets",
    "goal_text",
    "item",
    "lanes",
    "matrix_area",
    "matrix_task",
    "measures",
    "names",
    "number_text",
    "overview",
    "plan_year_notice",
    "problems",
    "result_text",
    "targets",
    "tasks",
]
