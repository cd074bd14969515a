"""From bytes to a `Plan`: pure functions that know nothing of databases or pages."""

from cchc.reading.plan import read_plan
from cchc.reading.sources import NotAPlan

__all__ = ["NotAPlan", "read_plan"]
