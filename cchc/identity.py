"""By what a document is known again. Pure."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cchc import alike
from cchc.model import PlanInfo

_MIN_TITLE_WORDS = 6  # a shorter title does not tell a document


class Identity(NamedTuple):
    """What a document is known by: what it is, and the hash of it and what it says. Documents are remembered by their
    hashes."""

    kind: str
    key: bytes


def identities(info: PlanInfo, words: str) -> list[Identity]:
    """By what a document is known: its words (their hash), its number with authority and year, its id, its title with
    authority and year."""
    title = _said(info, "title")
    unnumbered = [] if info.number else _said(info, "title without a number")
    return [_identity("words", words), *_said(info, "number"), of_id(info.id), *title, *unnumbered]


def sought(info: PlanInfo, words: str, also_id: str = "") -> list[Identity]:
    """Under what a document is looked for, the surest first. A title tells nothing between two that both have a
    number."""
    title = _said(info, "title without a number" if info.number else "title")
    ids = [of_id(id_) for id_ in dict.fromkeys((info.id, also_id)) if id_]
    return [_identity("words", words), *_said(info, "number"), *ids, *title]


def of_id(plan_id: str) -> Identity:
    """What a document that stands under an id is known by."""
    return _identity("id", plan_id)


def _said(info: PlanInfo, kind: str) -> list[Identity]:
    """The number or the title with authority and year; nothing where one of them is missing or says too little."""
    said = alike.plain((info.number if kind == "number" else info.title) or "")
    place = (alike.plain(info.authority or ""), str(info.year or ""))
    enough = bool(said) if kind == "number" else len(said.split()) >= _MIN_TITLE_WORDS
    return [_identity(kind, said, *place)] if enough and all(place) else []


def _identity(kind: str, *said: str) -> Identity:
    words = "\0".join((kind, *said)).encode("utf-8", "surrogateescape")
    return Identity(kind, hashlib.blake2b(words, digest_size=16).digest())
