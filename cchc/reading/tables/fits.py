"""How well does a text fit a column?"""

from __future__ import annotations

import re
from functools import lru_cache

from cchc.reading.agencies import starts_agency
from cchc.reading.tables.products import DOC_TYPES
from cchc.reading.tables.shapes import ORDINAL, is_mark
from cchc.text import matching

DEADLINE_LIKE = re.compile(
    r"^[-+ ]*(?:trước|chậm nhất|muộn nhất|trong|đến|hết|cuối|đầu|từ|hoàn thành|thời gian|cả|giữa)? ?(?:hết |cuối "
    r"|đầu |khi |vòng )?"
    r"(?:quý|quí|tháng|ngày|năm\b|0?[69] tháng|giai đoạn|20\d\d|\d{1,2}/\d{1,4}|thường xuyên|liên tục|định kỳ"
    r"|\d{1,2} lần|hằng|hàng (?:năm|quý|tháng|tuần)|theo (?:kế hoạch|yêu cầu|quy định|tiến độ|lộ trình|hướng dẫn"
    r"|chỉ đạo|chương trình)"
    r"|sau khi|ngay sau|ngay khi|khi [^\W\d_]{2,8}\b(?![^.]{40})|kể từ|đột xuất|q[1-4i]|\d{1,2} ngày)"
)
_DATE_AT_END = re.compile(r"(?:quý [ivx1-4]+|tháng \d+|20\d\d|\d/\d+|thường xuyên|hằng (?:năm|quý|tháng))[ .;)]*$")
_PRODUCT_LIKE = re.compile(
    rf"^[-+ ]*(?:\d[\d.,]* ?% |(?:các |\d+ |\d+% )?(?:{DOC_TYPES}|hội nghị|lớp|phần mềm|hệ thống|cổng"
    rf"|ứng dụng|nền tảng|cuộc|phiếu|tin|bài|chuyên mục|cơ sở dữ liệu|kết quả)\b)"
)
_VERB = re.compile(
    r"\b(?:xây dựng|triển khai|thực hiện|tham mưu|ban hành|rà soát|tổ chức thực hiện|đẩy mạnh"
    r"|tăng cường|nâng cao|tiếp tục|hoàn thiện|công bố)\b"
)


_TASK_VERB = re.compile(
    r"(?:tiếp tục |chủ động |tăng cường |đẩy mạnh )?(?:ban hành|xây dựng|rà soát|tổ chức|triển khai|thực hiện|tham mưu"
    r"|kiểm tra|công bố|niêm yết|cập nhật|tập huấn|bồi dưỡng|báo cáo|tổng kết|sơ kết|đánh giá|khảo sát|số hóa|trình"
    r"|hướng dẫn|theo dõi|đôn đốc|phối hợp|sửa đổi|bổ sung|phê duyệt|thẩm định|tuyên truyền|ký|lập)\b"
)


def begins_task(text: str) -> bool:
    """Does a text begin with the verb of a task ("Rà soát ...", "Tiếp tục triển khai ...")?"""
    return _TASK_VERB.match(matching(text)) is not None


_BEFORE_AGENCY = re.compile(r"[-+*•\s]*(?:cơ quan |đơn vị )?(?:(?:chủ trì|phối hợp) ?: ?)?")
_SOME_AGENCY = re.compile(r"(?:cơ quan|đơn vị)[^.]{0,60}(?:liên quan|trực thuộc)|[A-ZĐ]{3,7}$")
_AGENCY_HEAD = re.compile(
    r"ubnd|sở\b|cấp (?:huyện|xã)|hội đồng|ban chỉ đạo|tổ (?:công tác|giúp việc)|cán bộ|công chức|cc\b|bộ phận"
    r"|chủ tịch|thủ trưởng|lãnh đạo|(?:phó )?(?:giám đốc|hiệu trưởng|vụ trưởng|cục trưởng|chánh (?:văn phòng|thanh tra)"
    r"|trưởng (?:phòng|ban|khoa|công an|trạm|đơn vị)) [^\W\d_]"
)
_ALONE = re.compile(
    r"(?:văn phòng|thanh tra|công an|quân sự|kho bạc|thuế|công đoàn|đoàn thanh niên|hội phụ nữ|bưu điện|điện lực"
    r"|viễn thông|bảo hiểm xã hội|địa chính|tư pháp|văn thư|một cửa|kế toán|trạm y tế|các (?:phòng|sở|xã|huyện|thôn)"
    r"|(?:công chức |cán bộ )?(?:tài chính|tư pháp|địa chính|văn hóa|văn phòng|nội vụ|kinh tế)"
    r" ?[-–,] ?[^\W\d_]+(?: [^\W\d_]+){0,2}"
    r"|(?:trưởng )?(?:công an|quân sự|kế toán|văn thư|địa chính|tư pháp|trạm y tế) (?:xã|phường|thị trấn)"
    r"|các (?:ban|ngành|đoàn thể|công chức|cán bộ)(?: chuyên môn)?)"
    r"[ .;]*"
)


@lru_cache(maxsize=16384)
def agency_like(text: str) -> bool:
    if not text or len(text) > 400:
        return False
    match = matching(text)
    at = _BEFORE_AGENCY.match(match)
    at_ = at.end() if at else 0
    if at_ >= len(text):
        return False
    if (
        _ALONE.fullmatch(match, at_)
        or starts_agency(text, match, at_)
        or _SOME_AGENCY.match(text, at_)
        or _AGENCY_HEAD.match(match, at_)
    ):
        return len(text) < 40 or not any(text[m.start()].islower() for m in _VERB.finditer(match))  # not «Sở Xây dựng»
    return False


_UNIT = (
    r"%|tỷ lệ(?: %)?|tỉ lệ(?: %)?|phần trăm|(?:lượt )?(?:người|hồ sơ|khách)|lượt|điểm(?: số)?|(?:thứ )?(?:hạng|bậc)"
    r"|vị trí|ngày(?: làm việc)?|giờ(?: làm việc)?|phút|tháng|thủ tục(?: hành chính)?|tthc|dịch vụ(?: công)?|dvc|dvctt"
    r"|văn bản|cuộc|lớp|đợt|lần|vụ|đơn vị|cơ quan|phòng|xã|phường|huyện|thôn|bản|tổ|khu|cái|bộ|mô hình|sáng kiến"
    r"|đề án|kế hoạch|báo cáo|quy trình|hệ thống|phần mềm|csdl|cơ sở dữ liệu|tin(?:, bài)?|bài|chuyên mục|hội nghị"
    r"|biên chế|cán bộ|công chức|viên chức|doanh nghiệp|tài khoản|mẫu|bản|trường|tr\.?đ|triệu đồng|đồng|m2|ha"
)
_IS_UNIT = re.compile(rf"\(?(?:{_UNIT})(?:/(?:{_UNIT}|năm|quý|lần|1\.?000 \w{{1,6}}))?\)?")
_VALUE = re.compile(
    r"(?:(?:phấn đấu|đạt|duy trì|giữ|xếp|thuộc|trong|nằm trong|vào|lọt vào|tối thiểu|tối đa|ít nhất|không (?:quá|dưới"
    r"|thấp hơn|vượt quá|vượt|ít hơn)|trên|dưới|từ|bằng|hơn|khoảng|tăng|giảm|top|tốp|nhóm|hạng|thứ|loại|lên|ở mức"
    r"|[<>≤≥=~+±]{1,2}=?)[ :]{0,2}){0,5}(?:\d[\d.,]{0,12}(?![\d./])|\d[\d.,]{0,12}[.,]?$|một|hai|ba)"
)
_WORDED = re.compile(
    r"(?:đạt|hoàn thành|có|không|tốt|khá|xuất sắc|rất tốt|cải thiện|tăng|giảm|duy trì|x|cao hơn năm trước)"
    r"(?: (?:100 ?%|yêu cầu|chuẩn|bậc|hạng|loại [^\W\d_]{1,4}|so với[\w ]{0,20}))?"
)


def is_unit(text: str) -> bool:
    """Is it a unit that goals are counted in: «%», «Hồ sơ», «Ngày làm việc»?"""
    return _IS_UNIT.fullmatch(matching(text).strip(" .*")) is not None


def unit_like(text: str) -> bool:
    """May it stand in a column of units: a known one, or one or two words without a figure that name nobody?"""
    if is_unit(text):
        return True
    return len(text) < 20 and len(text.split()) <= 2 and not re.search(r"\d", text) and not agency_like(text)


def value_like(text: str) -> bool:
    """May it stand in a column of goals: «95», «≥ 90%», «Nhóm 20», «Tăng 2 bậc», «Đạt»?"""
    said = matching(text).strip(" .*")
    if len(said) > 60 or re.match(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/20\d\d", said):
        return False
    return _VALUE.match(said) is not None or _WORDED.fullmatch(said) is not None


@lru_cache(maxsize=32768)
def misfit(role: str, text: str) -> float:
    """How badly a text fits a column: 0 fits, 1 odd, 3 and more wrong."""
    if not text:
        return {
            "content": 5.0,
            "ordinal": 1.0,
            "lead": 2.2,
            "agency": 2.2,
            "support": 0.7,
            "deadline": 1.3,
            "product": 0.8,
            "note": 0.1,
        }.get(role, 0.35)
    if role == "ordinal":
        return 0.0 if ORDINAL.match(text) else 4.0
    match = matching(text)
    deadline = bool(DEADLINE_LIKE.match(match)) and len(text) < 160
    agency = agency_like(text)
    if role == "content":
        if ORDINAL.match(text):
            return 4.0
        return 3.0 if agency else 3.0 if deadline and len(text) < 40 else 1.0 if len(text) < 12 else 0.0
    if role in ("lead", "agency", "support"):
        if agency:
            return 1.8 if _DATE_AT_END.search(match) else 0.0
        if deadline or ORDINAL.match(text) or _PRODUCT_LIKE.match(match):
            return 3.0
        return 2.0 if len(text) < 60 else 3.0
    if role == "later":
        return 0.0 if deadline else 1.5 if agency else 0.6
    if role == "when":
        return 0.0 if is_mark(text) else 0.5 if deadline or len(text) < 12 else 3.0
    if role in ("begin", "deadline"):
        return 0.0 if deadline else 3.0 if agency or ORDINAL.match(text) else 2.0 if len(text) < 60 else 3.5
    if role == "product":
        if _PRODUCT_LIKE.match(match):
            return 0.0
        return 2.5 if agency or deadline else 3.0 if ORDINAL.match(text) else 0.6 if len(text) < 90 else 1.2
    if role == "note":
        return 2.0 if ORDINAL.match(text) else 0.9
    if role == "value":
        if value_like(text):
            return 0.0
        return 0.4 if re.search(r"\d|đạt|hoàn thành|cải thiện|tăng|giảm|nhóm", match) and len(text) < 80 else 1.5
    if role == "past":
        return 0.0 if re.search(r"\d", match) and len(text) < 60 else 0.4 if len(text) < 30 and not agency else 2.0
    if role == "unit":
        return 0.0 if is_unit(text) else 0.3 if unit_like(text) else 2.0
    if role == "budget":
        return 0.3 if re.search(r"\d|ngân sách|kinh phí|triệu|nguồn", match) else 1.0
    if role == "basis":
        return 0.1 if re.search(r"/|số \d|nghị|quyết|kế hoạch|công văn", match) else 1.0
    return 0.6
