"""From bytes to text, one module a format. Knows nothing of plans, databases or pages."""

from cchc.formats.recognise import read_source
from cchc.formats.source import Format, NotAPlan, Place, Source

__all__ = ["Format", "NotAPlan", "Place", "Source", "read_source"]
