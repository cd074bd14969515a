"""Of what is a figure said? Names of subjects, lists of indices, improvements without a figure."""

from __future__ import annotations

import re
from functools import cache

from cchc.reading.amounts import words
from cchc.reference import load

_B = r"\s{1,2}"
_CONNECTORS = re.compile(rf"(?:[\s,;:.*_]|(?:và|với|trong{_B}đó|đồng{_B}thời|còn|riêng|bên{_B}cạnh{_B}đó|ngoài{_B}ra)(?!\w)){{1,8}}")
_OPENING = re.compile(
    rf"(?:\s|,|;|:|(?:và|với|trong{_B}đó|đồng{_B}thời|còn|riêng|phấn{_B}đấu|tiếp{_B}tục|mục{_B}tiêu|chỉ{_B}tiêu|duy{_B}trì|nâng|giữ{_B}vững|bảo{_B}đảm|đảm{_B}bảo|để|thực{_B}hiện"
    rf"|(?:đến|trong|hết|đến{_B}hết|cuối|đến{_B}cuối)?{_B}?năm{_B}20\d\d|đến{_B}hết{_B}năm{_B}20\d\d|hằng{_B}năm|hàng{_B}năm|kết{_B}quả{_B}đánh{_B}giá|t[ỷỉ]{_B}lệ|xếp|nằm|thuộc|đạt|có|là)(?!\w)){{1,12}}"
)
_CLOSING = re.compile(
    rf"(?:\s|,|:|(?<!\w)(?:đạt|là|ở|mức|được|phải|có|tối{_B}thiểu|ít{_B}nhất|trên|từ|nằm|xếp|đứng|thuộc|vào|trong|và|phấn{_B}đấu|lần{_B}lượt|tương{_B}ứng|tiếp{_B}tục|duy{_B}trì|bảo{_B}đảm|đảm{_B}bảo|tăng|giảm|lọt|cho|với|của|đối{_B}với)(?!\w)){{1,10}}$"
)
_TRAILING = re.compile(
    rf"^\s{{0,2}}(?:/{_B}?)?(?:trở{_B}(?:lên|xuống|lại))?\s{{0,2}}(?:tổng{_B}số{_B})?(?:các{_B})?"
)
_PREDICATE = re.compile(rf"(?<!\w)(?:được|bị|phải|đạt|có|không|hoàn{_B}thành|hoàn{_B}thiện|thực{_B}hiện|xây{_B}dựng|ban{_B}hành|triển{_B}khai|sử{_B}dụng|tham{_B}gia|bảo{_B}đảm|đảm{_B}bảo|đáp{_B}ứng|kết{_B}nối|cung{_B}cấp)(?!\w)")
_PLACE = re.compile(rf"(?<!\w)(?:tại|ở|của|thuộc|đối{_B}với|cấp|do)(?!\w)")
_LIMIT = 240


@cache
def _index() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words(load('figures')['indices'])})(?!\w)")


@cache
def _list_of_subjects() -> re.Pattern[str]:
    """A separator followed by the beginning of another subject."""
    starts = words(load("figures")["indices"])
    return re.compile(rf"(?:,|;|(?<!\w)và(?!\w)|/)\s{{0,3}}(?:(?:,|và)\s{{0,2}})?(?=(?:các{_B})?(?:{starts})(?!\w)|t[ỷỉ]{_B}lệ(?!\w))")


def mentions_index(m: str, start: int, end: int) -> bool:
    return bool(_index().search(m, start, end))


def skip_connectors(m: str, start: int, end: int) -> int:
    """Where the words of a quote begin: «, với 65% ...» without its comma and «với»."""
    hit = _CONNECTORS.match(m, start, max(start, end))
    return hit.end() if hit else start


def bare_subject(said: str) -> str:
    """`said` without the words of asking around it."""
    hit = _OPENING.match(said)
    rest = said[hit.end() :] if hit else said
    closing = _CLOSING.search(rest[-200:]) if rest else None
    return (rest[: len(rest) - len(closing.group())] if closing else rest).strip(" ,;:-(_\"")


def _clean(t: str, m: str, start: int, end: int) -> str:
    """The stored words of a subject, without the words of asking at its edges."""
    said = m[start:end]
    hit = _OPENING.match(said)
    if hit:
        start += hit.end()
    closing = _CLOSING.search(m, max(start, end - 200), end)
    if closing:
        end = closing.start()
    return _short(" ".join(t[start:end].split()).strip(" ,;:-\""))


def _short(said: str) -> str:
    if len(said) <= _LIMIT:
        return said
    cut = max(said.rfind(",", 0, _LIMIT), said.rfind(" ", 0, _LIMIT))
    return said[:cut].rstrip(" ,;") + " …"


def names(t: str, m: str, start: int, left: int, right: int, end: int, *, last: bool, predicate: str) -> list[str]:
    """The subjects of the figure at `left:right` in the piece `start:end`; several when the figure serves a list."""
    if last:
        return _listed(t, m, start, left)
    hit = _TRAILING.match(m[right : right + 60])
    begin = right + (hit.end() if hit else 0)
    noun = _clean(t, m, begin, end)
    if predicate and noun:
        noun = f"{noun} {predicate}"
    return [_short(noun)] if noun else [_clean(t, m, start, left)]


def _listed(t: str, m: str, start: int, end: int) -> list[str]:
    """«Chỉ số A, Chỉ số B (PAPI) và tỷ lệ C»: one name each; commas inside a name or parentheses cut nothing."""
    depth_cuts = [start]
    for hit in _list_of_subjects().finditer(m, start, end):
        if m.count("(", depth_cuts[-1], hit.start()) <= m.count(")", depth_cuts[-1], hit.start()):
            depth_cuts.append(hit.start())
    parts = [_clean(t, m, a, b) for a, b in zip(depth_cuts, [*depth_cuts[1:], end], strict=True)]
    parts = [p for p in parts if p]
    if len(parts) > 1 and not (_index().search(parts[0].lower()) or re.search(r"t[ỷỉ]\s{1,2}lệ", m[start : depth_cuts[1]])):
        parts = [_clean(t, m, start, end)]
    return [_from_index(p) for p in parts] or [""]


_GENERIC = re.compile(rf"^(?:điểm{_B}số|thứ{_B}hạng|vị{_B}trí|kết{_B}quả|kết{_B}quả{_B}đánh{_B}giá|cải{_B}thiện|nâng{_B}cao|điểm|xếp{_B}hạng|các|của|,|và|\s|về|mạnh{_B}mẽ|rõ{_B}rệt|duy{_B}trì|giữ{_B}vững|tăng|hạng|bậc|tiếp{_B}tục){{1,12}}", re.IGNORECASE)


def _from_index(name: str) -> str:
    """«Kết quả đánh giá Chỉ số A»: the name begins at the index."""
    hit = _index().search(name.lower())
    if hit and hit.start() and _GENERIC.fullmatch(name[: hit.start()].strip() + " "):
        return name[hit.start() :]
    return name


def predicate(t: str, m: str, right: int, end: int) -> str:
    """What is said of the last of several figures: «được xử lý trên môi trường mạng»."""
    hit = _PREDICATE.search(m, right, end)
    return _short(" ".join(t[hit.start() : end].split()).strip(" ,;")) if hit else ""


def noun(t: str, m: str, right: int, end: int) -> str:
    """The bare noun after a figure: «hồ sơ công việc» of «90% hồ sơ công việc tại cơ quan cấp tỉnh»."""
    hit = _TRAILING.match(m[right : right + 60])
    begin = right + (hit.end() if hit else 0)
    stop = _PLACE.search(m, begin + 1, end)
    other = _PREDICATE.search(m, begin + 1, end)
    cut = min([h.start() for h in (stop, other) if h], default=end)
    return _clean(t, m, begin, cut)


def join(noun_: str, rest: str) -> str:
    return _short(f"{noun_} {rest}".strip())


def alike(a: str, b: str) -> bool:
    """Do two subjects speak of the same thing, tiers aside?"""
    drop = {"cấp", "tỉnh", "huyện", "xã", "các", "của", "tại", "được", "cơ", "quan", "ubnd", "trên"}
    one, two = set(a.lower().split()) - drop, set(b.lower().split()) - drop
    if not one or not two:
        return True
    return len(one & two) / min(len(one), len(two)) >= 0.5


_THAN = re.compile(
    rf"(?<!\w)(?:(?:cao|tốt|lớn|khá){_B}hơn(?:{_B}hoặc{_B}bằng)?|bằng{_B}hoặc{_B}(?:cao|tốt){_B}hơn|cải{_B}thiện|tăng|nâng|giảm|tiến{_B}bộ|vượt)(?!\w)[^;]{{0,160}}?"
    rf"(?<!\w)(?:so{_B}với|hơn)(?!\w)[^;]{{0,80}}?(?:năm|kỳ|giai{_B}đoạn|trước)(?!\w)"
    rf"|(?<!\w)năm{_B}sau{_B}(?:cao|tốt|thấp){_B}hơn|(?:cao|tốt){_B}hơn{_B}năm{_B}(?:trước|20\d\d)|năm{_B}sau{_B}tăng"
)
_BETTER = re.compile(
    rf"^(?:phấn{_B}đấu|tiếp{_B}tục|không{_B}ngừng|từng{_B}bước|,|\s)*(?:duy{_B}trì{_B}(?:và|,){_B}|giữ{_B}vững(?:{_B}và|,){_B})?"
    rf"(?:cải{_B}thiện|nâng{_B}cao|nâng{_B}hạng|tăng{_B}hạng|tăng{_B}bậc|nâng{_B}(?:thứ{_B})?(?:hạng|bậc)|tăng{_B}điểm|tăng{_B}thứ{_B}hạng)(?:{_B}(?:và|,)?\s{{0,2}}(?:nâng{_B}cao|nâng|tăng|mạnh{_B}mẽ|rõ{_B}rệt))?"
    rf"(?:{_B}|,)(?:[^\W\d_]+{_B}){{0,6}}?(?:các{_B})?(?:chỉ{_B}số(?!{_B}(?:hạ{_B}tầng))|thứ{_B}hạng|điểm{_B}số|vị{_B}trí{_B}xếp{_B}hạng|bộ{_B}chỉ{_B}số|kết{_B}quả{_B}xếp{_B}hạng|par{_B}?-?index|papi|sipas|pci|dti)(?!\w)"
)
_INDEX_BETTER = re.compile(rf"(?<!\w)(?:tiếp{_B}tục{_B})?(?:được{_B})?(?:cải{_B}thiện|tăng{_B}hạng|tăng{_B}bậc|nâng{_B}hạng|tăng{_B}điểm|tăng{_B}lên)(?:{_B}(?:về|rõ|so|thứ|điểm|và|mạnh|cả)[^;]{{0,60}})?$")


def improvement(t: str, m: str, start: int, end: int) -> list[str]:
    """The subjects that are to become better than before, or none."""
    said = m[start:end]
    than = _THAN.search(said)
    if than:
        stop = start + than.start()
        head = said[: than.start()]
        if bare_subject(head):
            return _listed(t, m, start, stop)
        # «Cải thiện Chỉ số A, Chỉ số B so với năm 2023»
        base = re.search(rf"(?<!\w)(?:so{_B}với|cao{_B}hơn|hơn)(?!\w)", said[than.start() :])
        verb = re.match(rf"(?:(?:cải{_B}thiện|nâng{_B}cao|tăng|nâng|giảm|và|,|\s|cao{_B}hơn)(?!\w))+", said[than.start() :])
        begin = stop + (verb.end() if verb else 0)
        until = stop + base.start() if base and stop + base.start() > begin else end
        return _listed(t, m, begin, until)
    if _BETTER.match(said):
        verb = _index().search(m, start, end)
        return _listed(t, m, verb.start(), end) if verb else [_clean(t, m, start, end)]
    if mentions_index(m, start, end) and (hit := _INDEX_BETTER.search(said)):
        return _listed(t, m, start, start + hit.start())
    return []


def milestone(t: str, m: str, start: int, end: int) -> str:
    """What a goal without a figure is about: its words without the opening ones, cut at a clause."""
    return _clean(t, m, start, end)
