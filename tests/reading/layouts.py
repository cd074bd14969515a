"""The same tasks in many layouts, as copies of plans really give them: what `test_layouts.py` measures the reader with.

Tasks come from the annotations (the five real plans, tests/corpus/dev, tests/corpus/dev2) and from the awkward cells
below. A layout is a form (how cells are put into lines) and a variant (what is done to the table before).
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Names = tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A task: its cells as written and what they mean."""

    content: str
    cells: dict[str, str]
    lead: Names
    support: Names
    products: Names
    deadline: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)

    def gold(self) -> dict[str, Any]:
        return {
            "content": self.content, "lead": list(self.lead), "support": list(self.support),
            "products": list(self.products), "deadline": self.deadline, **self.extra,
        }  # fmt: skip


# --- cells that are awkward ------------------------------------------------------------------------------------------

AGENCIES: tuple[tuple[str, Names], ...] = (
    ("Sở Nội vụ", ("Sở Nội vụ",)),
    ("UBND các xã, phường, đặc khu", ("UBND các xã, phường, đặc khu",)),
    ("Các phòng, ban, đơn vị thuộc Sở", ("Các phòng, ban, đơn vị thuộc Sở",)),
    ("Công an tỉnh, Bộ CHQS tỉnh", ("Công an tỉnh", "Bộ CHQS tỉnh")),
    ("Trung tâm PVHCC", ("Trung tâm PVHCC",)),
    ("Ban QLKKT", ("Ban QLKKT",)),
    ("VP HĐND-UBND huyện", ("VP HĐND-UBND huyện",)),
    ("Sở Nội vụ; Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
    ("Sở Khoa học và Công nghệ, Văn phòng UBND tỉnh", ("Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh")),
    ("Các sở, ban, ngành; UBND cấp xã", ("Các sở, ban, ngành", "UBND cấp xã")),
    ("Các sở, ban, ngành tỉnh và UBND các huyện, thị xã, thành phố",
     ("Các sở, ban, ngành tỉnh", "UBND các huyện, thị xã, thành phố")),
    ("Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công)",
     ("Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công)",)),
    ("Phòng Văn hóa - Xã hội", ("Phòng Văn hóa - Xã hội",)),
    ("Sở Nông nghiệp và Môi trường", ("Sở Nông nghiệp và Môi trường",)),
    ("Báo và Đài Phát thanh, Truyền hình tỉnh", ("Báo và Đài Phát thanh, Truyền hình tỉnh",)),
    ("Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội",
     ("Ủy ban MTTQ Việt Nam tỉnh", "các tổ chức chính trị - xã hội")),
    ("Các cơ quan, đơn vị có liên quan", ("Các cơ quan, đơn vị có liên quan",)),
    ("Thanh tra tỉnh, Sở Tư pháp và các cơ quan liên quan", ("Thanh tra tỉnh", "Sở Tư pháp", "các cơ quan liên quan")),
    ("Thuế tỉnh, Kho bạc Nhà nước khu vực VIII", ("Thuế tỉnh", "Kho bạc Nhà nước khu vực VIII")),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
    ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
    ("Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội",)),
    ("Văn phòng HĐND và UBND xã", ("Văn phòng HĐND và UBND xã",)),
    ("Công chức Tư pháp - Hộ tịch", ("Công chức Tư pháp - Hộ tịch",)),
    ("Thủ trưởng các cơ quan chuyên môn", ("Thủ trưởng các cơ quan chuyên môn",)),
    ("VNPT tỉnh, Viettel tỉnh", ("VNPT tỉnh", "Viettel tỉnh")),
    ("Cục Chuyển đổi số quốc gia", ("Cục Chuyển đổi số quốc gia",)),
    ("Vụ Tổ chức cán bộ; Văn phòng Bộ", ("Vụ Tổ chức cán bộ", "Văn phòng Bộ")),
    ("Các Vụ, Cục, Tổng cục thuộc Bộ", ("Các Vụ, Cục, Tổng cục thuộc Bộ",)),
    ("Ban Chỉ đạo CCHC tỉnh", ("Ban Chỉ đạo CCHC tỉnh",)),
    ("Tổ Công nghệ số cộng đồng", ("Tổ Công nghệ số cộng đồng",)),
)  # fmt: skip
PRODUCTS: tuple[tuple[str, Names], ...] = (
    ("Kế hoạch", ("Kế hoạch",)),
    ("Quyết định của UBND tỉnh; Kế hoạch", ("Quyết định của UBND tỉnh", "Kế hoạch")),
    ("Kế hoạch của UBND tỉnh, báo cáo kết quả thực hiện", ("Kế hoạch của UBND tỉnh, báo cáo kết quả thực hiện",)),
    ("Kế hoạch, Báo cáo", ("Kế hoạch", "Báo cáo")),
    ("Danh mục thủ tục hành chính được công bố, công khai", ("Danh mục thủ tục hành chính được công bố, công khai",)),
    ("Hội nghị, lớp tập huấn", ("Hội nghị, lớp tập huấn",)),
    ("Các văn bản chỉ đạo, điều hành", ("Các văn bản chỉ đạo, điều hành",)),
    ("Tờ trình; dự thảo Nghị quyết của HĐND tỉnh", ("Tờ trình", "dự thảo Nghị quyết của HĐND tỉnh")),
    ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt trên 80%", ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt trên 80%",)),
    ("Phần mềm, cơ sở dữ liệu dùng chung", ("Phần mềm, cơ sở dữ liệu dùng chung",)),
    ("Tin, bài, phóng sự, chuyên mục", ("Tin, bài, phóng sự, chuyên mục",)),
    ("Công văn chỉ đạo", ("Công văn chỉ đạo",)),
    ("Đề án được phê duyệt", ("Đề án được phê duyệt",)),
    ("100% cán bộ, công chức được bồi dưỡng", ("100% cán bộ, công chức được bồi dưỡng",)),
    ("Báo cáo của Sở Nội vụ", ("Báo cáo của Sở Nội vụ",)),
    ("Quyết định", ("Quyết định",)),
    ("Kết quả chấm điểm, xếp hạng", ("Kết quả chấm điểm, xếp hạng",)),
)
DEADLINES: tuple[tuple[str, str, str | None], ...] = (
    ("Thường xuyên; báo cáo trước 15/12", "ongoing", None),
    ("Quý I và Quý III hằng năm", "ongoing", None),
    ("Khi có hướng dẫn của Bộ", "event", None),
    ("30/6/2025", "day", "2025-06-30"),
    ("Trong Quý II", "quarter", "2025-06-30"),
    ("Hoàn thành trong tháng 9/2025", "month", "2025-09-30"),
    ("Trước ngày 20 của tháng cuối quý", "ongoing", None),
    ("Quý I/2025", "quarter", "2025-03-31"),
    ("Năm 2025", "year", "2025-12-31"),
    ("Tháng 12/2025", "month", "2025-12-31"),
    ("Thường xuyên", "ongoing", None),
    ("Trước ngày 15/12/2025", "day", "2025-12-15"),
    ("Quý II, III/2025", "quarter", "2025-09-30"),
    ("6 tháng đầu năm 2025", "period", "2025-06-30"),
    ("Theo kế hoạch của Trung ương", "event", None),
    ("Định kỳ hằng quý", "ongoing", None),
    ("Cả năm", "year", "2025-12-31"),
    ("Quý III - Quý IV/2025", "period", "2025-12-31"),
    ("Chậm nhất ngày 30 tháng 11 năm 2025", "day", "2025-11-30"),
    ("Từ tháng 3 đến tháng 10/2025", "period", "2025-10-31"),
    ("Giai đoạn 2025 - 2026", "years", "2026-12-31"),
    ("Sau khi có văn bản của Chính phủ", "event", None),
    ("Hằng tháng", "ongoing", None),
)
CONTENTS: tuple[str, ...] = (
    "Ban hành Kế hoạch cải cách hành chính và kế hoạch kiểm tra năm 2025",
    "Tổ chức kiểm tra công tác cải cách hành chính tại các sở, ban, ngành, UBND cấp xã",
    "Rà soát, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý",
    "Công bố danh mục dịch vụ công trực tuyến toàn trình",
    "Tham mưu UBND tỉnh trình HĐND tỉnh ban hành nghị quyết quy định mức thu phí, lệ phí khi nộp hồ sơ trực tuyến",
    "Khảo sát mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước",
    "Sắp xếp, kiện toàn tổ chức bộ máy các cơ quan chuyên môn theo Nghị định số 150/2025/NĐ-CP của Chính phủ",
    "Bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức",
    "Thực hiện tinh giản biên chế",
    "Xây dựng phương án tự chủ tài chính của các đơn vị sự nghiệp công lập giai đoạn 2026 - 2030",
    "Duy trì hệ thống quản lý chất lượng TCVN ISO 9001:2015",
    "Kết nối, chia sẻ dữ liệu giữa Hệ thống thông tin giải quyết thủ tục hành chính với Cơ sở dữ liệu quốc gia",
    "Tuyên truyền cải cách hành chính trên Báo, Đài và Cổng thông tin điện tử",
    "Chấm điểm, xếp hạng chỉ số cải cách hành chính của các địa phương",
    "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính",
    "Nâng cấp Cổng dịch vụ công; bảo đảm an toàn thông tin theo cấp độ",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực, đạt 100% trong năm 2025",
    "Cập nhật, kiểm tra, rà soát văn bản quy phạm pháp luật; xử lý văn bản trái pháp luật",
    "Đánh giá, xếp loại chất lượng đối với người đứng đầu",
    "Quản lý, sử dụng tài sản công theo quy định",
)


def _composed() -> list[Item]:
    """Sixty tasks: each content three times, with other cells each time."""
    items = []
    for i in range(60):
        lead, leads = AGENCIES[(i * 7) % len(AGENCIES)]
        support, supports = AGENCIES[(i * 11 + 9) % len(AGENCIES)]
        product, products = PRODUCTS[(i * 5) % len(PRODUCTS)]
        due, kind, end = DEADLINES[i % len(DEADLINES)]
        content = CONTENTS[i % len(CONTENTS)] + ("", " (đợt 2)", ", phục vụ sơ kết giai đoạn")[i // len(CONTENTS)]
        cells = {"content": content, "lead": lead, "support": support, "product": product, "deadline": due}
        items.append(Item(content, cells, leads, supports, products, {"kind": kind, "end": end}))
    return items


def _annotated() -> Iterator[tuple[int, list[Item]]]:
    folders = [HERE / "gold", HERE.parent / "corpus" / "dev", HERE.parent / "corpus" / "dev2"]
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        items = []
        for task in gold["tasks"]:
            if task.get("merged_cells") or task.get("optional") or not task.get("lead") or "deadline_raw" not in task:
                continue
            cells = {
                "content": task["content"], "lead": "; ".join(task["lead"]), "support": "; ".join(task["support"]),
                "product": "; ".join(task["products"]), "deadline": task["deadline_raw"],
            }  # fmt: skip
            extra = {k: task[k] for k in ("deadline_alt", "alt_lead") if task.get(k)}
            items.append(
                Item(
                    task["content"], cells, tuple(task["lead"]), tuple(task["support"]), tuple(task["products"]),
                    task["deadline"], extra,
                )
            )  # fmt: skip
        if len(items) >= 5:
            yield gold["plan"].get("year") or 2025, items[:20]


@cache
def groups() -> tuple[tuple[int, tuple[Item, ...]], ...]:
    """Tables of 5 to 20 tasks with the year of their plan; the composed ones first."""
    made = _composed()
    return (
        *((2025, tuple(made[i : i + 15])) for i in range(0, 60, 15)),
        *((year, tuple(items)) for year, items in _annotated()),
    )


# --- variants: what is done to the table -----------------------------------------------------------------------------

HEADERS = {
    "ordinal": "STT", "content": "Nội dung nhiệm vụ", "product": "Sản phẩm", "lead": "Cơ quan chủ trì",
    "support": "Cơ quan phối hợp", "deadline": "Thời gian hoàn thành", "note": "Ghi chú", "budget": "Kinh phí",
    "basis": "Căn cứ",
}  # fmt: skip
USUAL = ("ordinal", "content", "product", "lead", "support", "deadline")
ORDERS = (
    ("ordinal", "content", "lead", "support", "product", "deadline"),
    ("ordinal", "content", "lead", "support", "deadline", "product"),
    ("ordinal", "content", "deadline", "lead", "support", "product"),
    ("ordinal", "content", "product", "deadline", "lead", "support"),
    ("ordinal", "lead", "content", "product", "support", "deadline"),
    ("ordinal", "deadline", "content", "lead", "support", "product"),
    ("ordinal", "content", "support", "lead", "deadline", "product"),
    ("ordinal", "product", "content", "lead", "support", "deadline"),
)
AREAS = ("Công tác chỉ đạo, điều hành", "Cải cách thể chế", "Cải cách thủ tục hành chính", "Cải cách tài chính công")


@dataclass(frozen=True)
class Sheet:
    """A table before it is put into lines. A row of one or two cells is a heading."""

    columns: Names
    headers: list[str]
    rows: list[list[str]]
    items: list[Item]
    repeat: int = 0  # the header is printed again after so many rows
    pages: bool = False
    lost: bool = False


def sheet(items: Sequence[Item], variant: str) -> Sheet:
    columns: Names = USUAL
    kept = list(items)
    if variant.startswith("order"):
        columns = ORDERS[int(variant[5:])]
    elif variant == "no ordinal":
        columns = USUAL[1:]
    elif variant == "no support":
        columns = tuple(c for c in USUAL if c != "support")
        kept = [replace(i, support=()) for i in kept]
    elif variant == "no product":
        columns = tuple(c for c in USUAL if c != "product")
        kept = [replace(i, products=()) for i in kept]
    elif variant == "budget, note":
        columns = (*USUAL, "budget", "note")
    elif variant == "basis":
        columns = ("ordinal", "content", "basis", "lead", "support", "product", "deadline", "note")
    elif variant in ("merged lead", "merged deadline"):
        merged = []
        for i, item in enumerate(kept):
            if i % 3 == 1 and variant == "merged lead":
                item = replace(item, lead=merged[-1].lead, support=merged[-1].support,
                               cells={**item.cells, "lead": "", "support": ""},
                               extra={"alt_lead": merged[-1].extra.get("alt_lead")})  # fmt: skip
            elif i % 3 == 1:
                above = merged[-1]
                item = replace(item, deadline=above.deadline, cells={**item.cells, "deadline": ""},
                               extra={"deadline_alt": above.extra.get("deadline_alt")})  # fmt: skip
            merged.append(item)
        kept = merged
    elif variant == "agency lists":
        kept = [replace(i, cells={**i.cells, "lead": _listed(i.lead), "support": _listed(i.support)}) for i in kept]
    elif variant == "bullets":
        kept = [replace(i, cells={**i.cells, "product": _listed(i.products)}) for i in kept]
    rows = []
    others = {"budget": ("500 triệu đồng", "", "Ngân sách tỉnh"), "note": ("", "", "Chuyển tiếp từ năm trước"),
              "basis": ("Nghị quyết số 76/NQ-CP", "Quyết định số 468/QĐ-TTg", "")}  # fmt: skip
    for number, item in enumerate(kept, 1):
        cells = dict(item.cells, ordinal=str(number))
        for role, values in others.items():
            cells[role] = values[number % 3]
        rows.append([cells[c] for c in columns])
    headers = [HEADERS[c] for c in columns]
    if variant == "wrapped header":
        headers = [re.sub(r"^(\S+ \S+) ", r"\1\n", h) for h in headers]
    made = Sheet(columns, headers, rows, kept)
    if variant.startswith("areas"):
        return _with_areas(made, variant.split()[1])
    if variant == "header again":
        return replace(made, repeat=4)
    if variant == "pages":
        return replace(made, pages=True)
    if variant == "lost header":
        return replace(made, lost=True)
    return made


def _listed(names: Names) -> str:
    return "\n".join(f"- {n}" for n in names) if len(names) > 1 else "".join(names)


def _with_areas(made: Sheet, style: str) -> Sheet:
    """Area rows every few tasks: I/II, A., 1. with 1.1 below, or lost (numbers begin anew)."""
    rows: list[list[str]] = []
    size = max(3, len(made.rows) // 4)
    for i, row in enumerate(made.rows):
        area, number = divmod(i, size)
        if number == 0 and area < len(AREAS) and style != "lost":
            mark = {"I": ("I", "II", "III", "IV"), "A.": ("A.", "B.", "C.", "D."), "1.1": ("1", "2", "3", "4")}[style]
            rows.append([mark[area], AREAS[area]])
        label = f"{area + 1}.{number + 1}" if style == "1.1" else str(number + 1)
        rows.append([label, *row[1:]])
    return replace(made, rows=rows)


# --- forms: how cells are put into lines -----------------------------------------------------------------------------


def _flow(made: Sheet, header: Callable[[list[str]], str], row: Callable[[list[str]], str]) -> str:
    lines = [] if made.lost else [header(made.headers)]
    page = 1
    for i, cells in enumerate(made.rows, 1):
        lines.append(row(cells))
        if made.pages and i % 4 == 0:
            page += 1
            lines.append(str(page))
        if made.repeat and i % made.repeat == 0:
            lines.append(header(made.headers))
    return "\n".join(lines)


def _padded(made: Sheet, cells: list[str]) -> list[str]:
    return [*cells, *[""] * (len(made.columns) - len(cells))]


def cell_pipes(made: Sheet) -> str:
    def put(cells: list[str]) -> str:
        return "\n".join(f"{c} |" for c in _padded(made, cells))

    return _flow(made, put, put)


def cell_lines(made: Sheet, gap: str = "\n", width: int = 0) -> str:
    def put(cells: list[str]) -> str:
        pieces = []
        for column, cell in zip(made.columns, _padded(made, cells), strict=True):
            if not cell:
                continue
            limit = width if column == "content" or not width else max(12, width * 2 // 3)
            pieces.append(_wrapped(cell, limit) if width else cell)
        return gap.join(pieces)

    return _flow(made, put, put)


def _wrapped(cell: str, width: int) -> str:
    return "\n".join(
        line for part in cell.split("\n") for line in textwrap.wrap(part, width, break_long_words=False) or [""]
    )


def cell_lines_apart(made: Sheet) -> str:
    return cell_lines(made, gap="\n\n").replace("\n1\n", "\n\n1\n")


def wrapped_lines(width: int) -> Callable[[Sheet], str]:
    return lambda made: cell_lines(made, width=width)


def tabs(made: Sheet) -> str:
    def put(cells: list[str]) -> str:
        return "\t".join(c.replace("\n", " ") for c in _padded(made, cells))

    return _flow(made, put, put)


def row_pipes(made: Sheet) -> str:
    def put(cells: list[str]) -> str:
        return " | ".join(c.replace("\n", " ") for c in _padded(made, cells))

    return _flow(made, put, put)


def markdown(made: Sheet) -> str:
    def put(cells: list[str]) -> str:
        return "| " + " | ".join(c.replace("\n", "<br>") for c in _padded(made, cells)) + " |"

    def head(cells: list[str]) -> str:
        return put(cells) + "\n" + "|" + " --- |" * len(cells)

    return _flow(made, head, put)


def blanks(made: Sheet) -> str:
    """Cells of a row kept apart by blanks; an empty cell leaves nothing but a wider gap."""

    def put(cells: list[str]) -> str:
        return "   ".join(c.replace("\n", " ") for c in _padded(made, cells)).rstrip()

    return _flow(made, put, put)


WIDTHS = {"ordinal": 5, "content": 34, "product": 20, "lead": 20, "support": 22, "deadline": 15, "note": 14,
          "budget": 12, "basis": 18}  # fmt: skip


def printed(centred: bool = False, apart: bool = False, gap: int = 2) -> Callable[[Sheet], str]:
    """Columns at fixed places, cells over several lines, as `pdftotext -layout` prints them."""

    def put_in(made: Sheet, cells: list[str]) -> str:
        if len(cells) < len(made.columns) and len(made.columns) > 2:
            return (" ".join(cells) if made.columns[0] != "ordinal" else f"{cells[0]:<7}{cells[-1]}").rstrip()
        parts = [
            [x for p in c.split("\n") for x in textwrap.wrap(p, WIDTHS[k], break_long_words=False)]
            for k, c in zip(made.columns, cells, strict=True)
        ]
        height = max(len(p) for p in parts)
        if centred:
            parts = [[""] * ((height - len(p)) // 2) + p for p in parts]
        lines = []
        for n in range(height):
            line = ""
            at = 0
            for column, p in zip(made.columns, parts, strict=True):
                line = f"{line:<{at}}" + (p[n] if n < len(p) else "")
                at += WIDTHS[column] + gap
            lines.append(line.rstrip())
        return "\n".join(lines) + ("\n" if apart else "")

    def render(made: Sheet) -> str:
        text = _flow(made, lambda c: put_in(made, c), lambda c: put_in(made, c))
        return re.sub(r"(?m)^(\d{1,2})$", lambda m: m.group() if not made.pages else f"\n{m.group():>60}\n", text)

    return render


FORMS: dict[str, Callable[[Sheet], str]] = {
    "cell a line, |": cell_pipes,
    "cell a line": cell_lines,
    "cell a line, blank between": cell_lines_apart,
    "wrapped at 24": wrapped_lines(24),
    "wrapped at 40": wrapped_lines(40),
    "wrapped at 60": wrapped_lines(60),
    "row a line, tabs": tabs,
    "row a line, |": row_pipes,
    "markdown": markdown,
    "row a line, blanks": blanks,
    "printed columns": printed(),
    "printed, rows apart": printed(apart=True),
    "printed, centred": printed(centred=True, apart=True),
}
VARIANTS: tuple[str, ...] = (
    "plain", *(f"order{i}" for i in range(8)), "no ordinal", "no support", "no product", "budget, note", "basis",
    "areas I", "areas A.", "areas 1.1", "areas lost", "merged lead", "merged deadline", "header again",
    "wrapped header", "pages", "lost header", "agency lists", "bullets",
)  # fmt: skip


def document(table: str, year: int) -> str:
    """A plan around a table."""
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nKẾ HOẠCH\nCải cách hành chính năm {year}\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n\nTriển khai đồng bộ các nhiệm vụ cải cách hành chính.\n\n"
        f"II. NHIỆM VỤ CỤ THỂ\n\n{table}\n\n"
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức thực hiện.\n"
    )
