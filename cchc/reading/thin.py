"""A subject that says too little on its own («thủ tục», «điều dưỡng», «đến hết quý III»), told by the words around it.

An official sees a list of subjects: each must say what is measured. Only words of the document are added: those before
the figure in its own clause or, where it shares them, in the clause of the figure before it; else the subject of that
figure or the label of the line; else the words of the quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cchc.reading.numbers import Amount, index_names
from cchc.reading.patterns import rx
from cchc.reading.sentences import EDGE

_LEAST = 3  # words of a subject that stands alone
_TIME = (
    r"(?:từ|đến|trong|hết|trước|kể từ|cuối|đầu|vào)(?: (?:nay|hết|cuối|đầu|ngày|tháng|quý|năm(?! học)|giai đoạn"
    r"|đến|trong|này"
    r"|[ivx]{1,3}(?:/\d{4})?|\d{1,2}(?:/\d{1,4}){0,2}|\d{4}|-|6 tháng)(?!\w)){1,8}"
)
_AT_TIME = rx(rf"{_TIME},? (?!\d|[ivx]{{1,3}}\b)")
_ONLY_TIME = rx(rf"{_TIME}|\d{{1,2}} tháng(?: đầu năm| cuối năm)?")
_LED_IN = rx(
    r"(?:(?:huyện|tỉnh|thành phố|xã|phường|quận|thị xã|bộ|sở|kế hoạch|ubnd \w+) (?:cũng |sẽ )?(?=phấn đấu))?"
    r"(?:phấn đấu|bảo đảm|đảm bảo|trong số đó|trong đó|trong số(?= \d)|đồng thời|chủ trì,?|tham mưu|tiếp tục|và"
    r"|với|riêng|còn)"
    r"(?: (?:có|đạt))?,? "
)
_PLACED = rx(r"(?:của|đối với|tại|ở)\b")
_WITH_PLACE = rx(r"^(.{8,}) (?:của|đối với|tại|ở) [^;]{2,120}$")
# A place joined behind another: «hồ sơ đúng hạn của các sở, ban, ngành của các xã»
_TWICE = rx(
    r"(?P<what>.{8,120}?) (?P<of>của|đối với|tại|ở) (?:(?! (?:của|đối với|tại"
    r"|ở) ).){2,120} (?P=of) (?P<whom>.{2,120})$")
_ASIDE = rx(r"\s{0,2}\([^()]{0,160}\)")
_COMPARED = (
    r"(?:\s|,|\b(?:tối thiểu|ít nhất|trên|hơn|dưới|khoảng|không (?:quá|dưới|thấp hơn|vượt quá)|từ|số(?= \d)"
    r"|tối đa)\b|[<>≥≤=])"
)
_COMPARES = rx(rf"{_COMPARED}{{1,8}}$")
_ASKS = rx(r"(?:\s|,|\b(?:đạt|là|ở|mức|được|có|phấn đấu|phải|và|chung|chiếm|xuống|lên|còn|tăng|giảm)\b){1,8}$")
# What asks for its object: «Tập huấn ... cho 500 lượt người», «cắt giảm 12 thủ tục». Other words are parted by «…».
_TAKES = rx(
    r"\b(?:cho|tại|đến|tới|của|với|ở|giảm|tăng|thêm|còn|lên|xuống|hóa|giản|nhật|đưa|nâng|vượt|thành|cấp|trì"
    r"|kiểm tra|giải ngân"
    r"|xây dựng|ban hành|tiếp nhận|bãi bỏ|thay thế|sáp nhập|giải thể|mở|lập|tổ chức|rà soát|công bố|số hóa|kết nối)$"
)
_FIELD = rx(r"\b(?P<how>về|có) (?P<what>[^;.%\d]{4,120}?)(?: (?:cao|tốt) nhất)?[ ,]*(?:[;.]|$)")
_BODY = rx(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|bộ|sở|ngành|đơn vị|cơ quan)\b")


def is_thin(subject: str) -> bool:
    """Does a subject say too little alone: fewer than three words that name no index, or only a time or a place?"""
    low = subject.lower()
    thin = len(low.split()) < _LEAST or _ONLY_TIME.fullmatch(low) or _PLACED.match(low)
    return bool(thin) and not index_names().search(low)


def lead(t: str, m: str, start: int, amount: Amount) -> str:
    """The words of a clause before its figure, without time, striving and comparator: «Tập huấn kỹ năng số cho»."""
    while start < amount.start and m[start] in EDGE:
        start += 1
    compared = _COMPARES.search(m, max(start, amount.start - 60), amount.start)
    return bare(" ".join(t[start : compared.start() if compared else amount.start].split()) + " ").strip()


def bare(subject: str) -> str:
    """The subject without a time and words of striving at its head, in any order; "" where nothing else is said."""
    for _ in range(4):
        low = subject.lower()
        if _ONLY_TIME.fullmatch(low.strip()):
            return ""
        hit = _LED_IN.match(low) or _AT_TIME.match(low)
        if hit is None:
            break
        subject = subject[hit.end() :]
    return subject


def whole(
    t: str,
    m: str,
    end: int,
    amount: Amount,
    subject: str,
    led: Callable[[], str],
    *,
    before: bool,
    above: Sequence[str],
    quote: str,
) -> str:
    """`subject`, or where it is thin what the document says of the figure.

    `t[amount.right:end]` is the figure's stretch of the paragraph behind it; `led` gives what leads to the figure
    (`lead`); `before` says whether its subject stands there; `above` are the subjects told before, the last first;
    `quote` are the words of the goal on one line.
    """
    own = bare(subject).strip(' ,;:-"')
    if not is_thin(own):
        twice = _TWICE.match(own) if own not in quote else None
        return f"{twice['what']} {twice['of']} {twice['whom']}" if twice else own
    if amount.kind == "rank":
        return _ranked(t, m, amount, end, own) or own
    behind = "" if before else own
    said = _said(t, amount, end, led(), behind)
    if not is_thin(said) or (behind and said.lower() != behind.lower()):
        return said
    own = own or said
    over = next((_ASIDE.sub("", s) for s in above if not is_thin(s) and s != subject), "")
    if over:
        placed = bool(_PLACED.match(own.lower()))
        base = _WITH_PLACE.sub(r"\1", over, count=1) if own else over
        return f"{base} {own}" if placed else f"{base} ({own})" if own and own.lower() not in base.lower() else over
    return quote or own


def whole_milestone(subject: str, above: Sequence[str]) -> str:
    """A milestone without a time at its head; a class alone («trong nhóm B») behind the subject it is said of."""
    own = bare(subject).strip(' ,;:-"') or subject
    over = next((s for s in above if not is_thin(s)), "")
    return f"{over}: {own}" if over and (is_thin(own) or own.lower().startswith("trong nhóm")) else own


def _said(t: str, amount: Amount, end: int, led: str, noun: str) -> str:
    after = " ".join(t[amount.right : end].split())
    behind = noun or ("" if after[:1] in EDGE else bare(after).strip(EDGE))
    led = "" if _ASKS.fullmatch(f" {led.lower()}") else led
    if not behind:
        return re.sub(_ASKS.pattern, "", led, flags=re.IGNORECASE).strip(' ,;:-"')
    if not led:
        return behind
    return f"{led} {behind}" if _TAKES.search(led.lower()) else f"{led} … {behind}"


def _ranked(t: str, m: str, amount: Amount, end: int, own: str) -> str:
    """«Quận nằm trong 03 quận, huyện dẫn đầu về cải cách hành chính»: the rank of whom, and in what."""
    told = _FIELD.search(m, amount.start, end)
    if told is None:
        return ""
    of = f" của {own}" if _BODY.fullmatch(own.lower()) else ""
    return f"Thứ hạng{of} về {' '.join(t[told.start('what') : told.end('what')].split())}".rstrip(" ,;")
