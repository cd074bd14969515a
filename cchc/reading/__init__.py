"""From bytes to a `Plan`: pure functions that know nothing of databases or pages."""

from cchc.formats import NotAPlan
from cchc.reading.plan import read_plan

__all__ = ["NotAPlan", "read_plan"]
