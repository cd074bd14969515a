"""Is an amount what the sentence asks for? Counts of other things and figures outside the goals are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from cchc.reading import refusals, subjects
from cchc.reading.amounts import amounts
from cchc.reading.due import due
from cchc.reading.levels import bare_tier, read_levels
from cchc.reading.numbers import Amount
from cchc.reading.patterns import rx, words
from cchc.reading.sentences import HIDDEN, edged
from cchc.reference import load

W_OUTSIDE = "Đứng ngoài mục mục tiêu, chỉ tiêu"
W_OTHER_YEAR = "Đứng ngoài mục mục tiêu và nói về một năm khác năm kế hoạch"

_FAR = 600  # how far back words of aim are looked for
_AIM = rx(r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|đề ra|đặt ra|yêu cầu|nêu rõ|quyết tâm)\b")
_CITED_AFTER = rx(
    r"\btheo (?:đúng )?(?:tinh thần )?(?:nghị quyết|kết luận|chỉ thị|quyết định|nghị định|chương trình)[^;.]{0,40}"
    r"(?:-[nk][ql]/tw|/nq-cp|/ct-ttg|/qđ-ttg|của (?:trung ương|bộ chính trị|chính phủ|thủ tướng))"
)
_CITED_FIRST = rx(
    r"(?:theo|thực hiện) (?:đúng )?(?:tinh thần )?(?:nghị quyết|kết luận|chỉ thị|quyết định|nghị định|chương trình)"
    r"[^;.]{0,60}(?:-[nk][ql]/tw|/nq-cp|/ct-ttg|/qđ-ttg|của (?:trung ương|bộ chính trị|chính phủ|thủ tướng))"
)
# «đạt 102% chỉ tiêu», «vượt 3,9% so với kế hoạch»: how much of another goal was reached.
_OF_PLAN = rx(
    r"\bvượt \d[\d.,]{0,6}\s{0,2}%|\bđạt \d[\d.,]{0,6}\s{0,2}% (?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
)
_NONE_ABOVE = rx(r"\bkhông (?:để|có|còn|được)\b")  # «không để hồ sơ trễ hạn vượt 1%»
_BASE_YEAR = rx(r"so với năm (20\d\d)")
_ASKING = rx(r"\b(?:bảo đảm|đảm bảo|phấn đấu)\b")
_TOLD = rx(
    r"[^;.]{0,160}?\b(?:được|phải|có|đạt|gửi|nộp|sử dụng|dùng|hoàn thành|thực hiện|ban hành|bảo đảm|đảm bảo|tham gia"
    r"|cập nhật|công khai|giải quyết|xử lý|áp dụng|kết nối|thành lập|ký|không)\b"
)
_OPENS = rx(r"[^;.]{0,80}?\b(?:được|đạt|có|hoàn thành|tự (?:bảo đảm|đảm bảo|chủ))\b")
_ASIDE = rx(r"\b(?:trong đó|tối thiểu|ít nhất|phấn đấu|được|phải|riêng|lĩnh vực)\b")
_NOT_ASKED = rx(
    r"\b(?:trong (?:vòng|thời hạn|thời gian)|trong|sau|kể từ|trước|điểm|khoản|điều|số|mức|mức độ|cấp độ|giai đoạn"
    r"|ngày"
    r"|tháng|quý) $"
)
_LATE = rx(r"\b(?:quá hạn|trễ hạn|chậm|tồn|tồn đọng|kéo dài) $")  # «không để hồ sơ quá hạn trên 5 ngày»
# «Số lượt người dân bổ sung hồ sơ quá 01 lần giảm 50%»: the count only tells which are counted.
_QUALIFIED = rx(r"\b(?:t[ỷỉ] lệ|số lượt|số lượng|số)\b[^;,.]{0,60}$")
_THEN_RATE = rx(
    r"[^;,.%]{0,40}\b(?:giảm|tăng|đạt|dưới|trên|không quá|còn|chiếm|tối đa)\b[^;,.%]{0,30}\d[\d.,]{0,6}\s{0,2}%"
)
# «Số tiêu chí bị 0 điểm giảm từ 11 xuống còn 5», «hồ sơ bổ sung quá 01 lần chiếm dưới 0,5%»: a mark of what is counted
_MARKED = rx(r"\b(?:bị|có|đạt|dưới|chỉ|mất) $")
_OF_WHICH = rx(r"\b(?:hồ sơ|t[ỷỉ] lệ|số lượt|số lượng|số|thủ tục|trường hợp|tiêu chí)\b[^;,.]{0,60}$")
_THEN_CHANGES = rx(r"[^;,.%\d]{0,12}\b(?:giảm|tăng|còn|xuống|không quá|chiếm)\b[^;,.%]{0,30}\d")
# «sắp xếp thôn có dưới 50 hộ», «sáp nhập trường không đủ 05 lớp»: which are so small
_SMALL = rx(
    r"\b(?:sắp xếp|sáp nhập|giải thể|hợp nhất|rà soát|xử lý|kiện toàn|tổ chức lại|tinh gọn|đối với|những|các|số)\b"
    r"[^,;.%\d]{0,60}\bcó (?:quy mô )?(?:dưới|ít hơn) $"
)
_CARRIES = rx(r"(?:[^;.:()\d]|mức độ \d){0,80}?(?:,|\bvà)\s{0,3}")
_VERB_FIRST = rx(r"[^\W\d_]{1,12}(?: [^\W\d_]{1,12}){0,2} ")
# «Kiểm tra công vụ tại 05 xã», «Duy trì hoạt động của 15 tổ», «Lắp đặt camera ở 12 điểm»
_INSPECTS = rx(
    r"\b(?:kiểm tra|thanh tra|giám sát|thí điểm|khảo sát|triển khai|lắp đặt|trang bị|phủ|phủ sóng|xây dựng|vận hành"
    r"|mở rộng|nhân rộng|áp dụng|bố trí|thành lập|duy trì|đầu tư|sửa chữa|nâng cấp|cải tạo|cổ phần hóa"
    r"|thoái vốn|tự chủ)\b[^;,.%\d]{0,60}"
    r"\b(?:tại|đối với|ở|của|cho) $"
)
# «Số mô hình mới: 02 mô hình», «Chỉ số PAPI: 45 điểm»
_ITS_VALUE = rx(r"\s{0,3}(?:[;,.()/]|$|trở lên)")
# «Thời gian chờ tại quầy là 15 phút»
_TIME_IS = rx(r"\b(?:thời gian|thời hạn|số ngày|số giờ|số lần)\b[^;,]{0,120}(?::|\b(?:là|đạt|ở mức))\s{0,3}$")
# «Thời gian chờ tối đa của công dân», «Tỷ lệ tối đa hồ sơ quá hạn»: the bound stands in what is measured.
_LIMIT = rx(r"\b(?P<most>tối đa|nhiều nhất)\b|\b(?:tối thiểu|ít nhất)\b")
_WITHIN = rx(r"\btrong(?: vòng| thời gian| thời hạn)? $")
_NONE_OF = rx(r"\bkhông (?:để|có|còn|phát sinh|nợ|xảy ra)\b[^,;.:()\d]{0,70}$")
_CLASS_BEFORE = rx(r"\b(?:loại|mức|hạng|xếp loại) (?:xuất sắc|tốt|khá|trung bình|[abc])(?: trở lên)?\s{0,3}\($")
# «Bảo đảm hồ sơ đúng hạn đạt 98%; thời gian chờ không quá 15 phút; ...»: all clauses are asked for
_OPENS_AIM = rx(r"(?:bảo đảm|đảm bảo|phấn đấu)\b")
_THEN_YEAR = rx(
    r"[^;.:]{0,60}?[,;] (?:và )?(?:(?:đến|phấn đấu đến|từ|trong|sang)(?: hết| cuối)? )?năm 20\d\d(?: (?:là|còn|đạt))? ?"
)
_WHOLE_BEFORE = rx(
    r"(?:\b\d{1,5}/\d{1,5} [^;:.()\d]{2,40}"
    r"|\b(?:tất cả|toàn bộ|toàn thể|mọi|hầu hết|phần lớn)(?: các)?(?: [^;:.()\d]{2,60})?"
    r"|\b(?:một|phân|quá|hơn một) nửa|\b(?:một|hai|ba|bốn) phần (?:hai|ba|tư|bốn|năm|mười)"
    r"|\bkhông(?: (?:để|có|còn|phát sinh|xảy ra)){0,3})\s?$"
)
_PREPOSITION = rx(
    r"\b(?:tại|trong|của|theo|với|cho|các|ở|từ|về|số|năm|quý|gồm|sau|trước|đến|điều|khoản|giai đoạn|tổng) $"
)
# «Thời gian khám có thêm 01 kỹ thuật xét nghiệm: dưới 3 giờ»: whose time it is
_LIMITED = rx(
    r"[^;.,:%\d]{0,80}: ?(?:đạt |là )?(?:dưới|không quá|tối đa|không vượt quá|trong|[<≤]=?) ?\d{1,3}(?:[.,]\d)? "
    r"(?:ngày|giờ|phút|tuần|tháng)\b"
)
_FROM_ONLY = rx(r"\s*từ\s*")
_NEW_CLAUSE = rx(r"[,;](?: [^\W\d_]{1,12}){0,8}\s{0,3}$")
# An article tells how the machinery changes: «sắp xếp lại 03 trung tâm», «tự chủ tài chính đối với 02 đơn vị».
_REORGANISES = rx(
    r"\b(?:sắp xếp|sáp nhập|giải thể|hợp nhất)(?: lại| mới)? $"
    r"|\b(?:tự chủ|cổ phần hóa)\b[^;,.%\d]{0,40}\b(?:cho|đối với|tại) $"
)
_AND = rx(r"(?:\bvà|,) $")  # «Giảm 2% biên chế và giảm 05 đơn vị»
_EACH = rx(r"(?:,|\bvà) (?:mỗi|từng) [^,;.:\d]{2,40}$")  # «50% huyện và mỗi huyện 03 xã được kiểm tra»
_SAYS = rx(r"\b(?:được|có|đạt|phải|hoàn thành|thực hiện|ban hành|sử dụng|tham gia|triển khai|xây dựng|trở lên)\b")
_CHANGES = (
    "thêm", "gấp", "giảm", "giảm thêm", "tinh giản", "rút ngắn", "cắt giảm", "tăng", "tăng thêm", "nâng", "tiết kiệm",
    "còn", "xuống", "lên",
)  # fmt: skip
_COMPLETES = rx(
    r"\b(?:xử lý|giải quyết|hoàn thành|khắc phục|trả lời|thu hồi|số hóa|cập nhật|công khai|niêm yết|tiếp nhận|đồng bộ"
    r"|làm sạch|rà soát|đánh giá|chi trả|cấp|tích hợp|kết nối|chia sẻ|chuẩn hóa|duy trì|cung cấp|ký số|xác thực|lưu trữ"
    r"|công bố|tái cấu trúc|thẩm định|giải ngân|xóa|xóa bỏ|thay thế)(?:,? (?:dứt điểm|xong|triệt để|kịp thời"
    r"|đầy đủ|đúng hạn|việc|số hóa|xử lý"
    r"|giải quyết|rà soát|cập nhật|công khai|thường xuyên|đúng quy định|chính xác)){0,3} $"
)
# «Giao quyền tự chủ cho 100% đơn vị», «xin lỗi bằng văn bản đối với 100% hồ sơ trễ hạn»: what is done is done to all
_TO_ALL = rx(
    r"\b(?:giao|thực hiện|triển khai|mở rộng|nhân rộng|áp dụng|xin lỗi|ký số|kiểm tra|tập huấn|bồi dưỡng|cấp|duy trì"
    r"|phủ|thành lập|vận hành|ứng dụng|lấy ý kiến)\b[^;.%\d]{0,80}\b(?:cho|đối với) $"
    r"|\b(?:kiểm tra|thanh tra|khảo sát|đánh giá)\b[^;.%\d]{0,80}\btại $"
    r"|\b(?:phổ cập|phủ sóng|niêm yết|phổ biến)\b[^;.%\d]{0,60}\b(?:đến|tới) $"
)
_NO_MEANS = rx(r"\b(?:kinh phí thực hiện|dự toán|máy|thiết bị)\b")
_FEWER_OR_MORE = ("thêm", "tăng", "tăng thêm", "giảm", "giảm thêm", "cắt giảm", "tinh giản", "rút ngắn", "gấp")
_BRINGS = rx(r"\b(?:đưa|nâng|chuyển)(?: thêm)? $")  # «Đưa 12 thủ tục lên toàn trình»
_TO = rx(r"[^;.]{0,80}?\b(?:lên|vào|sang|thành)\b")
_HONOURED = rx(r"[^;.,]{0,60}?\b(?:được (?:cấp|công nhận)|đạt (?:chuẩn|tiêu chí|tiêu chuẩn|danh hiệu))\b")
_AMONG = rx(
    r"\btrong (?:số )?đó,?:?(?: có)? $"
)  # «128 thủ tục được cung cấp trực tuyến, trong đó 110 thủ tục toàn trình»
_REACHES = (
    "đạt", "bảo đảm", "đảm bảo", "phấn đấu", "nâng", "lên", "xuống", "còn", "giảm", "tăng", "rút ngắn", "cắt giảm",
    "tinh giản", "tiết kiệm", "giảm thêm",
)  # fmt: skip


# «13/13 xã, thị trấn và 100% cơ quan hành chính huyện thực hiện ...»: two wholes of one sentence
_BESIDE = rx(r"\W{0,5}\d{1,4}(?:/\d{1,4})? [^;.:\d%]{2,60} và\s{0,2}")
_STRIVEN = rx(r"\bphấn đấu\b[^,;.:%\d]{0,60}$")
# «Rút ngắn 20% thời gian đối với ít nhất 80 thủ tục»: of how many it is to hold
_APPLIED = rx(r"\b(?:đối với|cho|tại|ở) (?:ít nhất|tối thiểu|không dưới|trên) $")
_AND_THEN = rx(r"(?:,|;|\bvà) (?:ít nhất |tối thiểu )?$")
_PLACES_OF = rx(r"(?P<n>0?\d{1,3})/(?!(?P=n)\b)\d{1,3} (?:huyện|xã|phường|thị xã|thành phố|sở|cơ quan|đơn vị|phòng)\b")
_NO_SUCH = rx(r"\bkhông (?:có|để|còn)\b[^,;.]{0,80} nào\b[^,;.]{0,40}$")


@dataclass(slots=True)
class Asked:
    """Sorts the amounts of a paragraph, sentence by sentence; `past` goes on from one sentence to the next."""

    m: str
    plain: str  # `m` with the insides of parentheses hidden
    plan_year: int | None
    in_goals: bool
    aimed: bool
    past: bool = False

    def sort(self, start: int, end: int) -> tuple[list[Amount], list[str]]:
        """The amounts of a sentence that are goals, and the reasons why others are none."""
        found: list[Amount] = []
        refused: list[str] = []
        ratio: Amount | None = None
        for amount in amounts(self.m, start, end):
            if ratio is not None and ";" in self.m[ratio.end : amount.start]:
                ratio = None
            if amount.kind == "count" and not self._counted(amount, start, ratio, found):
                continue
            ratio = amount if amount.kind == "ratio" else ratio
            why = self._refused(amount, start, end, found[-1] if found else None, refused)
            if why:
                refused.append(why)
                continue
            self.past = False
            if self.plain[amount.start] == HIDDEN and self._restates(amount):
                amount = self._restated(amount, found)
            if amount.kind == "ratio" and amount.value == 100 and found and self._same_whole(found[-1], amount):
                found.pop()  # «50/50 cơ sở ..., đạt 100%»: said twice
            found.append(amount)
        return found, refused

    def _same_whole(self, last: Amount, amount: Amount) -> bool:
        between = self.m[last.end : amount.left]
        return last.of and ";" not in between and amount.verb == "đạt" and between.rstrip().endswith(",")

    def _refused(self, amount: Amount, start: int, end: int, last: Amount | None, refused: list[str]) -> str | None:
        if not self.in_goals and (unclear := self._unclear(amount, start, end, last)):
            return unclear
        aside = self.plain[amount.start] == HIDDEN
        text = self.m if aside else self.plain
        why = refusals.why_not(
            text, start, end, amount.start, amount.end, self.plan_year, amount.kind, amount.comparator
        )
        if why is None and aside:
            why = self._aside(amount)
        if why is None and self._still_past(amount, start, refused):
            why = refusals.W_PAST
        if why == refusals.W_PAST and not aside:
            self.past = True
        return why

    def _still_past(self, amount: Amount, start: int, refused: list[str]) -> bool:
        """«Đến hết năm 2022, 100% ...; 99% hồ sơ ...»: the past goes on until an aim or another year is named."""
        if not self.past or (self.in_goals and refusals.W_PAST not in refused):
            return False
        clause = self.m[max(start, amount.left - 300) : amount.start]
        clause = clause[clause.rfind(";") + 1 :]
        bare = amount.bare or amount.kind == "rank"
        years = re.findall(r"20\d\d", clause)
        other = years if self.plan_year is None else [year for year in years if int(year) >= self.plan_year]
        return bare and not _AIM.search(clause) and not other

    def _unclear(self, amount: Amount, start: int, end: int, last: Amount | None) -> str | None:
        """Outside the goals: why the figure is not clearly one."""
        m = self.m
        far = max(start, amount.start - _FAR)
        begin = max(m.rfind(";", far, amount.left) + 1, far)
        clause = m[begin : amount.start]
        after = m[amount.end : min(end, amount.end + 220)]
        aim = self.aimed or bool(_AIM.search(m, far, amount.start))
        year, _ = due(m, begin, amount.start, amount.end, min(end, amount.end + _FAR))
        goes_on = last is not None and last.unit == amount.unit and ";" not in m[last.end : amount.start]
        ahead = self.plan_year is not None and year is not None and year > self.plan_year and (
            "phấn đấu" in clause or goes_on  # «lên 95% trong năm 2023 và 100% trong năm 2024»
        )  # fmt: skip
        if year is not None and self.plan_year is not None and year != self.plan_year and not (self.aimed or ahead):
            return W_OTHER_YEAR
        if not self.aimed and refusals.ruled(after):
            return refusals.W_LAW
        cited = _CITED_AFTER.search(after) or _CITED_FIRST.match(clause.lstrip())
        if cited and not _AIM.search(clause):
            return refusals.W_CITED
        base = _BASE_YEAR.search(after[:120].split(",")[0])
        if base and amount.bare and self.plan_year is not None and int(base[1]) < self.plan_year - 1:
            return W_OTHER_YEAR
        share = _OF_PLAN.search(self.m, max(start, amount.start - 30), min(end, amount.end + 50))
        if share and "phấn đấu" not in clause and not _NONE_ABOVE.search(clause):
            return refusals.W_PAST
        if goes_on:
            return None  # «đạt 90% ở cấp tỉnh, 80% ở cấp huyện»: the first was clear
        if amount.kind == "count":
            wanted = not amount.bare or amount.value == 0 or amount.of or amount.verb in _FEWER_OR_MORE
            wanted = wanted or self._strives_for(amount, begin)
            wanted = wanted or (aim and amount.verb == "có")  # «phấn đấu mỗi xã có 01 mô hình»
            wanted = wanted or (aim and bool(_EACH.search(m, max(far, amount.left - 60), amount.left)))
            wanted = wanted or (self.aimed and bool(_REORGANISES.search(m, max(start, amount.left - 60), amount.start)))
            wanted = wanted or bool(_BRINGS.search(m, max(far, amount.start - 40), amount.start) and _TO.match(after))
            if last is not None and last.kind == "count" and _CARRIES.fullmatch(m, last.end, amount.left):
                return None  # «Đưa 12 thủ tục lên toàn trình trong quý II và 08 thủ tục trong quý III»
            honoured = edged(clause, 0, len(clause)) and bool(_HONOURED.match(after))
            among = last is not None and last.kind == "count" and _AMONG.search(m, last.end, amount.start)
            if self.aimed and among:
                return None
            work = amount.unit in load("figures")["activity_units"] and amount.verb not in _FEWER_OR_MORE
            return None if honoured or (wanted and (aim or not work)) else W_OUTSIDE
        if amount.kind == "rank" or not amount.bare or aim or amount.verb in _REACHES or _ASKING.search(clause):
            return None
        if completes(m[max(begin, amount.start - 100) : amount.start], amount.value):
            return None  # «xử lý dứt điểm 100% hồ sơ quá hạn»
        opens = edged(clause, 0, len(clause)) or clause.rstrip().endswith(",") or bool(_BESIDE.fullmatch(clause))
        return None if opens and _TOLD.match(after) else W_OUTSIDE

    def _strives_for(self, amount: Amount, begin: int) -> bool:
        """«phấn đấu trong năm cấp 2.300 giấy»: the clause itself says that so many are striven for."""
        clause = self.m[max(begin, amount.start - 100) : amount.start]
        return bool(_STRIVEN.search(clause) and _count_verb().search(clause))

    def _aside(self, amount: Amount) -> str | None:
        """A figure inside parentheses is a goal only when the parenthesis sets tiers or parts apart."""
        a, b = self._brackets(amount)
        if (self.in_goals or amount.value == 0) and self._restates(amount):
            return None
        tiers = amount.kind != "rank" and (
            read_levels(self.m, a + 1, b - 1).tiers or bare_tier(self.m, a + 1, amount.left)
        )
        if not amount.bare and _CLASS_BEFORE.search(self.m, max(0, a - 40), a + 1):
            return None  # «đạt loại Tốt (từ 85 điểm trở lên)»
        return None if tiers or _ASIDE.search(self.m, a, b) else refusals.W_ASIDE

    def _brackets(self, amount: Amount) -> tuple[int, int]:
        """The span of the parentheses an amount stands in."""
        a, b = amount.start, amount.end
        while a > 0 and self.plain[a - 1] == HIDDEN:
            a -= 1
        while b < len(self.plain) and self.plain[b] == HIDDEN:
            b += 1
        return a, b

    def _restates(self, amount: Amount) -> bool:
        """«10/10 huyện (100%) thực hiện ...», «Tất cả (100%) công chức», «không để phát sinh (0 đơn)»: nothing but the
        figure stands in the parentheses, and says what the words before say."""
        a, b = self._brackets(amount)
        if amount.value == 0 and _NONE_OF.search(self.m, max(0, a - 80), a):
            return True  # «không để nợ (0 văn bản) quy định chi tiết»
        inside = self.m[a:b].strip("() ")
        alone = inside == self.m[amount.start : amount.right].strip()  # «(100%)», not «(đạt 100%)»
        return alone and bool(_WHOLE_BEFORE.search(self.m, max(0, a - 80), a))

    def _restated(self, amount: Amount, found: list[Amount]) -> Amount:
        """The amount with the words it repeats; a count that says the same is taken from those `found`."""
        a, b = self._brackets(amount)
        last = found[-1] if found else None
        if last is not None and last.of and a - last.end < 40 and ";" not in self.m[last.end : a]:
            found.pop()
            return replace(amount, left=last.left, right=b, noun=last.noun)
        said = _WHOLE_BEFORE.search(self.m, max(0, a - 80), a)
        return replace(amount, left=said.start() if said else a, right=b, noun=-1)

    def _counted(self, amount: Amount, start: int, ratio: Amount | None, found: list[Amount]) -> bool:
        if self._count_is_asked(amount, start, ratio):
            return True
        # «02 huyện và 05 xã»: what was asked of the count before is asked of this one.
        last = found[-1] if found and found[-1].kind == "count" else None
        if last is not None and _AMONG.search(self.m, last.end, amount.start):
            return True
        timed = amount.unit in load("figures")["time_units"]
        if last is not None and amount.unit == last.unit and _THEN_YEAR.fullmatch(self.m, last.end, amount.left):
            return True  # «còn 25 phút/lượt vào năm 2023, đến năm 2025 là 15 phút»
        if last is not None and not timed and amount.unit == last.unit and amount.unit in load("figures")["measures"]:
            return ";" not in self.m[last.end : amount.left]  # «không dưới 85 điểm, riêng Văn phòng từ 90 điểm»
        return last is not None and not timed and bool(_CARRIES.fullmatch(self.m, last.end, amount.left))

    def _count_is_asked(self, amount: Amount, start: int, ratio: Amount | None) -> bool:
        """Is a counted number what the sentence asks for?"""
        m = self.m
        if amount.bare and _NO_SUCH.search(m, max(start, amount.left - 160), amount.left):
            return False  # «Không có tiêu chí nào đạt 0 điểm»: there shall be none, whatever the figure
        near = max(start, amount.left - 60)
        if amount.bare and _LIMITED.match(m, amount.end):
            return False
        alone = bool(_FROM_ONLY.fullmatch(m, amount.left, amount.start)) and not (
            amount.named and amount.right > amount.end
        )
        explicit = not amount.bare and not alone  # «từ» alone is also a preposition
        within = self.in_goals and ratio is None and amount.unit in load("figures")["time_units"]
        if within and _WITHIN.search(m, near, amount.left) and _ITS_VALUE.match(m, amount.end):
            return True  # «Cấp phù hiệu xe trong 02 giờ»
        limits = explicit and (
            self.in_goals
            or self.aimed
            or amount.unit not in load("figures")["time_units"]
            or _OPENS_AIM.match(m, start) is not None
        )
        if not limits and _NOT_ASKED.search(m, near, amount.left):
            return False
        if amount.unit is None:
            far = max(start, amount.start - _FAR)
            return amount.verb in ("đạt", "bằng") or subjects.mentions_index(m, far, amount.start)
        changed = amount.verb in _CHANGES
        own = amount.unit == "điểm" and amount.verb == "đạt" and subjects.mentions_index(m, near, amount.left)
        applied = self.in_goals and _APPLIED.search(m, near, amount.start)
        marked = amount.unit == "điểm" and _MARKED.search(m, near, amount.left)
        if marked and _OF_WHICH.search(m, near, amount.left) and _THEN_CHANGES.match(m, amount.end):
            return False
        if amount.comparator == "<" and _SMALL.search(m, max(start, amount.start - 100), amount.start):
            return False
        if ratio is not None and self._listed_beside(ratio, amount):
            return True
        beside_share = amount.of and _AND_THEN.search(m, near, amount.start) and _PLACES_OF.match(m, amount.start)
        if ratio is not None and self.in_goals and beside_share:
            return True  # «Kiểm tra tại ít nhất 30% số cơ quan và 03/7 huyện»
        if ratio is not None and not own and not applied and not self._new_clause(ratio, amount, near):
            return False  # «100% xã có ít nhất 01 mô hình»: the count belongs to what is said of the 100%
        if amount.unit in load("figures")["time_units"]:
            qualified = _OF_WHICH if amount.comparator == ">" else _QUALIFIED
            of_others = qualified.search(m, near, amount.left) and _THEN_RATE.match(m, amount.end)
            told = self.in_goals and self._is_told(amount, start)
            return (explicit or changed or told) and not of_others and not _LATE.search(m, near, amount.left)
        if amount.unit == "số":
            return False
        if explicit or changed or amount.of or amount.value == 0 or _EACH.search(m, near, amount.left):
            return True
        if self.in_goals and self._is_told(amount, start):
            return True
        if _count_verb().search(m, near, amount.left if alone else amount.start):
            return True
        if self.in_goals and _INSPECTS.search(m, near, amount.start):
            return True
        if self.in_goals and amount.unit == "điểm" and "/" in m[amount.start : amount.end]:
            return True  # «Mức độ hài lòng 8,2/10 điểm»
        verb_first = amount.left - start < 60 and _VERB_FIRST.fullmatch(m, start, amount.left)
        if verb_first and not _PREPOSITION.search(m, start, amount.left):
            return True
        # «05 dịch vụ công được cung cấp ...»: the figure opens the clause.
        if self.in_goals and (edged(m, start, amount.left) or m[near : amount.left].rstrip()[-1:] == ";"):
            return True
        opens = edged(m, start, amount.left) or m[near : amount.left].rstrip()[-1:] in (";", ",", ":")
        return opens and bool(_OPENS.match(m, amount.end, amount.end + 100))

    def _is_told(self, amount: Amount, start: int) -> bool:
        """Is the number the value of what stands before it («Số mô hình mới: 02», «Thời gian chờ là 15 phút»)?"""
        before = self.m[max(start, amount.start - 160) : amount.start]
        value = before.rstrip().endswith(":") and _ITS_VALUE.match(self.m, amount.end)
        timed = amount.unit in load("figures")["time_units"] and amount.unit != "lần"
        return bool(_TIME_IS.search(before) or (value and not timed))

    def _listed_beside(self, ratio: Amount, amount: Amount) -> bool:
        """«85% văn bản chuyển qua phần mềm, 06 dịch vụ công»: under goals a number of its own behind a share."""
        data = load("figures")
        if not self.in_goals or amount.left != amount.start or amount.unit is None or not amount.named:
            return False
        if amount.unit in data["time_units"] or amount.unit in data["counted_whole"] or amount.unit in data["measures"]:
            return False
        said = self.m[ratio.right : amount.left].rstrip()
        return said[-1:] in (",", ";") and said.count(",") + said.count(";") == 1 and len(said.split()) > 4

    def _new_clause(self, ratio: Amount, amount: Amount, near: int) -> bool:
        """Is the count said in a clause of its own, not of the members of a list («100% cơ quan, địa phương có 01»)?"""
        if _EACH.search(self.m, near, amount.left):
            return True
        if amount.verb in _FEWER_OR_MORE and _AND.search(self.m, near, amount.left):
            return True
        if not _NEW_CLAUSE.search(self.m, near, amount.left):
            return False
        comma = max(self.m.rfind(c, ratio.end, amount.left) for c in ",;")
        if comma < 0 or self.m[comma] == ";" or self.m[ratio.end : comma].count(",") > 2:
            return True
        said = self.m[ratio.right : comma].strip(" ,")
        return not said or len(said.split()) > 6 or bool(_SAYS.search(said))


@cache
def _count_verb() -> re.Pattern[str]:
    verbs = words(load("figures")["count_verbs"])
    return rx(
        rf"\b(?:{verbs})(?: (?:thành công|dứt điểm|xong|lại|mới|được|thêm|được ít nhất|các|ra|cho"
        r"|vận hành|hiệu quả|hoạt động)){0,2} $"
    )


def limit_told(m: str, start: int, amount: Amount) -> str | None:
    """The comparator that the words before a bare figure tell of what is measured, or None."""
    said = m[start : amount.left]
    found = [hit["most"] for hit in _LIMIT.finditer(said)]
    if found:
        return "<=" if found[-1] else ">="
    timed = amount.unit in load("figures")["time_units"] and (
        _TIME_IS.search(m[start : amount.start]) or _WITHIN.search(m[start : amount.left])
    )
    return "<=" if timed else None


def aims(match: str, start: int, end: int) -> bool:
    """Does the paragraph say that goals are told («với một số chỉ tiêu sau», «năm 2024 tỉnh phấn đấu»)?"""
    return bool(_AIM.search(match, start, end))


def beside(before: str) -> bool:
    """Does nothing but another whole stand before a figure («13/13 xã, thị trấn và 100% cơ quan ...»)?"""
    return bool(_BESIDE.fullmatch(before))


def completes(before: str, value: float | None) -> bool:
    """Do the words right before a percentage say that so much of something is to be done («xử lý dứt điểm 100%»)?"""
    if _COMPLETES.search(before):
        return True
    return value == 100 and bool(_TO_ALL.search(before)) and not _NO_MEANS.search(before)
