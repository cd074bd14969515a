"""Which passages of a text are printed twice?"""

from __future__ import annotations

from cchc.reading.paragraphs import Paragraph

_RUN_MIN_BLOCKS, _RUN_MIN_CHARS = 3, 300


def without_repeats(match: str, paras: list[Paragraph]) -> tuple[list[Paragraph], int]:
    """The paragraphs without the later copy of a passage printed twice, and how many were left out."""
    keys = [" ".join(match[p.start : p.end].split()) for p in paras]
    first: dict[str, int] = {}
    keep = [True] * len(paras)
    dropped = k = 0
    while k < len(paras):
        origin = first.get(keys[k])
        n = size = 0
        if origin is not None:
            while k + n < len(paras) and origin + n < k and keys[origin + n] == keys[k + n]:
                size += len(keys[k + n])
                n += 1
        if n >= _RUN_MIN_BLOCKS and size >= _RUN_MIN_CHARS:
            for j in range(k, k + n):
                keep[j] = False
            dropped += n
            k += n
            continue
        if origin is not None and origin < 8 and len(keys[k]) >= 20 and not paras[k].marker and k < origin + 15:
            keep[k] = False  # the headline of an article, printed again under its picture
        first.setdefault(keys[k], k)
        k += 1
    return [p for p, good in zip(paras, keep, strict=True) if good], dropped
