"""Of what is a figure said? Names of subjects, lists of indices, improvements without a figure."""

from __future__ import annotations

import re
from functools import cache

from cchc.reading.numbers import index_names
from cchc.reading.patterns import holds, rx, words
from cchc.reference import load

_CONNECTORS = rx(r"(?:[\s,;:.*_]|(?:và|với|trong đó|đồng thời|còn|riêng|bên cạnh đó|ngoài ra|theo đó)\b){1,8}")
_OPENING = rx(
    r"(?:\s|,|;|:|(?:và|với|trong đó|đồng thời|còn|riêng|phấn đấu|tiếp tục|mục tiêu|chỉ tiêu|duy trì|nâng(?! cao)"
    r"|(?:ubnd )?(?:tỉnh|thành phố|huyện|thị xã|xã|phường|sở|bộ|ngành|kế hoạch) (?:cũng |sẽ )?"
    r"(?=phấn đấu|đặt|đề ra|yêu cầu|xác định|giao)|đặt(?: ra)?|đề ra|xác định|yêu cầu|phải|các(?= (?:chỉ|mục) tiêu)"
    r"|giữ vững|theo đó|cụ thể|ngoài ra|bên cạnh đó"
    r"|bảo đảm|đảm bảo|để|thực hiện|trở đi|cả năm|(?:trong )?quý [ivx]{1,3}(?:/20\d\d)?|6 tháng(?: đầu năm"
    r"| cuối năm)?|cắt giảm|giảm(?! nghèo)|tăng(?! trưởng| cường)|rút ngắn"
    r"|(?:(?:đến|trong|hết|đến hết|cuối|đến cuối) )?năm 20\d\d|hằng năm|hàng năm|kết quả đánh giá|t[ỷỉ] lệ"
    r"|xếp(?! hạng| loại)|nằm|thuộc|đạt|có|là)\b){1,12}"
)
_CLOSING = rx(
    r"(?:\s|,|:|\b(?:đạt|là|ở|mức|được|phải|có|tối thiểu|ít nhất|trên|từ|nằm|xếp|đứng|thuộc|vào|trong|và|phấn đấu"
    r"|cùng|đều|lần lượt|tương ứng|tiếp tục|duy trì|bảo đảm|đảm bảo|tăng|giảm|lọt|cho|với|của|đối với)\b){1,10}$"
)
_TRAILING = rx(r"^\s{0,2}(?:/ ?)?(?:trở (?:lên|xuống|lại))?\s{0,2}(?:tổng số )?(?:các )?")
_PREDICATE = rx(
    r"\b(?:được|bị|phải|đạt|có|không|hoàn thành|hoàn thiện|thực hiện|xây dựng|ban hành|triển khai|sử dụng|tham gia"
    r"|bảo đảm|đảm bảo|đáp ứng|kết nối|cung cấp)\b"
)
_PLACE = rx(r"\b(?:tại|ở|của|thuộc|đối với|cấp|do)\b")
_LIMIT = 240


@cache
def _list_of_subjects() -> re.Pattern[str]:
    """A separator followed by the beginning of another subject."""
    starts = words(load("figures")["indices"])
    return rx(rf"(?:,|;|\bvà\b|/)\s{{0,3}}(?:(?:,|và)\s{{0,2}})?(?=(?:các )?(?:{starts})\b|t[ỷỉ] lệ\b)")


def mentions_index(m: str, start: int, end: int) -> bool:
    return bool(index_names().search(m, start, end))


def opens_with_index(m: str, start: int) -> bool:
    return bool(index_names().match(m, start))


def skip_connectors(m: str, start: int, end: int) -> int:
    """Where the words of a quote begin: «, với 65% ...» without its comma and «với»."""
    hit = _CONNECTORS.match(m, start, max(start, end))
    return hit.end() if hit else start


def bare_subject(said: str) -> str:
    """`said` without the words of asking around it."""
    hit = _OPENING.match(said)
    rest = said[hit.end() :] if hit else said
    closing = _CLOSING.search(rest[-200:]) if rest else None
    return (rest[: len(rest) - len(closing.group())] if closing else rest).strip(' ,;:-(_"')


def _clean(t: str, m: str, start: int, end: int) -> str:
    """The stored words of a subject, without the words of asking at its edges."""
    said = m[start:end]
    hit = _OPENING.match(said)
    if hit:
        start += hit.end()
    asking = _CLOSING.search(m, max(start, end - 200), end)
    if asking:
        end = asking.start()
    return _short(" ".join(t[start:end].split()).strip(' ,;:-"').removesuffix("(").rstrip())


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
    noun = _short(" ".join(t[begin:end].replace(" trở lên ", " ").split()).strip(' ,;:-*"'))
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
    if len(parts) > 1:  # «Chỉ số A thuộc nhóm khá, Chỉ số B đạt 85%»: what has its class is no subject of the figure
        parts = [*(p for p in parts[:-1] if not _CLASSED.search(p.lower())), parts[-1]]
    parts = [_BETTERED.sub("", p) for p in parts if p]
    of_rate = len(parts) > 1 and rx(r"t[ỷỉ] lệ").search(m[start : depth_cuts[1]])
    if len(parts) > 1 and not (of_rate or index_names().search(parts[0].lower())):
        parts = [_clean(t, m, start, end)]
    if len(parts) == 1 and (both := _ALIKE.search(m, start, end)):
        parts = _halves(_clean(t, m, start, both.start("and")), _clean(t, m, both.end("and"), end)) or parts
    return [_from_index(p.removeprefix("các ")) for p in parts] or [""]


def _halves(first: str, second: str) -> list[str]:
    """The two subjects of one figure; what measures the first («Mức độ hài lòng về») measures the second too."""
    if min(len(first.split()), len(second.split())) < 3:
        return []
    measured = _MEASURE.match(first)
    if measured is None or _MEASURE.match(second):
        return [first, second]
    about = _ABOUT.match(first)
    return [first, f"{about.group(1)} {second}"] if about else []


_MEASURE = re.compile(r"(?:mức độ|tỷ lệ|tỉ lệ|thời gian|thời hạn|chi phí|số|sự hài lòng)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"((?:mức độ|sự) hài lòng về|(?:thời gian|thời hạn|chi phí) (?:giải quyết|thực hiện))\b", re.IGNORECASE
)
# «Công khai trên Cổng và niêm yết tại Bộ phận Một cửa cùng đạt»: two subjects; a list of tiers is told apart by them
_ALIKE = rx(
    r"(?P<and> và )(?!(?:các )?(?:cấp|ubnd|xã|phường|huyện|tỉnh|sở|công chức|viên chức)\b)"
    r"(?:(?! và )[^,;]){8,120} (?:cùng|đều) (?:phải )?$"
)
_CLASSED = rx(r"\b(?:thuộc|xếp|nằm trong|đạt|giữ|vào) (?:nhóm|loại|mức|hạng|tốp|top|vị trí)\b")
_BETTERED = re.compile(r"\s+(?:tiếp tục|được)\s+(?:cải thiện|nâng|tăng|duy trì)\b.*$", re.IGNORECASE)
_GENERIC = rx(
    r"^(?:điểm số|thứ hạng|vị trí|kết quả|kết quả đánh giá|cải thiện|nâng cao|điểm|xếp hạng|các|của|,|và|\s|về"
    r"|mạnh mẽ|rõ rệt|duy trì|giữ vững|tăng|hạng|bậc|tiếp tục){1,12}"
)


def _from_index(name: str) -> str:
    """«Kết quả đánh giá Chỉ số A»: the name begins at the index."""
    hit = index_names().search(name.lower())
    if hit and hit.start() and _GENERIC.fullmatch(name[: hit.start()].strip().lower() + " "):
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
    """A subject of two parts; a tier at the end of the first gives way to the one in the second."""
    if rest:
        noun_ = _TIER_END.sub("", noun_)
    return _short(f"{noun_} {rest}".strip())


_TIER_END = re.compile(
    r"\s{1,3}(?:(?:tại|ở|của|đối với)\s{1,3})?(?:(?:các|cơ quan|đơn vị|UBND)\s{1,3}){0,2}(?:cấp\s{1,3})?(?:tỉnh"
    r"|thành phố|huyện|xã|phường)$",
    re.IGNORECASE,
)


def label(t: str, m: str, start: int, end: int) -> str:
    """The subject that stands before a colon."""
    return _clean(t, m, start, end) or " ".join(t[start:end].split())


_RANKED_IN = rx(r"\bvề (?:kết quả )?(?:xếp hạng )?(?:thực hiện )?")


def ranked_in(t: str, m: str, start: int, end: int) -> list[str]:
    """The indices named after a rank: «trong nhóm 10 đơn vị dẫn đầu về Chỉ số A, B»; none where no index is."""
    hit = _RANKED_IN.search(m, start, end)
    return _listed(t, m, hit.end(), end) if hit and mentions_index(m, hit.end(), end) else []


def alike(a: str, b: str) -> bool:
    """Do two subjects speak of the same thing, tiers aside?"""
    drop = {"cấp", "tỉnh", "huyện", "xã", "các", "của", "tại", "được", "cơ", "quan", "ubnd", "trên"}
    one, two = set(a.lower().split()) - drop, set(b.lower().split()) - drop
    if not one or not two:
        return True
    return len(one & two) / min(len(one), len(two)) >= 0.5


_THAN = rx(
    r"\b(?:(?:cao|tốt|lớn|khá) hơn(?: hoặc bằng)?|bằng hoặc (?:cao|tốt) hơn|cải thiện|tăng|nâng|giảm|tiến bộ"
    r"|vượt)\b[^;]{0,160}?"
    r"\b(?:so với|hơn)\b[^;]{0,80}?(?:năm|kỳ|giai đoạn|trước)\b"
    r"|\bkhông (?:thấp hơn|kém hơn|giảm)(?: so với)?(?: mức| kết quả)?(?: của)? (?:năm|kỳ) (?:trước|20\d\d)"
    r"|\bnăm sau (?:cao|tốt|thấp) hơn|năm sau tăng"
    r"|(?:\bbằng hoặc )?\b(?:cao|tốt) hơn(?: (?:mức|kết quả|điểm|thứ hạng|đạt được|của|chung|thực hiện)){0,3}"
    r" năm (?:trước|20\d\d)"
)
_COMPARES = ("hơn", "so ", "so\n", "giảm", "sau")  # no comparison is without one of them
# «Không có tiêu chí nào thấp điểm hơn năm 2022»
_NONE_WORSE = rx(
    r"(?:phấn đấu |bảo đảm |đảm bảo )?không (?:có |để |còn )?[^;,]{2,70} (?:thấp|kém|giảm|tụt|sụt)"
    r"(?: điểm| hạng| bậc| thứ hạng)? (?:hơn|so với)(?: mức| kết quả)?(?: của)? (?:năm|kỳ) (?:trước|20\d\d)"
)
_BETTER = rx(
    r"^(?:phấn đấu|tiếp tục|không ngừng|từng bước|,|\s)*(?:duy trì (?:và|,) |giữ vững(?: và|,) )?"
    r"(?:cải thiện|nâng cao|nâng hạng|tăng hạng|tăng bậc|nâng (?:thứ )?(?:hạng|bậc)|tăng điểm"
    r"|tăng thứ hạng)(?: (?:và|,)?\s{0,2}(?:nâng cao|nâng|tăng|mạnh mẽ|rõ rệt))?"
    r"(?: |,)(?:[^\W\d_]+ ){0,6}?(?:các )?(?:chỉ số(?! (?:hạ tầng))|thứ hạng|điểm số|vị trí xếp hạng|bộ chỉ số"
    r"|kết quả xếp hạng|par ?-?index|papi|sipas|pci|dti)\b"
)
_STRIVES = rx(r"\b(?:phấn đấu|mục tiêu|quyết tâm)\b")
_INDEX_BETTER = rx(
    r"\b(?:tiếp tục )?(?:được )?(?:cải thiện|tăng hạng|tăng bậc|nâng hạng|tăng điểm|tăng lên)(?: (?:về|rõ|so|thứ"
    r"|điểm|và|mạnh|cả)[^;]{0,60})?$"
)


_TOLD_OF_INDEX = rx(r"\b(?:năm|xếp|đứng|đạt|là|được|thuộc|nằm|tăng|giảm)\b|\d")


def index_told(t: str, m: str, start: int, end: int) -> str:
    """The index that a clause tells the past of («Năm 2023, PAR INDEX của tỉnh xếp thứ 34»), "" where it names none."""
    name = index_names().search(m, start, end)
    verb = _TOLD_OF_INDEX.search(m, name.end(), end) if name else None
    return _clean(t, m, name.start(), verb.start()) if name and verb else ""


def improvement(t: str, m: str, start: int, end: int) -> list[str]:
    """The subjects that are to become better than before, or none."""
    said = m[start:end]
    if _NONE_WORSE.match(said):
        return [_clean(t, m, start, end)]
    than = _THAN.search(said) if holds(said, _COMPARES) else None
    if than:
        stop = start + than.start()
        head = said[: than.start()]
        if bare_subject(head):
            return _listed(t, m, start, stop)
        # «Cải thiện Chỉ số A, Chỉ số B so với năm 2023»
        base = rx(r"\b(?:so với|cao hơn|hơn)\b").search(said[than.start() :])
        verb = rx(r"(?:(?:cải thiện|nâng cao|tăng|nâng|giảm|và|,|\s|cao hơn)\b)+").match(said[than.start() :])
        begin = stop + (verb.end() if verb else 0)
        until = stop + base.start() if base and stop + base.start() > begin else end
        return _listed(t, m, begin, until)
    strives = [hit.start() for hit in _STRIVES.finditer(said)]
    if strives:  # «Theo Kế hoạch ..., năm 2024 tỉnh phấn đấu nâng hạng các chỉ số A, B»
        start, said = start + strives[-1], said[strives[-1] :]
    if _BETTER.match(said):
        verb = index_names().search(m, start, end)
        return _listed(t, m, verb.start(), end) if verb else [_clean(t, m, start, end)]
    if mentions_index(m, start, end) and (hit := _INDEX_BETTER.search(said)):
        return _listed(t, m, start, start + hit.start())
    return []


def milestone(t: str, m: str, start: int, end: int) -> str:
    """What a goal without a figure is about: its words without the opening ones, cut at a clause."""
    return _clean(t, m, start, end)
