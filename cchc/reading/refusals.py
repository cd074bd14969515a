"""Why a figure or a sentence is no goal of the plan, in words an official reads."""

from __future__ import annotations

import re

W_PAST = "Kết quả đã đạt hoặc số liệu của năm trước, không phải mục tiêu"
W_BASE = "Mức dùng để so sánh, không phải mục tiêu"
W_CITED = "Mục tiêu của văn bản khác được viện dẫn, không phải mục tiêu của kế hoạch này"
W_SCORE = "Quy định về chấm điểm, xếp loại, thi đua hoặc chế tài, không phải mục tiêu"
W_MONEY = "Mức chi, mức thu hoặc tỷ lệ vốn, không phải mục tiêu"
W_ASIDE = "Con số chú thích trong ngoặc đơn"

_B = r"\s{1,2}"
_GOAL_WORD = re.compile(rf"(?<!\w)(?:phấn{_B}đấu|mục{_B}tiêu|chỉ{_B}tiêu|tối{_B}thiểu|ít{_B}nhất)(?!\w)")
_DONE = re.compile(
    rf"(?<!\w)(?:đã{_B}(?:đạt|có|hoàn{_B}thành|thực{_B}hiện|giải{_B}quyết|tiếp{_B}nhận|vượt|tăng|giảm|triển{_B}khai|ban{_B}hành|số{_B}hóa|cung{_B}cấp|xây{_B}dựng|công{_B}bố)"
    rf"|đạt{_B}được{_B}(?:những|nhiều|một{_B}số)|cùng{_B}kỳ|tính{_B}đến|kết{_B}quả{_B}(?:thực{_B}hiện{_B})?năm{_B}20\d\d|theo{_B}(?:báo{_B}cáo|kết{_B}quả{_B}công{_B}bố)|ước{_B}đạt)(?!\w)"
)
_DONE_AFTER = re.compile(
    rf"[^;,.]{{0,160}}?(?<!\w)đã{_B}(?:đạt|có|hoàn{_B}thành|ban{_B}hành|xây{_B}dựng|thực{_B}hiện|triển{_B}khai|được)(?!\w)(?P<rest>[^;.]{{0,200}})"
)
_YEAR = re.compile(r"(?<!\w)(?:năm|giai\s{1,2}đoạn)\s{1,2}(?P<y>20\d\d)(?!\d)")
_BASE = re.compile(rf"(?<!\w)so{_B}với[^;,.]{{0,60}}(?:là|đạt|mức|\()\s{{0,2}}$|(?<!\w)(?:từ{_B})?mức{_B}$|năm{_B}20\d\d\s{{0,2}}[(:]\s{{0,2}}$")
_CITING = re.compile(
    rf"(?<!\w)(?:nghị{_B}quyết|quyết{_B}định|chỉ{_B}thị|chương{_B}trình|kế{_B}hoạch|đề{_B}án|kết{_B}luận|chiến{_B}lược|chính{_B}phủ|thủ{_B}tướng|trung{_B}ương|bộ{_B}nội{_B}vụ|tỉnh{_B}ủy)(?!\w)"
    rf"[^;]{{0,220}}?(?<!\w)(?:đặt{_B}(?:ra{_B})?(?:mục|chỉ|yêu)|đề{_B}ra|xác{_B}định|quy{_B}định|yêu{_B}cầu|giao{_B}(?:chỉ|cho|tỉnh)|nêu{_B}rõ|mục{_B}tiêu(?:{_B}là)?{_B}(?:đến|phải|đạt|trên|ít))(?!\w)"
)
_SCORE_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:được{_B}|bị{_B})?(?:cộng|trừ|chấm|tính|thưởng)(?:{_B}(?:thêm|tối{_B}đa|không{_B}quá|điểm))?|nếu|trường{_B}hợp|điểm{_B}tối{_B}đa|thang{_B}điểm|trọng{_B}số|tỷ{_B}trọng|chiếm)\s{{0,2}}[^;.,]{{0,50}}$"
)
_SCORE_AFTER = re.compile(
    rf"[^;.]{{0,120}}?(?<!\w)(?:thì|bị{_B}(?:trừ|phê|xem|xử|đánh{_B}giá)|tổng{_B}(?:số{_B})?điểm|không{_B}(?:được{_B})?(?:xét|đề{_B}nghị|xếp)|được{_B}(?:xét|đề{_B}nghị{_B}khen|cộng|xếp{_B}(?:loại|mức))|xem{_B}xét{_B}trách{_B}nhiệm|xếp{_B}loại)(?!\w)"
)
_CONDITION = re.compile(rf"(?<!\w)(?:nếu|trường{_B}hợp|đơn{_B}vị{_B}(?:nào|có|đạt|hoàn)|cơ{_B}quan{_B}(?:nào|có|đạt)|cá{_B}nhân{_B}(?:có|đạt|hoàn)|những)(?!\w)")
_REWARD = re.compile(rf"(?<!\w)(?:xuất{_B}sắc|khen{_B}thưởng|thi{_B}đua|danh{_B}hiệu|bằng{_B}khen|giấy{_B}khen)(?!\w)")
_MONEY_BEFORE = re.compile(
    rf"(?<!\w)(?:lãi{_B}suất|thuế{_B}suất|lệ{_B}phí|phí|hỗ{_B}trợ|mức{_B}(?:chi|thu|hỗ{_B}trợ|phí|lương)|phụ{_B}cấp|lương|trợ{_B}cấp|trích|hưởng|miễn|thưởng)(?:{_B}(?:là|bằng|tối{_B}đa|tối{_B}thiểu|không{_B}quá|từ|đến|giảm|tới)){{0,2}}\s{{0,2}}$"
)
_MONEY_AFTER = re.compile(rf"\s{{0,2}}(?:vốn{_B}(?:nhà|điều|nước|của|đầu)|mức{_B}(?:lương|phí|chi|thu|lệ|đóng)|lệ{_B}phí|phí{_B}|học{_B}phí|lương|giá{_B}trị{_B}(?:gói|hợp))")


def why_not(
    m: str, start: int, end: int, figure: int, figure_end: int, plan_year: int | None, kind: str = "ratio", comparator: str = ">="
) -> str | None:
    """The reason why the figure at `m[figure:figure_end]` in the sentence `m[start:end]` is no goal, or None."""
    low = max(start, figure - 300)
    before = m[low:figure]
    clause = before[max(before.rfind(";"), before.rfind(". ")) + 1 :]
    after = m[figure_end : min(end, figure_end + 300)]
    if kind == "ratio" and (_MONEY_BEFORE.search(m[max(start, figure - 40) : figure]) or _MONEY_AFTER.match(after)):
        return W_MONEY
    if _BASE.search(clause):
        return W_BASE
    aim = _GOAL_WORD.search(clause)
    done = _DONE.search(clause)
    if done and not (aim and aim.start() > done.start()):
        return W_PAST
    told = _DONE_AFTER.match(after)
    if told and not re.search(r"(?<!\w)(?:được|phải|đạt)(?!\w)", told["rest"]):
        return W_PAST
    if plan_year is not None and not aim and (why := _past_year(clause, kind, plan_year)):
        return why
    cited = _CITING.search(clause)
    if cited and not _own(clause[cited.end() :]):
        return W_CITED
    if _SCORE_BEFORE.search(m[max(start, figure - 70) : figure]) and (kind != "ratio" or "điểm" in clause + after[:40] or "nếu" in clause or "trường hợp" in clause):
        return W_SCORE
    if _SCORE_AFTER.match(after) and _CONDITION.search(clause):
        return W_SCORE
    if comparator in ("<", "<=") and _REWARD.search(after[:160] + " " + clause[-120:]):
        return W_SCORE
    return None


def _own(rest: str) -> bool:
    """After a citation: does the sentence come back to the plan's own goal («..., tỉnh phấn đấu đạt»)?"""
    return bool(re.search(r"(?<!\w)(?:phấn\s{1,2}đấu|bảo\s{1,2}đảm|đảm\s{1,2}bảo)(?!\w)", rest))


def _past_year(clause: str, kind: str, plan_year: int) -> str | None:
    """«năm 2023 đạt 95%» in a plan for 2024. An index of last year is judged in the plan's year: still a goal."""
    years = list(_YEAR.finditer(clause))
    if not years:
        return None
    last = years[-1]
    year = int(last["y"])
    lead = clause[max(0, last.start() - 40) : last.start()]
    if year >= plan_year or re.search(r"(?<!\w)(?:so\s{1,2}với|hơn|từ|trước|kể\s{1,2}từ|của|giai\s{1,2}đoạn)(?:\s{1,2}[^\s]{1,10}){0,3}\s{0,2}$", lead):
        return None
    if not re.match(r"[^;.]{0,60}?(?<!\w)(?:đạt|là|có|chiếm|xếp|đứng|tăng|giảm)(?!\w)|\s{0,2}[:(]|\s{0,3}$", clause[last.end() :]):
        return None
    if year == plan_year - 1 and re.search(r"chỉ\s{1,2}số|index|papi|sipas|pci|dti", clause):
        return None
    return W_PAST


_LEAD_IN = re.compile(
    rf"(?:cụ{_B}thể|như{_B}sau|sau{_B}đây|dưới{_B}đây)\s{{0,2}}[:.]?$|^(?:cụ{_B}thể|trong{_B}đó|gồm|bao{_B}gồm|ghi{_B}chú|lưu{_B}ý|chi{_B}tiết|xem|kèm{_B}theo|trên{_B}đây|căn{_B}cứ|theo{_B}đó)(?!\w)(?![^.]{{0,40}}(?:đạt|được))"
    rf"|^\(?(?:có|chi{_B}tiết|theo|tại|xem|đính{_B}kèm|kèm){_B}[^.]{{0,60}}(?:phụ{_B}lục|biểu|kèm{_B}theo)"
    rf"|(?:chi{_B}tiết|cụ{_B}thể|quy{_B}định|nêu|đính){_B}(?:tại|theo|kèm|ở)[^.;]{{0,40}}(?:phụ{_B}lục|biểu|danh{_B}mục)[^.;]{{0,60}}$"
)
_SAID_DONE = re.compile(rf"^(?:trong{_B})?(?:năm|giai{_B}đoạn){_B}(?P<y>20\d\d)[^.;]{{0,120}}(?<!\w)đã(?!\w)|^(?:đã|thời{_B}gian{_B}qua|những{_B}năm{_B}qua|trong{_B}những{_B}năm)(?!\w)")


def no_goal(m: str, start: int, end: int, plan_year: int | None) -> bool:
    """Is the figureless stretch `m[start:end]` a lead-in, a reference, a bare heading or a report of the past?"""
    said = m[start:end].strip()
    count = len(said.split())
    if count < 3 or said.endswith(":") or not re.search(r"[^\W\d_]", said):
        return True
    if _LEAD_IN.search(said[:400]) and count <= 40:
        return True
    if past := _SAID_DONE.match(said[:200]):
        year = past.groupdict().get("y")
        return year is None or plan_year is None or int(year) < plan_year
    return False
