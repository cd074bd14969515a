"""Is a paragraph a heading, and what does it open?"""

from __future__ import annotations

import re
from functools import cache

from cchc.reading.areas import bare_area, heading_area
from cchc.reading.blocks import Part
from cchc.reading.deadlines import names_time
from cchc.reading.doers import begins_with_verb, doer, group_of_bodies, names_agency
from cchc.reading.drafts import Entry
from cchc.reading.paragraphs import CAPITAL, DASH, LETTER, NONE, NUMBER, PAREN, PART, PLUS, ROMAN, Paragraph
from cchc.reading.parts import documents, part_of
from cchc.reading.tasks import is_label, on_cards
from cchc.reading.walk import Walk

_TITLE = re.compile(
    r"(?:kế\s+hoạch|chương\s+trình|chỉ\s+thị|đề\s+án|khắc\s+phục|cải\s+cách|nâng\s+cao|triển\s+khai|thực\s+hiện|"
    r"về\s+việc)(?!\w)"
)
_LEAD_GOALS = re.compile(r"(?<!\w)(?:chỉ tiêu|mục tiêu)(?!\w)")
_LEAD_MEASURES = re.compile(r"(?<!\w)(?:nhiệm vụ|giải pháp|biện pháp|nội dung sau|công việc|một số nội dung)(?!\w)")
_AS_FOLLOWS = re.compile(r"(?:như\s+sau|sau\s+đây|dưới\s+đây|sau|như|gồm|là|cụ thể)\s*:?\s*\Z")
_GOALS_OF = re.compile(r"(?:các\s+|nhóm\s+){0,2}(?:mục\s+tiêu|chỉ\s+tiêu)(?!\w)")
_MEASURES_OF = re.compile(r"(?:các\s+|nhóm\s+){0,2}(?:nhiệm\s+vụ|giải\s+pháp)(?!\w)")
_MAY_BE_THEME = re.compile(r"(?:các\s+|về\s+){0,2}(?:hoạt\s+động|nội\s+dung|công\s+việc|hình\s+thức)\s")
_NEW_PLAN = re.compile(r"(?:phần\s+)?(?:nội\s+dung\s+)?(?:kế\s+hoạch|phương\s+hướng|chương\s+trình|nhiệm\s+vụ)(?!\w)")
# "KẾT QUẢ CÁC CHỈ SỐ NĂM 2023 VÀ NGUYÊN NHÂN", "CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2023": a look back; but what is to be
# mended, reached or compared with that year is not.
_BACK_HEADING = re.compile(
    r"(?:(?:một\s+số|những|các|về|đánh\s+giá|khái\s+quát|tổng\s+quan|sơ\s+lược)\s+)*"
    r"(?:kết\s+quả|thực\s+trạng|hiện\s+trạng|tình\s+hình|công\s+tác|việc|năm|chỉ\s+số|đánh\s+giá|nhìn\s+lại|tổng\s+kết|"
    r"tồn\s+tại|hạn\s+chế|ưu\s+điểm|thành\s+tựu|số\s+liệu)(?!\w)"
)
_AHEAD_HEADING = re.compile(
    r"(?<!\w)(?:cần\s+đạt|phấn\s+đấu|dự\s+kiến|mục\s+tiêu|chỉ\s+tiêu|nhiệm\s+vụ|giải\s+pháp|phương\s+hướng|so\s+với|"
    r"căn\s+cứ|khắc\s+phục|cải\s+thiện|nâng\s+cao|kế\s+hoạch)(?!\w)"
)
_GENERAL_GOAL = re.compile(r"(?:theo đó,?\s+)?(?:mục tiêu\s+(?:chung|tổng quát)|mục đích)(?!\w)")
# "Yêu cầu các đơn vị, thôn, làng triển khai thực hiện./.": nothing but that the plan is to be carried out.
_CLOSING_ORDER = re.compile(
    r"(?:(?:nhận được|căn cứ|trên cơ sở)\s[^.;:,]{0,60}\s(?:này|trên),?\s(?:yêu cầu\s|đề nghị\s)?|(?:yêu cầu"
    r"|đề nghị)\s)"
    r"[^.;:]{3,200}?\s(?:tổ chức|triển khai|thực hiện|chấp hành)"
    r"(?:\s(?:tổ chức|triển khai|thực hiện|nghiêm túc|nghiêm|đầy đủ|kịp thời|có hiệu quả|hiệu quả|tốt|đồng bộ|"
    r"quyết liệt|và|các|những|nội dung|nhiệm vụ|trên|nêu|của|theo|đúng|kế hoạch|chỉ thị|quyết định|văn bản|công văn|"
    r"này|,))*\s*\.\s*/\s*\.?"
)
# «Chỉ thị này có hiệu lực từ ngày ký. Giao Văn phòng UBND tỉnh theo dõi ...»: an order behind the sentence of form
_IN_FORCE = re.compile(
    r"(?:chỉ thị|quyết định|kế hoạch|công văn|nghị quyết) này có hiệu lực[^.;]{0,80}\.\s{1,3}(?:giao|phân công)\s"
)
# «Văn phòng thông báo để các đơn vị biết, thực hiện./.», «Điều 3. Quyết định này có hiệu lực kể từ ngày ký.»
_BY_THEN = re.compile(r"báo cáo[^.;]{0,120}\s(?:trước|chậm nhất|trong)\s[^.;]{0,20}\d")
_TELLS = re.compile(
    r"[^.;:]{0,80}thông báo (?:để|đến|tới)\s[^.;:]{3,160}\sbiết,? (?:và |để )?(?:tổ chức |triển khai )?thực hiện\W*\Z"
    r"|nghị quyết này (?:đã )?được [^.;]{5,160} thông qua"
    r"|điều \d{1,2}\W+(?:quyết định|chỉ thị|kế hoạch) này có hiệu lực"
)
# «Huyện giao Phòng Nội vụ đôn đốc ...», «Để bảo đảm thực hiện, UBND tỉnh giao ...», «Trước đó, năm 2025 ...»
_LEAVES = re.compile(
    r"(?:trước (?:đó|đây|khi)|năm (?:ngoái|qua)|thời gian qua|kết quả)(?!\w)"
    r"|(?:(?:để|nhằm)\s[^.;,]{3,60},\s+|cùng với đó,\s+|đồng thời,\s+)?(?:chủ tịch\s+)?(?:ubnd"
    r"|ủy ban nhân dân|tỉnh|thành phố|huyện|thị xã|quận|xã|phường|bộ|sở)(?:\s+[^\W\d_]+){0,6}?\s+"
    r"(?:giao|yêu cầu|đề nghị|phân công|chỉ đạo|chủ trì|có trách nhiệm|chịu trách nhiệm|là (?:cơ quan|đơn vị))\s"
)
_ORDERS = re.compile(
    r"(?<!\w)(?:yêu cầu|giao nhiệm vụ|chỉ đạo|phân công)(?:\s+(?:các|như|cụ thể|sau|đơn vị|sở|ngành|,))*\s*:\s*\Z"
)
_NOTICE = re.compile(r"thông\s+báo(?!\w)")
_WORK_HEADING = re.compile(r"(?:về )?(?:các |một số |những )?(?:nhiệm vụ|công việc|việc cần|nội dung cần)(?!\w)")
_AHEAD_PART = re.compile(
    r"(?<!\w)(?:phương\s+hướng|nhiệm\s+vụ|kế\s+hoạch\s+(?:công\s+tác\s+)?năm|mục\s+tiêu|chỉ\s+tiêu)(?!\w)"
)
# «4. Chỉ số cải cách hành chính của huyện tăng 2 bậc.» begins like the heading of an area and is a goal.
_SETS_A_GOAL = re.compile(
    r"(?<!\w)(?:đạt|xếp|nằm|đứng|tăng|giảm|thuộc|duy\s+trì|giữ\s+vững|phấn\s+đấu|cao)(?!\w)[^.;:]{0,40}?"
    r"(?:(?<!\w)(?:loại|hạng|nhóm|tốp|top|bậc|điểm|cao\s+hơn|hơn\s+năm|so\s+với)(?!\w)|\d{1,3}(?:[,.]\d+)?\s+(?!tháng|năm))"
)
# The state's name heads the letterhead: what a portal prints above it («Nội dung | Lược đồ | Tải về») opened no part.
_STATE = re.compile(r"[ *_#|]{0,6}cộng hòa xã hội chủ nghĩa việt nam")
_LAST_YEAR = re.compile(
    r"(?:tính\s+)?(?:trong\s+|đến\s+(?:hết\s+|cuối\s+)?)?năm\s+(20\d\d)(?!\d)(?!\s*[-–])(?![^.;]{0,200}(?:phấn đấu"
    r"|mục tiêu))"
)
# «... bãi bỏ 05 văn bản. Năm 2018 phấn đấu 100% ...»: here a paragraph turns from a year before to the plan's.
_TURN = re.compile(
    r"(?<=[.;])\s+(?=(?:(?:bước\s+)?sang\s+|trong\s+|đến\s+(?:hết\s+|cuối\s+)?)?năm\s+(20\d\d)(?!\d)|phấn\s+đấu|mục\s+tiêu)"
)
_WAS_REACHED = re.compile(r"(?<!\w)(?:đạt được|thực hiện|đã|năm (?:trước|qua)|vừa qua|20\d\d)(?!\w)")
_LONG_LABEL = 9  # words
_LONG_OFFICE, _LONG_ROLE = 6, 16
_PERSON = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ[./]?c|ông|bà)\s")
# What stands before a colon and is nobody: «Về thể chế: ...», «Báo cáo năm: ...», «Lưu ý: ...»
_NO_ROLE = re.compile(
    r"(?:về|đối\s+với|việc|công\s+tác|báo\s+cáo|lưu\s+ý|ghi\s+chú|chế\s+độ|định\s+kỳ|thường\s+xuyên|đột\s+xuất|khen\s+thưởng"
    r"|kỷ\s+luật|kinh\s+phí|nguồn|mục\s+tiêu|chỉ\s+tiêu|nhiệm\s+vụ|giải\s+pháp|kết\s+quả|hồ\s+sơ|tổ\s+chức\s+thực\s+hiện|nội\s+dung"
    r"|trách\s+nhiệm|tiêu\s+chí|mức|số|tỷ\s+lệ|tỉ\s+lệ|lĩnh\s+vực|cách|tuyên\s+truyền|kiểm\s+tra|theo\s+dõi|cụ\s+thể|trong\s+đó|khi|nếu|ngày"
    r"|thể\s+chế|thủ\s+tục|bộ\s+máy|cải\s+cách|chuyển\s+đổi|cuối|đầu|giữa|hằng|hàng|hết|tháng|quý|năm|trước|sau|hội\s+nghị|hội\s+thi"
    r"|sơ\s+kết|tổng\s+kết|giai\s+đoạn|bước|đợt|phần|điều|yêu\s+cầu|riêng|thời|phương|biện\s+pháp|sản\s+phẩm)(?!\w)"
)
_SENTENCE = re.compile(r"(?<=[.])\s+(?=\D)|(?<=[^\d][.])\s+")
_GOAL_WORDS = re.compile(
    r"(?:(?:trong\s+|đến\s+(?:hết\s+)?)?năm\s+20\d\d,?\s+)?(?:phấn đấu|đạt|tối thiểu|ít nhất|trên|từ|duy trì|bảo đảm"
    r"|đảm bảo|giảm|tăng|nâng|tinh giản|tiết kiệm|cắt giảm|giải quyết|tỷ lệ|tỉ lệ|chỉ số|mức độ|không quá|dưới|có|\d)"
)
_REACHED_BY = re.compile(r"\d\s*%|(?<!\d)(\d{1,3})/\1(?!\d)|(?<!\w)(?:phấn đấu|thứ \d|hạng \d|nhóm \d)")
_SAYS_WHO = re.compile(r"(?<!\w)(?:giao(?! tiếp| dịch| thông| lưu| ban)|chủ trì|phối hợp|có trách nhiệm|yêu cầu)(?!\w)")
_YEARS = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_REPORT = re.compile(r"báo\s+cáo(?!\w)")


@cache
def _starts(name: str) -> tuple[str, ...]:
    return tuple(documents()[name])


class Reader(Walk):
    """Takes the paragraphs one by one: heading, furniture, closing words, or content under the open headings."""

    def take(self, para: Paragraph, following: Paragraph | None) -> None:
        match = self.match
        words = match[para.body : para.end]
        if not self.in_head and _STATE.match(words) and not any(d.marker for d in self.drafts):
            self.begin_again()
        if self._is_furniture(words, para):
            self.add(para, Part.FURNITURE)
            return
        if self._is_closing(match[para.start : para.end]) or self._signs(para):
            self.push(Entry(rank=0.5, part=Part.CLOSING, marker_rank=PART))
            self.add(para, Part.CLOSING)
            return
        if (
            self.part() is Part.CLOSING
            and (para.caps or para.bold)
            and para.rank == NONE
            and _NEW_PLAN.match(words.strip(" *#_"))
        ):
            self.stack.clear()  # a decision and the plan it issues in one file
        self.taking_article = para.article
        self._leave_list(para)
        if para.rank in (ROMAN, NUMBER) and para.ordinal == 1 and self.numbers.get(para.rank, 0) >= 1:
            self.restart(para)
        if para.rank <= PAREN and para.ordinal == self.numbers.get(para.rank, 0) + 1:
            self.close_deeper(para)
        self.numbers[para.rank] = 0 if para.article else para.ordinal
        self.placed[para.rank] = len(self.drafts)
        if self.in_head and self.plan_year is None and _TITLE.match(words.strip(" *#_")) and len(words) < 300:
            self.plan_year = self.year_of(words)
            self.plan_begins = min(map(int, _YEARS.findall(words)), default=None)
        if self.in_head and (para.caps or para.bold) and _REPORT.match(words.strip(" *#_")):
            self.report = True
        elif self.in_head and (para.caps or para.bold) and _NOTICE.match(words.strip(" *#_")):
            self.notice = True
        elif self.report and (para.rank in (PART, ROMAN) or para.caps) and _AHEAD_PART.search(words[:120]):
            self.report = False
        if self._run_in(para, following):
            return
        if self._heading(para, para.end, following):
            return
        self.close_sibling(para)
        self._content(para, following)

    def _leave_list(self, para: Paragraph) -> None:
        """A bare paragraph that looks back or gives orders leaves the list of an article and the part it opened."""
        last = self.drafts[-1] if self.drafts else None
        if para.rank != NONE or para.bold or para.caps or last is None or not self.stack:
            return
        if any(entry.marker_rank in (PART, ROMAN) for entry in self.stack):
            return
        if self.lead is not Part.GOALS and self.part() is not Part.GOALS:
            return
        if _LEAVES.match(self.match, para.body, para.end):
            self.stack.clear()
            self.lead = None

    def _is_furniture(self, words: str, para: Paragraph) -> bool:
        plain = words.strip(" *_|>#-:.")
        if not plain:
            return True
        if para.rank == NONE or para.rank == DASH:
            begins = plain.startswith(_starts("furniture_tail")) and len(plain) < 200
            if begins or plain in _starts("furniture_tail_lines"):
                self.tail = True
                return True
            if len(plain) < 60 and plain.startswith(_starts("furniture")):
                return True
        if self.tail:
            if para.rank in (PART, ROMAN) and part_of(words, strong=True):
                self.tail = False
                return False
            return True
        return False

    def _is_closing(self, words: str) -> bool:
        plain = words.strip(" *_|>#-")
        if _IN_FORCE.match(plain):
            return False
        if len(self.drafts) > 5 and len(plain) < 400 and _CLOSING_ORDER.fullmatch(plain):
            return True
        if plain.startswith(("yêu cầu", "đề nghị")) and _BY_THEN.search(plain):
            return False
        if len(self.drafts) > 5 and len(plain) < 400 and _TELLS.match(plain):
            return True
        if plain.startswith(_starts("closing")) or plain.strip(" .:") in documents()["signing_offices"]:
            return True
        return (
            len(self.drafts) > 5
            and plain.startswith(
                (
                    "trong quá trình",
                    "nếu có",
                    "căn cứ kế hoạch",
                    "yêu cầu",
                    "đề nghị",
                    "kế hoạch này",
                    "quá trình",
                    "chỉ thị này",
                    "quyết định này",
                )
            )
            and any(all(w in plain for w in line) for line in documents()["closing_sentences"])
        )

    def _signs(self, para: Paragraph) -> bool:
        """ "SỞ NỘI VỤ / PHÓ GIÁM ĐỐC": a body in capitals and the office of who signs for it, at the end."""
        if not para.caps or para.rank != NONE or len(self.drafts) <= 5:
            return False
        lines = self.text[para.start : para.end].split("\n")
        last = self.match[para.end - len(lines[-1]) : para.end].strip(" *_.:")
        return len(lines) > 1 and last in documents()["signing_offices"]

    def _run_in(self, para: Paragraph, following: Paragraph | None) -> bool:
        """ "2. Cải cách thể chế: 100% văn bản ...": a heading and its text in one paragraph."""
        limit = min(para.end, para.body + 240)
        colon = self.match.find(":", para.body, limit)
        if colon < 0 or not self.match[colon + 1 : para.end].strip(" *_"):
            return False
        if self.match.count("(", para.body, colon) > self.match.count(")", para.body, colon):
            return False  # «Phấn đấu 100% (năm 2024: 96%) văn bản ...»
        if group_of_bodies(self.text, self.match, para.body, colon, para.end):
            return False
        inside = self.part() is Part.MEASURES or (para.rank in (DASH, PLUS) and self.part() is not Part.GOALS)
        if inside and is_label(self.match[para.body : colon]):
            return False  # "+ Kết quả: Quyết định" belongs to the task above
        if self._on_a_card(para, self.match[para.body : colon], following):
            return False
        head = replace_end(para, colon)
        if para.rank == NONE and not para.bold and not para.caps and self.part() in (None, Part.HEAD, Part.OTHER):
            opened = part_of(self.match[para.body : colon].strip(" *_"), False)
            if opened in (Part.RESULTS, Part.PURPOSE) and self.match[para.body : para.end].rstrip(" *").endswith("."):
                self.add(para, opened)  # a whole sentence speaks for itself alone
                return True
        elif para.rank in (NONE, DASH, PLUS) and not para.bold and self.part() in (Part.GOALS, Part.MEASURES):
            opened = part_of(self.match[para.body : colon].strip(" *_"), False)
            if opened is Part.RESULTS and self.match[para.body : para.end].rstrip(" *")[-1] not in ":;,":
                self.add(para, opened)
                return True
        if not self._heading(head, colon, following, run_in=True):
            return False
        body = colon + 1
        while body < para.end and (self.text[body].isspace() or self.text[body] in "*_"):
            body += 1
        rest = Paragraph(body, para.end, body, "", NONE)
        self._content(rest, following)
        return True

    def _on_a_card(self, para: Paragraph, label: str, following: Paragraph | None) -> bool:
        """«a) Nội dung: ...», «a) Đối tượng: ...» above «b) Cơ quan thực hiện: ...»: both tell of one task."""
        if following is None or following.rank != para.rank or para.rank == NONE or not on_cards(label):
            return False
        colon = self.match.find(":", following.body, min(following.end, following.body + 60))
        return colon > 0 and is_label(self.match[following.body : colon])

    def _heading(self, para: Paragraph, end: int, following: Paragraph | None, run_in: bool = False) -> bool:
        words = self.match[para.body : end].strip(" *_#\\")
        label = words.rstrip(" .:;*_-/")
        if not label and para.rank == PART and not run_in:  # "PHẦN THỨ HAI" on a line of its own
            self.push(Entry(rank=float(PART), part=Part.OTHER, ordinal=para.ordinal, marker_rank=PART))
            self.add(para, Part.OTHER, end=end, heading=True)
            return True
        if not label or len(label) > 260:
            return False
        strong = para.rank in (PART, ROMAN, CAPITAL) or para.caps or para.bold
        bullet = para.rank in (DASH, PLUS)
        listed = not strong and not bullet and para.rank != NONE
        if bullet and not words.endswith(":") and not run_in:
            return False
        if (words.endswith(";") or (words.endswith(".") and len(label) > 70)) and not strong:
            return False
        if para.rank == NONE and not strong and len(label) > 130:
            return False
        if self._time_heading(para, label, end, following):
            return True
        of_bodies = label.startswith(("trách nhiệm", "nhiệm vụ của")) and not self._introduces_bodies(following)
        if of_bodies and self._agency_heading(para, end, bullet, run_in):
            return True
        return (
            self._part_heading(para, label, end, strong and not bullet, run_in, following)
            or self._agency_heading(para, end, bullet, run_in)
            or self._area_heading(para, label, end, strong, listed, run_in, following)
            or self._unnamed_heading(para, label, words, end, strong, run_in, following)
            or self._group_heading(para, label, end, words, following, run_in)
        )

    def _time_heading(self, para: Paragraph, label: str, end: int, following: Paragraph | None) -> bool:
        """«Tháng 8/2025» above the list of what is done then."""
        part = self.part()
        listed = following is not None and following.rank != NONE and following.rank > (para.rank % NONE)
        if part not in (Part.MEASURES, Part.OTHER) or not listed or not names_time(label):
            return False
        self.add(para, part, end=end, heading=True)
        return True

    def _among_goals(self, para: Paragraph) -> bool:
        """Do goals stand under the headings above, those of the paragraph's own kind left aside?"""
        above = (e.part for e in reversed(self.stack) if e.part is not None and e.marker_rank < para.rank)
        return next(above, None) is Part.GOALS

    def _is_labelled(self, para: Paragraph) -> bool:
        """Does a paragraph begin with a label of a task («a) Cơ quan chủ trì: ...»)? Above it stands the task."""
        colon = self.match.find(":", para.body, min(para.end, para.body + 60))
        return colon > 0 and is_label(self.match[para.body : colon])

    def _part_heading(
        self, para: Paragraph, label: str, end: int, strong: bool, run_in: bool, following: Paragraph | None
    ) -> bool:
        part = part_of(label, strong)
        if part is Part.MEASURES and self.notice and following is not None and self._hands_out_work(label, following):
            part = Part.DUTIES  # «2. Nhiệm vụ trong thời gian tới:» in the conclusion of a meeting
        labelled = following is not None and following.rank != NONE and self._is_labelled(following)
        if part is Part.MEASURES and strong and _MAY_BE_THEME.match(label) and self._among_goals(para):
            part = part_of(label, False)  # «Hoạt động tại Bộ phận Một cửa» in bold: what some of the goals are about
        if labelled and part is Part.RESULTS:
            part = None
        if part in (None, Part.RESULTS, Part.OTHER) and not labelled and self._looks_back(label, strong):
            part = Part.RESULTS
        if part is None and self.part() is Part.RESULTS and strong and _NEW_PLAN.match(label):
            part = Part.OTHER  # "KẾ HOẠCH NĂM 2022" after last year's results
        if part is None:
            return False
        if run_in and part in (Part.CLOSING, Part.APPENDIX):
            return False
        if run_in and part is Part.RESULTS and self._among_goals(para) and not _WAS_REACHED.search(label):
            return False  # «3. Kết quả xếp hạng: chỉ số của Sở đứng trong 03 sở dẫn đầu» among the goals
        rank = self.rank(para, "part")
        inner = para.rank not in (PART, ROMAN) and not (para.caps and para.rank == NONE)
        if inner and part is Part.MEASURES:
            self.before_measures(para)
        if inner and part in (Part.GOALS, Part.MEASURES) and (self.open("area") is not None or self.inside_lost()):
            if part in self.seen_parts and (part is Part.GOALS or Part.GOALS not in self.seen_parts):
                self.lost_area(rank)
            self.seen_parts.add(part)
        else:
            self.seen_parts = set()
        if part is Part.DUTIES:
            self.before_bodies(para)
        self.push(
            Entry(
                rank=rank,
                part=part,
                year=self.year_of(label),
                ordinal=para.ordinal,
                marker_rank=para.rank,
                mixed=part is Part.OTHER,
            )
        )
        self.add(para, part, end=end, heading=True)
        self.lead = None
        return True

    def _looks_back(self, label: str, strong: bool) -> bool:
        """Does a heading name a year before the plan's and what was reached in it?"""
        year = self.year_of(label)
        return bool(
            strong
            and year is not None
            and self.plan_year is not None
            and year < self.plan_year
            and _BACK_HEADING.match(label)
            and not _AHEAD_HEADING.search(label)
        )

    def _agency_heading(self, para: Paragraph, end: int, bullet: bool, run_in: bool) -> bool:
        part = self.part()
        span = names_agency(self.text, self.match, para.body, end)
        if span is None and run_in and part is Part.DUTIES:
            span = self._role(para, end)
        if span is None:
            return False
        if para.rank == NONE and not para.bold and not para.caps and part is not Part.DUTIES and not run_in:
            return False
        if part in (Part.MEASURES, Part.GOALS, Part.OTHER, None) and self._beside_areas(para):
            label = self.match[para.body : end][:90]
            if heading_area(label) or bare_area(label.strip(" .:;*_-/")):
                return False  # «3. Công chức, công vụ» after «2. Cải cách thủ tục hành chính»
        if (
            part is Part.GOALS
            or (part is Part.MEASURES and (bullet or run_in))
            or part is Part.RESULTS
            or (part is Part.PURPOSE and (bullet or not (run_in or self._behind_purpose(para))))
        ):
            return False
        if bullet and part not in (Part.DUTIES, None):
            return False
        if part in (None, Part.HEAD) and (self.in_head or para.caps) and para.rank == NONE and not run_in:
            return False
        if part is Part.CLOSING and (para.rank == NONE or bullet):
            return False
        if part is not Part.DUTIES:
            rank = self.rank(para, "part")
            self.push(Entry(rank=min(rank, LETTER) - 0.5, part=Part.DUTIES, marker_rank=PART))
        self.before_bodies(para)
        rank = self.rank(para, "agency")
        name = " ".join(self.text[span[0] : span[1]].replace("*", " ").split())
        self.push(Entry(rank=rank, agency=name, ordinal=para.ordinal, marker_rank=para.rank))
        draft = self.add(para, Part.DUTIES, end=end, heading=True)
        draft.agency, draft.agency_from = name, "heading"
        return True

    def _role(self, para: Paragraph, end: int) -> tuple[int, int] | None:
        """«Văn thư: tiếp nhận hồ sơ», «Đồng chí Giám đốc Sở - Ủy viên: phụ trách ...»: who acts is no body but a person
        or an office that no list holds, before a colon and what is to be done."""
        label = self.match[para.body : end].strip(" *_")
        if para.rank == NONE or not label or not self.text[para.body].isupper() or any(c in label for c in ".;%?!"):
            return None
        if is_label(label) or on_cards(label) or names_time(label) or _NO_ROLE.match(label):
            return None
        if begins_with_verb(self.match, para.body, end):
            return None  # «Tổng hợp: ...»
        person = _PERSON.match(label)
        if len(label.split()) > (_LONG_ROLE if person else _LONG_OFFICE):
            return None
        if not person and any(map(str.isdigit, label)):
            return None
        at, stop = end + 1, min(len(self.text), end + 60)  # behind the colon
        while at < stop and not self.text[at].isalnum():
            at += 1
        acts = begins_with_verb(self.match, at, stop)
        beside = any(e.agency is not None and e.marker_rank == para.rank for e in self.stack)
        return (para.body, end) if acts or person or beside else None

    def _behind_purpose(self, para: Paragraph) -> bool:
        """«2. Đối với Văn phòng ...» behind «1. Yêu cầu chung» of the same kind: the general part has ended."""
        general = [e for e in self.stack if e.part is Part.PURPOSE]
        return para.rank in (ROMAN, NUMBER) and all(e.marker_rank == para.rank for e in general)

    def _area_heading(
        self,
        para: Paragraph,
        label: str,
        end: int,
        strong: bool,
        listed: bool,
        run_in: bool,
        following: Paragraph | None,
    ) -> bool:
        if self.part() in (Part.DUTIES, Part.PURPOSE, Part.CLOSING, Part.FUNDING) and para.rank not in (
            PART,
            ROMAN,
            CAPITAL,
        ):
            return False
        if len(label) > (140 if strong else 110) or "%" in label or (not strong and _SETS_A_GOAL.search(label)):
            return False
        area = heading_area(label[:90])
        bare = bare_area(label) if area is None and self._beside_areas(para) else None
        area = area or bare
        if area is None:
            return False
        if para.rank == NONE and not strong and not run_in and not self._looks_like_area(label):
            return False
        if (
            (listed or para.rank in (DASH, PLUS))
            and bare is None
            and not self._looks_like_area(label)
            and not self._has_children(para, following)
            and not (listed and not run_in and self._next_area(para, label, end))
        ):
            return False
        if self.in_head and self.part() is None and para.rank == NONE:
            return False
        rank = self.rank(para, "area")
        if para.rank in (DASH, PLUS):
            rank = float(para.rank)
        own = None  # "Nhóm mục tiêu về thủ tục hành chính" names its part as well
        listed_goals = self.lead is Part.GOALS and para.rank in (DASH, PLUS, NONE)
        if listed_goals and self.part() in (None, Part.OTHER, Part.HEAD, Part.GOALS):
            own = Part.GOALS  # «Kế hoạch đề ra các chỉ tiêu trên 6 lĩnh vực:» / «- Về công vụ: 100% ...»
        elif self.part() in (None, Part.OTHER, Part.HEAD):
            own = Part.GOALS if _GOALS_OF.match(label) else Part.MEASURES if _MEASURES_OF.match(label) else None
        self.push(
            Entry(rank=rank, part=own, area=area, area_from="heading", ordinal=para.ordinal, marker_rank=para.rank)
        )
        self.segments.append((area, para.ordinal, False))
        self.seen_parts = set()
        draft = self.add(para, self.part() or Part.OTHER, end=end, heading=True)
        draft.area, draft.area_from = area, "heading"
        self.lead = self.lead if listed_goals else None
        return True

    def _next_area(self, para: Paragraph, label: str, end: int) -> bool:
        """«4. Xây dựng đội ngũ cán bộ, công chức, viên chức» after «3. Cải cách tổ chức bộ máy»: no sentence."""
        return len(label.split()) <= 12 and self.text[end - 1] not in ".;,:" and self._beside_areas(para)

    def _beside_areas(self, para: Paragraph) -> bool:
        """Does the paragraph carry the next number after the heading of an area?"""
        above = (entry for entry in self.stack if entry.area is not None and entry.marker_rank == para.rank)
        return any(entry.ordinal + 1 == para.ordinal for entry in above)

    def _looks_like_area(self, label: str) -> bool:
        """A heading names an area with a noun; a sentence about it begins with a verb and runs on."""
        label = label.removeprefix("về ").removeprefix("công tác ").removeprefix("lĩnh vực ").removeprefix("nhiệm vụ ")
        return label.startswith(tuple(documents()["area_starts"])) and len(label) <= 130

    def _has_children(self, para: Paragraph, following: Paragraph | None) -> bool:
        return following is not None and following.rank > para.rank and following.rank != NONE

    def _introduces_bodies(self, following: Paragraph | None) -> bool:
        """ "2. Trách nhiệm của một số sở, ngành" stands above headings that name each of them."""
        if following is None or following.rank in (NONE, DASH, PLUS):
            return False
        return names_agency(self.text, self.match, following.body, following.end) is not None

    def _unnamed_heading(
        self, para: Paragraph, label: str, words: str, end: int, strong: bool, run_in: bool, following: Paragraph | None
    ) -> bool:
        """«III. THỰC HIỆN», «2. Cách làm» beside «1. Mục tiêu»: by its place the heading of a part, whose words open
        none. What stands below tells which (`lost.unnamed_parts`)."""
        if run_in or self.in_head or following is None or len(label.split()) > _LONG_LABEL:
            return False
        if "%" in label or ":" in label or self._is_labelled(following):
            return False
        if self.part() in (Part.CLOSING, Part.APPENDIX) or words.endswith((".", ";", ",")):
            return False
        if any(e.part is not None and e.marker_rank < para.rank for e in self.stack):
            return False  # it divides the part above
        beside = [e for e in self.stack if e.part is not None and e.marker_rank == para.rank and not e.article]
        if not beside or (para.rank != NONE and beside[-1].ordinal + 1 != para.ordinal):
            return False
        if following.rank == NONE if not strong else para.rank == NONE and not following.marker:
            return False
        known = label in documents()["bare_duties"] or self._says_who_acts(following)
        part, number = (Part.DUTIES, 0) if known else (Part.OTHER, len(self.drafts) + 1)
        self.push(
            Entry(
                rank=beside[-1].rank,
                part=part,
                ordinal=para.ordinal,
                marker_rank=para.rank,
                unnamed=number,
            )
        )
        self.add(para, part, end=end, heading=True)
        self.lead = None
        return True

    def _says_who_acts(self, para: Paragraph) -> bool:
        """«Ban Giám đốc: duyệt kế hoạch ...», «2. Công an xã cấp ...»: does a paragraph begin with who is to act?"""
        colon = self.match.find(":", para.body, min(para.end, para.body + 120))
        if colon > 0 and names_agency(self.text, self.match, para.body, colon) is not None:
            return True
        named = doer(self.text, self.match, para.body, para.end)
        return named is not None and named[0] - para.body < 20

    def _group_heading(
        self, para: Paragraph, label: str, end: int, words: str, following: Paragraph | None, run_in: bool
    ) -> bool:
        """A line that only introduces the deeper list below it, or names a period ("Giai đoạn 2026 - 2030")."""
        if run_in or following is None:
            return False
        deeper = following.rank > para.rank and following.rank != NONE
        year = self.year_of(label)
        whole = words.endswith((".", ";")) and "," in label  # «Năm 2025, tỉnh tiếp tục ...» is a sentence
        if (
            year is not None
            and "%" not in label
            and len(label) < 60
            and not whole
            and (label.startswith(("năm", "đến năm", "giai đoạn", "đến hết")))
        ):
            self.push(Entry(rank=self.rank(para, "year"), year=year, ordinal=para.ordinal, marker_rank=para.rank))
            self.add(para, self.part() or Part.OTHER, end=end, heading=True)
            return True
        if "%" in label:
            return False
        if deeper or para.bold or para.caps:
            self.close_sibling(para)
        if (
            deeper
            and words.endswith(":")
            and self.part() not in (Part.PURPOSE, Part.RESULTS, Part.GOALS)
            and self._announces(words) is Part.GOALS
        ):
            self.push(Entry(rank=float(para.rank), part=Part.GOALS, ordinal=para.ordinal, marker_rank=para.rank))
            self.add(para, Part.GOALS, end=end, heading=True)
            return True
        if deeper and self.part() in (None, Part.HEAD, Part.OTHER) and self._hands_out_work(label, following):
            self.push(Entry(rank=float(para.rank), part=Part.DUTIES, ordinal=para.ordinal, marker_rank=para.rank))
            self.add(para, Part.DUTIES, end=end, heading=True)
            return True
        if deeper and (
            words.endswith(":")
            or (para.rank not in (NONE, DASH, PLUS) and len(label) <= 120 and not words.endswith((".", ";")))
        ):
            self.add(para, self.part() or Part.OTHER, end=end, heading=True)
            self.group = (para.rank, label)
            return True
        if (para.bold or para.caps) and para.rank != NONE and len(label) <= 160 and not words.endswith((".", ";")):
            self.add(para, self.part() or Part.OTHER, end=end, heading=True)
            return True
        return False

    def _hands_out_work(self, label: str, following: Paragraph) -> bool:
        """«2. Về nhiệm vụ 6 tháng cuối năm:» of a conclusion, above items that each begin with who is to act."""
        if not _WORK_HEADING.match(label):
            return False
        named = doer(self.text, self.match, following.body, following.end)
        return named is not None and named[0] - following.body < 20

    def _content(self, para: Paragraph, following: Paragraph | None) -> None:
        words = self.match[para.body : para.end]
        part = self.part()
        if part is None:
            part = self.lead or (Part.OTHER if self.open("area") is not None else Part.HEAD)
        if part in (Part.MEASURES, Part.GOALS, Part.OTHER) and para.rank == NONE and self._tells_last_year(words):
            turn = self._turn(words)
            if not turn:
                self.add(para, Part.RESULTS)
                return
            if (
                part is not Part.GOALS
            ):  # among goals each sentence is looked at, and may take its subject from the first
                self.add(para, Part.RESULTS, end=para.body + turn)
                self._content(Paragraph(para.body + turn, para.end, para.body + turn, "", NONE), following)
                return
        if part in (Part.MEASURES, Part.OTHER) and self._goals_of_area(para, words, following):
            self.add(para, Part.GOALS)
            return
        if _GENERAL_GOAL.match(words) and part in (Part.HEAD, Part.OTHER):
            if not words.rstrip(" *").endswith((".", "!", "”", '"')):  # a whole sentence speaks for itself alone
                self.push(Entry(rank=ROMAN, part=Part.PURPOSE, marker_rank=ROMAN))
            part = Part.PURPOSE
        elif (
            words.startswith(("kinh phí ", "nguồn kinh phí"))
            and para.rank == NUMBER
            and part in (Part.MEASURES, Part.OTHER, Part.DUTIES)
            and not self.open("agency")
        ):
            self.push(Entry(rank=para.rank - 0.5, part=Part.FUNDING, marker_rank=ROMAN))
            part = Part.FUNDING
        draft = self.add(para, part)
        if self.text[para.start : para.end].rstrip(' *_"”').endswith("/."):  # the end mark of official documents
            self.push(Entry(rank=0.5, part=Part.CLOSING, marker_rank=PART))
            return
        if self._orders_list(para, words, following):
            self.push(Entry(rank=float(ROMAN), part=Part.DUTIES, marker_rank=PART))
            draft.heading, draft.part = True, Part.DUTIES
            return
        announced = self._announces(words)
        deeper = following is not None and following.rank != NONE and following.rank > para.rank
        if (
            announced is Part.GOALS
            and deeper
            and words.rstrip().endswith(":")
            and part not in (Part.PURPOSE, Part.RESULTS)
        ):
            self.push(Entry(rank=float(para.rank), part=Part.GOALS, ordinal=para.ordinal, marker_rank=para.rank))
            draft.heading = True
            return
        if (
            announced is not None
            and part in (Part.HEAD, Part.OTHER, Part.PURPOSE, Part.RESULTS)
            and self.part() in (None, Part.OTHER, Part.PURPOSE)
        ):
            if part is Part.PURPOSE:
                self.stack.clear()
            self.lead = announced
            draft.heading = True
        if (
            draft.part in (Part.MEASURES, Part.GOALS, Part.DUTIES)
            and words.rstrip().endswith(":")
            and following is not None
            and following.rank != NONE
            and following.rank > para.rank
        ):
            draft.heading = True

    def _tells_last_year(self, words: str) -> bool:
        """«Năm 2013, UBND huyện ban hành 11 văn bản ...» below the heading of an area, in a plan for 2014."""
        told = _LAST_YEAR.match(words)
        return bool(told and self.plan_begins is not None and int(told[1]) < self.plan_begins)

    def _turn(self, words: str) -> int:
        """Where a paragraph that begins with a year before goes on with the plan's; 0 where it does not."""
        for turn in _TURN.finditer(words):
            if turn[1] is None or (self.plan_begins is not None and int(turn[1]) >= self.plan_begins):
                return turn.end()
        return 0

    def _goals_of_area(self, para: Paragraph, words: str, following: Paragraph | None) -> bool:
        """«Giảm 02 đơn vị sự nghiệp. Tinh giản 1,7% biên chế.»: nothing but goals between the heading of an area
        and the list of what is done for them."""
        if para.rank != NONE or following is None or not words.rstrip(" *").endswith("."):
            return False
        measures = part_of(self.match[following.body : following.end].strip(" *_:."), False) is Part.MEASURES
        above = next((d for d in reversed(self.drafts) if d.part is not Part.RESULTS or d.heading), None)
        if not (measures or following.rank in (DASH, PLUS)) or above is None or not above.heading or above.area is None:
            return False  # no list of what is done follows, or the paragraph does not come first
        said = [s for s in _SENTENCE.split(words) if s.strip(" *.")]
        return (
            all(any(c.isdigit() for c in s) for s in said)
            and _REACHED_BY.search(words) is not None
            and not _SAYS_WHO.search(words)
            and sum(bool(_GOAL_WORDS.match(s)) for s in said) * 2 >= len(said)
        )

    def _orders_list(self, para: Paragraph, words: str, following: Paragraph | None) -> bool:
        """ "UBND tỉnh yêu cầu:" above a list whose items begin with who is to act."""
        if (
            para.rank != NONE
            or following is None
            or following.rank not in (NUMBER, LETTER, PAREN, DASH, PLUS)
            or not _ORDERS.search(words[-80:])
        ):
            return False
        named = doer(self.text, self.match, following.body, following.end)
        return named is not None and named[0] - following.body < 20 and self.part() is not Part.DUTIES

    def _announces(self, words: str) -> Part | None:
        """ "..., với một số chỉ tiêu cụ thể như sau:" announces goals."""
        tail = words.rstrip()
        if not tail.endswith(":") and not _AS_FOLLOWS.search(tail[-80:]):
            return None
        tail = tail[-160:]
        if _LEAD_GOALS.search(tail) and not _LEAD_MEASURES.search(tail):
            return Part.GOALS
        if _LEAD_MEASURES.search(words[-300:]) or "nội dung đáng chú ý" in tail:
            return Part.MEASURES
        return None


def replace_end(para: Paragraph, end: int) -> Paragraph:
    """The paragraph cut at `end`."""
    return Paragraph(
        para.start, end, para.body, para.marker, para.rank, para.ordinal, para.bold, para.caps, para.after_blank
    )
