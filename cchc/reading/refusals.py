"""Why a figure or a sentence is no goal of the plan, in words an official reads."""

from __future__ import annotations

import re

from cchc.reading.patterns import rx

W_PAST = "Kết quả đã đạt hoặc số liệu của năm trước, không phải mục tiêu"
W_BASE = "Mức dùng để so sánh, không phải mục tiêu"
W_CITED = "Mục tiêu của văn bản khác được viện dẫn, không phải mục tiêu của kế hoạch này"
W_OLD = "Mức cũ được sửa đổi, thay thế hoặc bãi bỏ"
W_SCORE = "Quy định về chấm điểm, xếp loại, thi đua hoặc chế tài, không phải mục tiêu"
W_MONEY = "Mức chi, mức thu hoặc tỷ lệ vốn, không phải mục tiêu"
W_LAW = "Mức do pháp luật hoặc quy định chung đặt ra, không phải mục tiêu của kế hoạch"
W_DESCRIBES = "Đặc điểm của đơn vị được đếm, không phải mục tiêu riêng"
W_ASIDE = "Con số chú thích trong ngoặc đơn"

_GOAL_WORD = rx(r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|tối thiểu|ít nhất)\b")
_DONE = rx(
    r"\b(?:đã (?:đạt|có(?! hiệu lực)|hoàn thành|thực hiện|giải quyết|tiếp nhận|vượt|tăng|giảm|triển khai|ban hành"
    r"|số hóa|cung cấp|xây dựng|công bố|cắt giảm|rút ngắn|đơn giản hóa|đưa|thành lập|kết nối|bố trí|bồi dưỡng|nâng)"
    r"|đạt được (?:những|nhiều|một số)|cùng kỳ|tính đến|kết quả (?:thực hiện )?năm 20\d\d|(?:theo|qua) (?:báo cáo"
    r"|theo dõi|thống kê|tổng hợp|số liệu|công bố|kết quả)|ước đạt|(?<!học\x20)(?<!năm\x20)mới đạt"
    r"|hiện(?: nay| tại)?,? (?:vẫn |chỉ |mới )?(?:đạt|có|còn|chiếm)|cho thấy|ghi nhận"
    r"|(?:các|những) năm (?:trước|qua)[^;.]{0,40}? đạt)\b"
)
# «dữ liệu đã số hóa đạt 40%»: «đã» tells which data, not what was reached.
_OF_NOUN = rx(r"\b(?:dữ liệu|hồ sơ|văn bản|nhiệm vụ|thủ tục|tài liệu|kết quả|giấy tờ|kiến nghị|thông tin|việc) $")
_REACHES = rx(r"[^,;]{0,40}?\b(?:(?:đạt|được|phải)\b|(?:từ|trên|ít nhất|tối thiểu|không dưới)\s{0,2}$)")
# «..., năm 2025 phải đạt 80%»: after what was reached the sentence turns to the plan's year.
_TURNS = rx(r"[,;] (?:(?:sang|đến|đến hết|đến cuối|trong|hết|thì) )?năm (?P<y>20\d\d)")
# «Bên cạnh đó, còn 21% xã, phường thiếu công chức»: a shortcoming, not what is to be left.
_STILL = rx(r"(?<!giảm\s)(?<!chỉ\s)(?<!xuống\s)\b(?:vẫn )?còn (?:có |tới |đến |trên |gần |khoảng |hơn ){0,2}$")
_SHORT_OF = rx(r"[^;.]{0,80}?\b(?:thiếu|chưa|chậm|yếu|lúng túng|vướng mắc|hạn chế|quá hạn|trễ hạn)\b")
# «Một số đơn vị có tỷ lệ hồ sơ quá hạn trên 10%; 15% phản ánh của doanh nghiệp chưa được trả lời»
_SOME = rx(r"^\W{0,5}(?:tuy nhiên,? |bên cạnh đó,? |hiện )?(?:còn |vẫn còn )?(?:một số|nhiều|không ít) "
           r"(?:cơ quan|đơn vị|địa phương|nơi|sở|xã|huyện)\b[^;.%]{0,40}? (?:có|còn|chưa"
           r"|để) [^;.%]{0,60}$")  # fmt: skip
_NOT_YET = rx(
    r"(?: [^\W\d_]{1,8}){1,8}? chưa (?:được|có|thực hiện|đạt|xử lý|giải quyết"
    r"|hoàn thành)\b(?![^;.]{0,60}\bphải\b)")
_BY_LAW = rx(
    r"\btheo (?:đúng )?(?:quy định|luật)(?: của pháp luật| hiện hành)?,? (?:là |phải |đạt ){0,2}"
    r"(?:tối thiểu|ít nhất|tối đa|không (?:quá|dưới|thấp hơn|vượt quá))\s{0,3}$"
)
_DONE_AFTER = rx(
    r"[^;,.]{0,160}?\bđã (?:đạt|có(?! hiệu lực)|hoàn thành|ban hành|xây dựng|thực hiện|triển khai|được)\b"
    r"(?P<rest>[^;.]{0,200})"
)
_YEAR = rx(r"\b(?:năm|giai đoạn) (?P<y>20\d\d)(?!\d)")
# «Thay cụm từ “đạt tối thiểu 60%” bằng ...», «Bãi bỏ chỉ tiêu “giảm 3% ...”»: what an amendment takes away
_OLD_WORDS = rx(
    r"\b(?:thay|thay thế|bãi bỏ|hủy bỏ|bỏ|sửa|sửa đổi)(?: thế)? (?:các |những )?(?:cụm từ|từ|nội dung|con số"
    r"|số liệu|chỉ tiêu|mức)"
    r"[^;.\"“”«»]{0,40}[\"“«][^\"“”«»]{0,80}$|\b(?:bãi bỏ|hủy bỏ) (?:các |những )?(?:chỉ tiêu|nội dung|điểm"
    r"|khoản|mục|gạch)\b(?:[^;.]|\.(?=\d)){0,120}$"
)
# «Tỉnh đặt mục tiêu 95% ...; huyện đã thực hiện đủ»: what was set from above, and how it stands here
_SET_ABOVE = rx(
    r"(?:^|[.;]\s)\W{0,3}(?:ubnd )?(?:tỉnh|trung ương|chính phủ|bộ|cấp trên) (?:đặt|giao|đề ra|yêu cầu)\b[^;.]{0,40}$"
)
_DONE_HERE = rx(
    r"[^.]{0,160}?[;,] (?:toàn )?(?:huyện|xã|phường|thị xã|thành phố|sở|tỉnh|đơn vị|cơ quan) (?:ta )?(?:đã|hiện|mới)\b"
)
_BASE = rx(r"\bso với[^;,.]{0,60}(?:là|đạt|mức|\()\s{0,2}$|\btừ mức $")
# «..., tăng từ 58% của năm trước», «so với 61% năm 2024»: where it stood
_FROM_BASE = rx(r"\b(?:từ|so với|vượt|hơn|bằng)(?: mức| kết quả| tỷ lệ| con số)?(?: đạt)? $")
_OF_LAST = rx(
    r"\s{0,2}(?:\(|,)?\s{0,2}(?:(?:đã|đạt|được|của|trong|vào|ở|tại|hồi|thực hiện|cuối|hết) ){0,4}"
    r"(?:cùng kỳ|năm (?:trước|ngoái|liền trước|vừa qua|(?P<y>20\d\d)))\b"
)
# «(năm 2024 mới khắc phục được 82%)», «(kết quả năm trước: 52%)»: a note on what was
_NOTED_PAST = rx(
    r"\(\s{0,2}(?:(?:kết quả|thực hiện|số liệu|thực tế|cuối|hết|đến|trong|tính đến|của|cùng kỳ|con số) ){0,4}"
    r"(?:cùng kỳ|năm (?:trước|ngoái|vừa qua)|(?:năm )?(?P<y>20\d\d)(?=[ :,]))(?!\w)"
    r"(?![^()]{0,200}\b(?:phấn đấu|mục tiêu|chỉ tiêu)\b)"
)
_CITING = rx(
    r"\b(?:nghị quyết|quyết định|chỉ thị|chương trình|đề án|kết luận|chiến lược|chính phủ|thủ tướng|trung ương"
    r"|bộ nội vụ|tỉnh ủy)\b"
    r"[^;]{0,220}?\b(?:đặt (?:ra )?(?:mục|chỉ|yêu)|đề ra|xác định|quy định|yêu cầu|giao (?:chỉ|cho|tỉnh)|nêu rõ"
    r"|mục tiêu(?: là)? (?:đến|phải|đạt|trên|ít))\b"
    r"|\b(?:chỉ đạo|chủ trương|yêu cầu|mục tiêu|chỉ tiêu) (?:do |của )?(?:thủ tướng(?: chính phủ)?|chính phủ|trung ương"
    r"|quốc hội|bộ nội vụ|bộ chính trị|tỉnh ủy|cấp trên) (?:giao |đề ra |đặt ra )?(?:về|là|phải)\b"
)
# «Trong khi đó, theo kế hoạch của UBND tỉnh, đến năm 2025 toàn tỉnh có 80% ...»
_MEANWHILE = rx(r"\btrong khi đó,? theo [^;.]{0,160}$")
_SCORE_BEFORE = rx(
    r"\b(?:(?:được |bị )?(?:cộng(?! đồng| tác)|trừ|(?<!quả\s)(?<!tự\s)chấm|(?<!máy\s)tính|thưởng)"
    r"(?: (?:thêm|tối đa|không quá|điểm))?|nếu|(?<!số\s)trường hợp"
    r"|điểm tối đa|thang điểm|trọng số|tỷ trọng|chiếm)\s{0,2}[^;.,]{0,50}$"
)
_SCORE_AFTER = rx(
    r"[^;.]{0,120}?\b(?:thì|bị (?:trừ|phê|xem|xử|đánh giá)|tổng (?:số )?điểm|không (?:được )?(?:xét|đề nghị|xếp)"
    r"|được (?:xét|đề nghị khen|cộng|xếp (?:loại|mức))|xem xét trách nhiệm|xếp loại)\b"
)
# «đạt dưới 70 điểm xếp loại Trung bình»: the marks of a class
_CLASSED = rx(
    r"(?: trở lên| trở xuống| đến (?:dưới )?\d{1,3} điểm)?(?: thì)? (?:được |bị )?(?:xếp|đánh giá) (?:loại|mức|hạng)"
)
# «phường, xã đạt dưới 70% chỉ tiêu phải giải trình», «tỷ lệ trả lời dưới 30% thì kết quả chỉ để tham khảo»
_ANSWERED = rx(
    r"[^;.,]{0,80}?\b(?:phải (?:báo cáo )?(?:giải trình|kiểm điểm|chịu trách nhiệm|rút kinh nghiệm|điều chuyển"
    r"|bố trí công tác khác|xin lỗi)|(?:thì"
    r"|sẽ) (?:bị|phải|không|chỉ"
    r"|kết quả)|chỉ để tham khảo|chưa được (?:tính|công nhận))\b"
)
_CONDITION = rx(
    r"\b(?:nếu|trường hợp|[^\W\d_]{1,8} nào|đơn vị (?:có|đạt|hoàn)|cơ quan (?:có|đạt)|cá nhân (?:có|đạt|hoàn)|những)\b"
)
# «được công nhận khi đạt tối thiểu 80% tiêu chí»: a rule, not a goal.
_CRITERION = rx(
    r"\b(?:được|xếp|công nhận|coi là|đánh giá)\b[^;.]{0,100}\b(?:khi|nếu) (?:có |đạt |kết quả |tổng |từ |trên "
    r"|tối thiểu |ít nhất |t[ỷỉ] lệ |số |điểm ){1,5}$"
)
_NAMED_UNITS = rx(
    r"\b(?:phê bình|khen thưởng|biểu dương|nhắc nhở|kiểm điểm|kỷ luật|trách nhiệm|những|xử lý|chấn chỉnh|xem xét"
    r"|không (?:xét|đề nghị|khen thưởng)|danh sách|thi đua"
    r"|đối với) (?:[^\W\d_]{1,8} ){0,2}(?:người đứng đầu )?(?:các |những )?"
    r"(?:đơn vị|cơ quan|cá nhân|địa phương|nơi|sở|xã)\b[^;.]{0,40}\b(?:(?:có|để) (?:t[ỷỉ] lệ|số|kết quả"
    r"|điểm)\b[^,;.]{0,60}|(?:hoàn thành|đạt) (?:dưới|thấp hơn|chưa đến|chưa đạt|không đạt|không quá) )$"
    r"|\b(?:phê bình|kiểm điểm|kỷ luật|nhắc nhở|xử lý|xem xét trách nhiệm)"
    r" (?:(?:đối với|trách nhiệm|trách nhiệm của) )?(?:người đứng đầu|thủ trưởng)"
    r"\b[^;.,]{0,60}\b(?:có|để) (?:từ |trên )?$"
)
_PUNISHED = rx(
    r"\b(?:thi đua|phê bình|kiểm điểm|khen thưởng|kỷ luật|nhắc nhở|trừ điểm"
    r"|xem xét trách nhiệm)\b[^;.%]{0,80}\b(?:có|để|đạt)\b[^;.,%]{0,40}$"
)
_REWARD = rx(r"\b(?:xuất sắc|khen thưởng|thi đua|danh hiệu|bằng khen|giấy khen)\b")
# «tỷ lệ hoàn thành xuất sắc nhiệm vụ không vượt quá 20%»: a bound of the plan, no rule of rewards
_RATED = rx(
    r"\W{0,5}(?:phấn đấu |bảo đảm "
    r"|đảm bảo )?(?:t[ỷỉ] lệ|số(?: lượng)?|trong đó) [^,;.%]{0,60}\bhoàn thành xuất sắc nhiệm vụ\b[^,;.%]{0,30}$")
_MONEY_BEFORE = rx(
    r"\b(?:lãi suất|thuế suất|lệ phí|phí|hỗ trợ|mức (?:chi|thu|hỗ trợ|phí|lương)|phụ cấp|lương|trợ cấp|trích|hưởng"
    r"|miễn|thưởng|(?<!lương\stừ\s)ngân sách"
    r"(?: trung ương| tỉnh| huyện| xã| địa phương| nhà nước| thành phố)?)(?: (?:là|bằng"
    r"|tối đa|tối thiểu|không quá|từ|đến|giảm|tới)){0,2}\s{0,2}$"
)
_MONEY_AFTER = rx(
    r"\s{0,2}(?:vốn (?:nhà|điều|nước|của|đầu)|mức (?:lương|phí|chi|thu|lệ|đóng)|lệ phí|phí |học phí|lương"
    r"|giá trị (?:gói|hợp)|(?:tổng )?(?:số )?(?:chi ngân|ngân) sách|(?:tổng )?chi thường xuyên|doanh thu|kinh phí)"
)
# «Giảm 50% lệ phí khi nộp trực tuyến»: what the citizen pays, no goal
_FEES = rx(r"\s{0,2}(?:mức )?(?:thu )?(?:phí(?! tuân)|lệ phí|học phí|thuế|tiền thuê|giá dịch vụ)\b")
_REMITS = rx(r"\b(?:giảm|miễn|miễn, giảm|miễn giảm)(?: (?:tối đa|tối thiểu|ít nhất|từ|đến|tới)){0,2}\s{0,2}$")
_SAVES = rx(r"\b(?:tiết kiệm|cắt giảm|giảm|tăng|giải ngân)\b[^;,.]{0,40}$")

_CAPITAL = rx(r"\b(?:vốn|nguồn vốn|kinh phí|ngân sách|nguồn thu)\b[^;,.%]{0,30} (?:chiếm|là|bằng)\s{0,3}$")
# «02 đơn vị nâng mức tự chủ lên trên 30%», «không quá 03 khóm, ấp có dưới 300 hộ»: what makes a body one of those
# counted. Of all («12/12 xã có trên 80% ...») and of what lies in them («xã thuộc 05 huyện ...») it is the goal.
_A_BODY = (
    r"(?:xã|phường|thị trấn|huyện|quận|sở|ban|ngành|cơ quan|đơn vị|phòng|trường|bệnh viện|thôn|ấp|khóm|bản|khu phố)\b"
)
_DESCRIBES = rx(
    r"(?<![/\d])(?<!thuộc\x20)(?<!của\x20)(?<!trong\x20)(?<!tại\x20)(?<!ở\x20)(?<!năm\x20)(?!(\d{1,4})/\1\b)"
    r"\d{1,4}(?:/\d{1,4})?"
    rf" {_A_BODY}(?:, {_A_BODY}){{0,4}}(?: (?!và\b|mỗi\b|từng\b|phấn\b)[^\W\d_]{{1,12}}){{0,10}}?"
    r" (?:có|đạt|nâng|bảo đảm|đảm bảo)(?: (?!và\b)[^\W\d_]{1,12}){0,12}?"
    r" (?:trên|hơn|dưới|từ|ít nhất|tối thiểu|không dưới|không quá) $"
)
# «Giảm 1,7% biên chế theo lộ trình giảm 10% đến năm 2021»: of what greater whole the plan's figure is a part
_PART_OF_PATH = rx(
    r"\d\s{0,2}%[^;.%]{0,120}\btheo (?:đúng )?(?:lộ trình|kế hoạch|đề án|chủ trương|phương án)\b[^;,.%\d]{0,40}$"
)
# «cao hơn mức 90% mà Thủ tướng Chính phủ giao»
_GIVEN = rx(
    r"\s{0,3}(?:mà|do) (?:thủ tướng|chính phủ|trung ương|quốc hội|bộ|tỉnh ủy|cấp trên|hội đồng|ubnd)[^;,.]{0,40}?"
    r"\b(?:giao|đặt|đề ra|yêu cầu|quy định)\b"
)
_BLAMED = rx(
    r"\b(?:chịu trách nhiệm|kiểm điểm|xử lý|phê bình|kỷ luật|nhắc nhở)\b[^;.]{0,60}\b(?:nếu|khi để)\b[^;.]{0,80}$"
)
_AFTER_MONEY = rx(r"\b(?:tỷ|triệu|nghìn) đồng\b[^;.%]{0,30}?,? (?:tăng|giảm|chiếm|bằng|đạt|vượt)\s{0,3}$")
_SPOKEN_TO = rx(
    r"\b(?:chỉ đạo|yêu cầu|đôn đốc|làm việc với|kiểm tra|rà soát|nhắc nhở) (?:các |những )?"
    r"(?:đơn vị|cơ quan|địa phương|xã|phường|sở|ngành|cá nhân)\b[^;,.]{0,30}"
    r" có (?:t[ỷỉ] lệ|số|kết quả|điểm)\b[^,;.]{0,60}$"
)
_NATION = rx(
    r"\btheo (?:nghị quyết|quyết định|chỉ thị|kết luận|chiến lược|chương trình)\b[^;]{0,120}\b(?:cả nước|toàn quốc)\b"
)
# «bảo đảm 70% chi thường xuyên của Trung tâm»: how far a unit pays for itself
_SELF_PAID = rx(r"\b(?:bảo đảm|đảm bảo)(?: được)?(?: ít nhất| tối thiểu| trên| từ)?\s{0,2}$")
_AS_RULED = rx(r"[^;.]{0,120}\btheo (?:quy định|nghị quyết|nghị định|chỉ thị|quyết định|luật|thông tư)\b")
_RUNNING = rx(r"\s{0,2}(?:trở lên )?(?:kinh phí )?chi (?:thường xuyên|hoạt động)\b")
_HOW_PAID = rx(r"[^;.]{0,120}\b(?:không dùng tiền mặt|trực tuyến|qua (?:tài khoản|ngân hàng|cổng)|điện tử)\b")


def why_not(
    m: str,
    start: int,
    end: int,
    figure: int,
    figure_end: int,
    plan_year: int | None,
    kind: str = "ratio",
    comparator: str = ">=",
) -> str | None:
    """The reason why the figure at `m[figure:figure_end]` in the sentence `m[start:end]` is no goal, or None."""
    low = max(start, figure - 300)
    before = m[low:figure]
    clause = before[max(before.rfind(";"), before.rfind(". ")) + 1 :]
    after = m[figure_end : min(end, figure_end + 300)]
    if kind == "ratio" and _FEES.match(after) and _REMITS.search(m, max(start, figure - 40), figure):
        return W_MONEY
    if _GIVEN.match(after) or _NATION.search(clause) or _MEANWHILE.search(clause):
        return W_CITED
    if kind == "ratio" and _AFTER_MONEY.search(clause[-80:]):
        return W_MONEY
    if kind == "ratio" and _PART_OF_PATH.search(clause[-200:]):
        return W_CITED
    if _DESCRIBES.search(clause[-200:]):
        return W_DESCRIBES
    if _BLAMED.search(clause[-200:]):
        return W_SCORE
    if comparator in ("<", "<=") and _SPOKEN_TO.search(clause[-160:]):
        return W_SCORE
    if kind == "ratio" and _CAPITAL.search(clause[-80:]):
        return W_MONEY
    if kind == "ratio" and (
        _MONEY_BEFORE.search(m[max(start, figure - 40) : figure])
        or (
            _MONEY_AFTER.match(after)
            and not _HOW_PAID.search(after)
            and not _SAVES.search(clause)
            and not (_SELF_PAID.search(clause[-40:]) and _RUNNING.match(after))
        )
    ):
        return W_MONEY
    if _SET_ABOVE.search(clause) and _DONE_HERE.match(after):
        return W_CITED
    if _BASE.search(clause):
        return W_BASE
    if plan_year is not None and _FROM_BASE.search(clause[-40:]) and _before(_OF_LAST.match(after), plan_year):
        return W_BASE
    opened = before.rfind("(")
    if plan_year is not None and opened > before.rfind(")") and _before(_NOTED_PAST.match(m, low + opened), plan_year):
        return W_BASE
    if _OLD_WORDS.search(clause):
        return W_OLD
    aim = _GOAL_WORD.search(clause)
    done = _DONE.search(clause)
    of_noun = done and _OF_NOUN.search(clause[: done.start()]) and _REACHES.match(clause[done.end() :])
    if (
        done
        and not of_noun
        and not (aim and aim.start() > done.start())
        and not _turned(clause[done.end() :], plan_year)
    ):
        return W_PAST
    short = _STILL.search(clause) and _SHORT_OF.match(after)
    bounded = comparator in ("<", "<=")  # «không quá 1% phản ánh chưa được trả lời»
    if short or (not aim and (_SOME.search(clause) or (not bounded and _NOT_YET.match(after)))):
        return W_PAST
    told = _DONE_AFTER.match(after)
    if told and not re.search(r"\b(?:được|phải|đạt)\b", told["rest"]):
        return W_PAST
    if plan_year is not None and not aim and (why := _past_year(clause, m[figure:figure_end], after, plan_year)):
        return why
    cited = _CITING.search(clause)
    if cited and not _own(clause[cited.end() :]):
        return W_CITED
    if _BY_LAW.search(clause[-80:]):
        return W_LAW
    if kind == "count" and "điểm" in m[figure:figure_end] and _CLASSED.match(after):
        return W_SCORE
    if _CRITERION.search(clause[-200:]) or _NAMED_UNITS.search(clause[-120:]) or _PUNISHED.search(clause[-160:]):
        return W_SCORE
    scored = kind != "ratio" or "điểm" in clause + after[:40] or "nếu" in clause or "trường hợp" in clause
    if scored and _SCORE_BEFORE.search(m[max(start, figure - 70) : figure]):
        return W_SCORE
    if _SCORE_AFTER.match(after) and _CONDITION.search(clause):
        return W_SCORE
    if comparator in ("<", "<=", ">") and _ANSWERED.match(after):
        return W_SCORE
    rewarded = comparator in ("<", "<=") and _REWARD.search(after[:160] + " " + clause[-120:])
    rated = _RATED.match(clause[clause.rfind(";") + 1 :]) and "theo quy định" not in after[:120]
    if kind != "rank" and rewarded and not rated:
        return W_SCORE
    return None


def _before(told: re.Match[str] | None, plan_year: int) -> bool:
    """Does a match of a year (`y`; none for «năm trước») tell of one before the plan's?"""
    return told is not None and (told["y"] is None or int(told["y"]) < plan_year)


def _turned(rest: str, plan_year: int | None) -> bool:
    """After what was reached: does the sentence turn to the plan's year («..., năm 2025 phải đạt»)?"""
    return plan_year is not None and any(int(hit["y"]) >= plan_year for hit in _TURNS.finditer(rest))


def ruled(after: str) -> bool:
    """Is «5% chi thường xuyên ... theo quy định» told behind the figure: a rule for all that spend?"""
    return bool(_RUNNING.match(after) and _AS_RULED.match(after))


def _own(rest: str) -> bool:
    """After a citation: does the sentence come back to the plan's own goal («..., tỉnh phấn đấu đạt»)?"""
    return bool(rx(r"\b(?:phấn đấu|bảo đảm|đảm bảo)\b").search(rest))


_OF_BASE = rx(r"\b(?:so với|hơn|từ|trước|kể từ|của|giai đoạn)(?: [^\s]{1,10}){0,3}\s{0,2}$")
_REACHED = rx(r"[^;.]{0,60}?\b(?:đạt|là|có|chiếm|xếp|đứng|tăng|giảm)\b|\s{0,2}[:(]|,?\s{0,3}$")


def _past_year(clause: str, figure: str, after: str, plan_year: int) -> str | None:
    """«năm 2023 đạt 95%» in a plan for 2024. An index of last year is judged in the plan's year: still a goal, unless
    the sentence goes on with that year («năm 2023 xếp thứ 34; năm 2024 phấn đấu ...»)."""
    years = list(_YEAR.finditer(clause))
    if not years:
        return None
    last = years[-1]
    year = int(last["y"])
    lead = clause[max(0, last.start() - 40) : last.start()]
    if year >= plan_year or _OF_BASE.search(lead):
        return None
    told = clause[last.end() :]
    if not (_REACHED.match(told) or _REACHED.match(told + figure)):
        return None
    index = rx(r"chỉ số|index|papi|sipas|pci|dti").search(clause)
    if year == plan_year - 1 and index and not _turned(after, plan_year):
        return None
    return W_PAST


_LEAD_IN = rx(
    r"(?:cụ thể|như sau|sau đây|dưới đây)\s{0,2}[:.]?$|^(?:cụ thể|trong đó|gồm|bao gồm|ghi chú|lưu ý|chi tiết|xem"
    r"|kèm theo|trên đây|căn cứ|theo đó)\b(?![^.]{0,40}(?:đạt|được))"
    r"|^\(?(?:có|chi tiết|theo|tại|xem|đính kèm|kèm) [^.]{0,60}(?:phụ lục|biểu|kèm theo)"
    r"|(?:chi tiết|cụ thể|quy định|nêu|đính) (?:tại|theo|kèm|ở)[^.;]{0,40}(?:phụ lục|biểu|danh mục)[^.;]{0,60}$"
)
_MARKS = rx(
    r"\b(?:trừ|cộng)(?: thêm| tối đa)? \d{1,3}(?:[.,]\d{1,2})?\s{0,2}điểm\b|\b(?:thang điểm|điểm thưởng"
    r"|bị trừ điểm)\b"
)
# «Phòng Văn hóa và Thông tin được giao chủ trì tập huấn ...»: who does what is a duty
_HANDED = rx(
    r"\b(?:được (?:giao|phân công)|có trách nhiệm|chịu trách nhiệm) (?:nhiệm vụ )?"
    r"(?:chủ trì|làm|phụ trách|theo dõi|phối hợp)\b"
)
# «Riêng năm 2021», «Đến hết quý IV năm 2025»: when, and nothing that is to be reached
_ONLY_WHEN = rx(
    r"(?:(?:riêng|trong|đến|hết|cuối|đầu|trước|sau|từ|vào|ngày|tháng|quý|năm|giai đoạn|cả|kỳ|và|[ivx]{1,4}"
    r"|[\d/.,-]{1,10})\b\W{0,3})+"
)
_SAID_DONE = rx(
    r"^(?:trong )?(?:năm|giai đoạn) (?P<y>20\d\d)[^.;]{0,120}\bđã\b|^(?:đã|thời gian qua|những năm qua"
    r"|trong những năm)\b"
)


def no_goal(m: str, start: int, end: int, plan_year: int | None) -> bool:
    """Is the figureless stretch `m[start:end]` a lead-in, a reference, a bare heading or a report of the past?"""
    said = m[start:end].strip()
    if _HANDED.search(said[:300]):
        return True
    count = len(said.split())
    if _ONLY_WHEN.fullmatch(said[:120]):
        return True
    if count < 3 or said.endswith(":") or not re.search(r"[^\W\d_]", said):
        return True
    if _MARKS.search(said[:400]):
        return True
    if _LEAD_IN.search(said[:400]) and count <= 40:
        return True
    if past := _SAID_DONE.match(said[:200]):
        year = past.groupdict().get("y")
        return year is None or plan_year is None or int(year) < plan_year
    return False
