"""The register of agencies (reference/agencies.toml): what a written name means, who belongs to a group, who came after
whom, since when and on what legal ground.

Names stay as documents write them; a successor is a link.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from cchc.reference import load
from cchc.text import folded, matching, stored

# Kinds of agencies, as they are shown.
KINDS = (
    "sở", "văn phòng", "ubnd", "huyện", "xã", "ngành dọc", "đoàn thể", "báo đài", "doanh nghiệp",
    "ban đảng", "bộ", "nhóm", "khác",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or a group. `key` is stable; `generated`: not in the register, key and kind by words."""

    key: str
    name: str
    short: str
    kind: str
    aliases: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None  # last day of the name
    successor: str | None = None
    basis: str = ""  # legal ground of the end or the change
    checked: bool = True  # False: general knowledge without a source that was read
    note: str = ""
    optional: bool = False  # exists only in some provinces
    only_in: tuple[str, ...] = ()  # provinces known to have it, of those that only some have
    generated: bool = False
    unit: str = ""  # the unit in parentheses that does the work: «Trung tâm Hành chính công tỉnh»
    # of groups only:
    member_kinds: tuple[str, ...] = ()
    member_groups: tuple[str, ...] = ()
    is_open: bool = False  # «có liên quan»: who is meant is not said

    @property
    def is_group(self) -> bool:
        return self.kind == "nhóm"

    def exists_in(self, year: int | None) -> bool:
        """Whether the name was in use on some day of the year (always, when the year is unknown)."""
        if year is None:
            return True
        if self.valid_from is not None and self.valid_from > dt.date(year, 12, 31):
            return False
        return self.valid_to is None or self.valid_to >= dt.date(year, 1, 1)


_TOKEN = re.compile(r"\w+|[&,\-]")
_PEOPLES_COMMITTEE = re.compile(r"\bủy ban nhân dân\b")
_PEOPLES_COUNCIL = re.compile(r"\bhội đồng nhân dân\b")


def normal(name: str) -> str:
    """One form for comparing names: lower case, "ubnd", one blank, no outer punctuation."""
    text = matching(stored(name))
    text = _PEOPLES_COUNCIL.sub("hđnd", _PEOPLES_COMMITTEE.sub("ubnd", text))
    text = re.sub(r"\s*&\s*", "&", re.sub(r"\btp\. ?", "tp ", text))
    text = re.sub(r"\s*,\s*", ", ", " ".join(text.split()))
    text = re.sub(
        r"\bubnd các (?!cấp)|(?<=[,à] )ubnd (?=xã|phường"
        r"|thị)",
        lambda m: "ubnd " if m.group().endswith("các ") else "",
        text,
    )
    return text.strip(" .,;:-+*")


def slug(name: str) -> str:
    """ASCII key of a name: "Sở Nội vụ" -> "so-noi-vu"."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")


_HEAD_WORDS = re.compile(r"^(?:đề nghị |giao |các |những |một số |toàn bộ |tất cả (?:các )?)+")
_PLACE = (
    r"(?:,? (?:trên|trong) (?:toàn )?(?:địa bàn )?(?:tỉnh|thành phố|huyện|tp)|,? (?:thuộc|của|cấp"
    r"|thuộc ubnd) (?:tỉnh|thành phố|tp)"
    r"|,? (?:thuộc|trực thuộc) (?:tỉnh|ubnd (?:tỉnh|thành phố|tp))| tỉnh| thành phố| tp)"
)
_PLACE_TAIL = re.compile(_PLACE + r"(?: [^,;()]{2,30})?$")
_RELATED_TAIL = re.compile(r",? (?:có |khác )?(?:liên quan|khác)(?: khác)?$")
_UNIT = re.compile(r"^ubnd (huyện|quận|thị xã|thành phố|tp|xã|phường|thị trấn|đặc khu) (.+)$")
_REGION = re.compile(r" khu vực (?:[ivx]{1,6}|\d{1,2})(?:[ ,-].{0,30})?$")
_SAME_OFFICE = re.compile(
    r", (?:thủ trưởng|giám đốc|chủ tịch|người đứng đầu) (?:các )?(?=ban|ngành|sở|cơ quan|đơn vị|địa phương)"
)
_OFFICE_SHORT = re.compile(r"^vp[. ]*")


def _compact(name: str) -> str:
    """A name without what spellings differ in: "sở nn và mt", "sở nn&mt" and "sở nnmt" are one."""
    return re.sub(r"\bvà\b|[ ,&.\-]", "", name)


_CITY = re.compile(r"^(?:tỉnh|thành phố|tp) ")
_CITIES = ("hà nội", "hồ chí minh", "hcm", "đà nẵng", "hải phòng", "cần thơ", "huế")


@dataclass(frozen=True, slots=True)
class Succession:
    """Who carries on the work of an agency that is no longer in use: since when, on what ground."""

    agency: Agency
    since: dt.date
    basis: str
    checked: bool  # False: general knowledge without a source that was read


class Register:
    """All agencies and groups of `reference/agencies.toml`, and what can be asked of them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.agencies: dict[str, Agency] = {}
        self._names: dict[str, Agency] = {}
        self._group_names: dict[str, Agency] = {}
        self.provinces: tuple[str, ...] = tuple(data["names"]["provinces"])
        self._heads = sorted(((normal(k), v) for k, v in data["heads"].items()), key=lambda h: -len(h[0]))
        offices = sorted(data["names"]["offices"], key=len, reverse=True)
        self._office = re.compile(r"^(?:" + "|".join(map(re.escape, offices)) + r") ")
        places = "|".join(sorted(map(re.escape, self.provinces), key=len, reverse=True))
        self._province_tail = re.compile(rf"(?:{_PLACE})?[ ,]{{1,5}}(?:{places})$")
        self._trie: dict[str, Any] = {}
        self._compact: dict[str, Agency] = {}
        changes = data.get("reorganisation", {})
        self._reorganised: str = changes.get("basis", "")
        self._changed_on: dict[str, dt.date] = {normal(c["province"]): c["on"] for c in changes.get("local", ())}
        for raw in data["agency"]:
            self._add(self._agency(raw), self._names)
        for raw in data["group"]:
            group = replace(
                self._agency({**raw, "kind": "nhóm"}),
                member_kinds=tuple(raw.get("kinds", ())),
                member_groups=tuple(raw.get("groups", ())),
                is_open=bool(raw.get("open", False)),
            )
            self._add(group, self._group_names)
        for name, agency in (*self._names.items(), *self._group_names.items()):
            self._compact.setdefault(_compact(name), agency)
        for name, agency in self._names.items():
            self._teach(name, agency)
            if "ubnd" in name:
                self._teach(name.replace("ubnd", "ủy ban nhân dân"), agency)
            if "hđnd" in name:
                self._teach(name.replace("hđnd", "hội đồng nhân dân"), agency)

    @staticmethod
    def _agency(raw: dict[str, Any]) -> Agency:
        return Agency(
            key=raw["key"],
            name=raw["name"],
            short=raw.get("short", raw["name"]),
            kind=raw["kind"],
            aliases=tuple(raw.get("aliases", ())),
            valid_from=raw.get("from"),
            valid_to=raw.get("to"),
            successor=raw.get("successor"),
            basis=raw.get("basis", ""),
            checked=raw.get("checked", True),
            note=raw.get("note", ""),
            optional=raw.get("optional", False),
            only_in=tuple(raw.get("only_in", ())),
        )

    def _add(self, agency: Agency, names: dict[str, Agency]) -> None:
        self.agencies[agency.key] = agency
        for name in (agency.name, agency.short, *agency.aliases):
            plain = normal(name)
            names.setdefault(_HEAD_WORDS.sub("", plain) if agency.is_group else plain, agency)

    def _teach(self, name: str, agency: Agency) -> None:
        tokens = _TOKEN.findall(name)
        node = self._trie
        for token in tokens:
            node = node.setdefault(token, {})
        node[""] = agency

    # --- names -> agencies ---------------------------------------------------------------------------------------

    @lru_cache(maxsize=8192)  # noqa: B019 - one register a process
    def identify(self, name: str) -> Agency | None:
        """The agency or group a written name means; a generated one for a name the register does not hold; None for
        text without a word. The unit in parentheses is kept in `unit`."""
        unit = ""
        found = re.search(r"\(([^()]*)\)\s*$", name.strip())
        base = name
        if found and name.strip()[: found.start()].strip():
            unit = " ".join(found.group(1).split())
            base = name.strip()[: found.start()]
        plain = normal(base)
        if not re.search(r"[^\W\d_]", plain):
            return None
        agency = self.known(plain) or self._generated(plain, base)
        return replace(agency, unit=unit) if unit else agency

    def known(self, plain: str) -> Agency | None:
        """The registered agency or group a name in `normal` form means; None for one the register does not hold."""
        bare = _SAME_OFFICE.sub(", ", plain)
        for _ in range(3):
            if bare in self._names:
                return self._names[bare]
            if bare in self._group_names:
                return self._group_names[bare]
            shorter = self._office.sub("", _HEAD_WORDS.sub("", bare))
            if shorter == bare:
                break
            bare = shorter
        unit = _UNIT.match(bare)
        if (
            unit
            and not (unit.group(1) in ("thành phố", "tp") and unit.group(2) in _CITIES)
            and "," not in bare
            and " và " not in bare
        ):
            return None
        for name in self._shorter(bare):
            if name in self._names:
                return self._names[name]
            if name in self._group_names:
                return self._group_names[name]
        for name in (bare, *self._shorter(bare)):
            found = self._compact.get(_compact(_OFFICE_SHORT.sub("văn phòng ", name)))
            if found is not None:
                return found
        if _RELATED_TAIL.search(bare) and self._is_plural(plain, bare):
            return self.agencies["lien-quan"]
        return None

    def _shorter(self, bare: str) -> list[str]:
        """The name without what may follow it: its province, "trên địa bàn tỉnh", "cấp tỉnh"."""
        names = []
        for pattern in (_REGION, self._province_tail, _PLACE_TAIL):
            cut = pattern.sub("", bare)
            if cut != bare:
                names += [cut, cut + " tỉnh", self._province_tail.sub("", cut)]
        return [n.strip(" ,-") for n in names]

    @staticmethod
    def _is_plural(plain: str, bare: str) -> bool:
        return plain != bare or "," in bare or bare.startswith(("cơ quan", "đơn vị", "sở ", "ngành", "tổ chức"))

    def _generated(self, plain: str, written: str) -> Agency:
        bare = self._office.sub("", _HEAD_WORDS.sub("", plain))
        kind = next((k for head, k in self._heads if bare == head or bare.startswith(head + " ")), "khác")
        city = _UNIT.match(bare)
        if city and city.group(1) in ("thành phố", "tp") and city.group(2) in _CITIES:
            kind = "ubnd"
        name = " ".join(written.split()).strip(" .,;:-+*")
        ended = dt.date(2025, 6, 30) if kind == "huyện" else None
        return Agency(
            key=slug(bare) or "khac", name=name, short=name, kind=kind, generated=True, valid_to=ended,
            basis="Nghị quyết 203/2025/QH15" if ended else "",
        )  # fmt: skip

    # --- questions -----------------------------------------------------------------------------------------------

    def get(self, key: str) -> Agency | None:
        return self.agencies.get(key)

    def members(self, key: str, year: int | None, province: str | None = None) -> tuple[str, ...]:
        """Keys of the registered agencies a group means in a year, in the register's order. Agencies that exist only
        in some provinces are members where the province is known to have them, units named only in documents ("UBND
        huyện ...") are the caller's to add by kind; an open group («có liên quan») has none."""
        group = self.agencies.get(key)
        if group is None or not group.is_group or group.is_open or not group.exists_in(year):
            return ()
        kinds = self._kinds_of(group, year)
        where = _CITY.sub("", normal(province or ""))
        return tuple(
            a.key
            for a in self.agencies.values()
            if a.kind in kinds
            and (not a.optional or where in map(normal, a.only_in))
            and a.exists_in(year)
            and not a.name.startswith("Phòng ")
        )

    def _kinds_of(self, group: Agency, year: int | None) -> set[str]:
        kinds = set(group.member_kinds)
        for key in group.member_groups:
            inner = self.agencies[key]
            if inner.exists_in(year):
                kinds |= self._kinds_of(inner, year)
        return kinds

    @lru_cache(maxsize=8192)  # noqa: B019 - one register a process
    def groups_of(self, key: str, year: int | None, kind: str | None = None) -> tuple[str, ...]:
        """Keys of the groups that mean this agency in a year. `kind` is needed for agencies not in the register.
        Agencies that exist only in some provinces are meant where they exist."""
        agency = self.agencies.get(key)
        if agency is not None:
            if agency.is_group or not agency.exists_in(year) or agency.name.startswith("Phòng "):
                return ()
            kind = agency.kind
        if kind is None:
            return ()
        return tuple(
            g.key
            for g in self.agencies.values()
            if g.is_group and not g.is_open and g.exists_in(year) and kind in self._kinds_of(g, year)
        )

    def successor(self, key: str, year: int | None) -> Agency | None:
        """The agency that carries on the work in a year, when `key` is no longer in use then; else None."""
        agency = self.agencies.get(key)
        seen = {key}
        while agency is not None and agency.successor and not agency.exists_in(year) and agency.successor not in seen:
            seen.add(agency.successor)
            agency = self.agencies.get(agency.successor)
        return agency if agency is not None and agency.key != key else None

    def last_day(self, key: str, province: str | None = None) -> dt.date | None:
        """The last day of the name in a province (councils chose theirs in the change of 2025); None while in use."""
        agency = self.agencies.get(key)
        if agency is None or agency.valid_to is None:
            return None
        local = self._changed_on.get(normal(province)) if province and agency.basis == self._reorganised else None
        return agency.valid_to if local is None else local - dt.timedelta(days=1)

    def succession(self, key: str, day: dt.date, province: str | None = None) -> Succession | None:
        """Who does the work of `key` on a day, when its name was no longer in use then; None while it was, or where
        nobody is known to have taken over. Several changes are followed one after another."""
        found: Succession | None = None
        seen = {key}
        agency = self.agencies.get(key)
        while agency is not None and agency.successor and agency.successor not in seen:
            last = self.last_day(agency.key, province)
            heir = self.agencies.get(agency.successor)
            if last is None or day <= last or heir is None:
                break
            seen.add(heir.key)
            found = Succession(heir, last + dt.timedelta(days=1), agency.basis, agency.checked)
            agency = heir
        return found

    def forerunners(self, key: str) -> tuple[str, ...]:
        """Keys of the agencies whose work this one took over, nearest first."""
        direct = [a.key for a in self.agencies.values() if a.successor == key]
        return tuple(dict.fromkeys([*direct, *(f for d in direct for f in self.forerunners(d))]))

    # --- names in text -------------------------------------------------------------------------------------------

    def spans(self, match: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, Agency]]:
        """Where registered names stand in a text in `matching` form, longest first, not overlapping."""
        stop = len(match) if end is None else end
        tokens = list(_TOKEN.finditer(match, start, stop))
        words = [token.group() for token in tokens]
        found: list[tuple[int, int, Agency]] = []
        done = 0  # the tokens before this one belong to a name
        for at, word in enumerate(words):
            if at < done or word not in self._trie:
                continue
            node: dict[str, Any] | None = self._trie
            best: tuple[int, Agency] | None = None
            for ahead in range(at, len(words)):
                node = node.get(words[ahead]) if node is not None else None
                if node is None:
                    break
                if "" in node:
                    best = (ahead, node[""])
            if (
                best is not None
                and (best[0] > at or len(word) >= 4 or word in ("snv", "stp", "stc"))
                and (best[0] > at or word != "báo")
            ):
                found.append((tokens[at].start(), tokens[best[0]].end(), best[1]))
                done = best[0] + 1
        return found


@cache
def register() -> Register:
    """The register, loaded once a process."""
    return Register(load("agencies"))
