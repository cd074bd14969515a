"""From words that stand at places on printed pages to one text: the same for PDF and for scans."""

from cchc.formats.printed.flow import flow_text
from cchc.formats.printed.sheet import Rule, Sheet, Word, listed
from cchc.formats.printed.signed import signature_boxes

__all__ = ["Rule", "Sheet", "Word", "flow_text", "listed", "signature_boxes"]
