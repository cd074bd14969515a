"""Two small plans with known facts, for tests of everything behind the reader."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cchc import catalog, engine
from cchc.engine import Engine
from cchc.model import Deadline, Duty, Measure, Plan, PlanInfo, Target, Task

D = dt.date

TEXT_2024 = "\n".join(
    [
        "KẾ HOẠCH cải cách hành chính năm 2024",
        "- 90% hồ sơ được số hóa. Phần sau của đoạn.",
        '=HYPERLINK("http://x") là một nội dung lạ',
        "Xây dựng kế hoạch; rà soát; kiểm tra; báo cáo; đề án; đo lường; khảo sát; tập huấn; công khai",
        "Sở Nội vụ theo dõi, đôn đốc.",
    ]
)

# (content, kind, start, end, lead, support, area)
_TASKS: list[tuple[str, Deadline, tuple[str, ...], tuple[str, ...], int | None]] = [
    ("Ban hành kế hoạch", Deadline(kind="quarter", end=D(2024, 3, 31)), ("Sở Nội vụ",), ("Các sở, ban, ngành",), 1),
    ("Rà soát thủ tục", Deadline(kind="day", end=D(2024, 3, 14)), ("Văn phòng UBND tỉnh",), ("Sở Tư pháp",), 3),
    ("Kiểm tra công vụ", Deadline(kind="day", end=D(2024, 3, 15)), ("Sở Tư pháp",), ("Sở Nội vụ",), 5),
    ("Hoà giải, hướng dẫn", Deadline(kind="month", end=D(2024, 6, 30)), ("Sở Tư pháp", "Sở Tài chính"), (), 2),
    ("Báo cáo giữa năm", Deadline(kind="period", start=D(2024, 1, 1), end=D(2024, 6, 30)), ("Sở Nội vụ",), (), 1),
    ("Đo lường sự hài lòng", Deadline(kind="year", end=D(2024, 12, 31)), ("Sở, ban, ngành", "UBND cấp huyện"), (), 1),
    ("=1+1 nội dung lạ", Deadline(kind="years", start=D(2023, 1, 1), end=D(2025, 12, 31)), ("Công ty Lạ",), (), 7),
    ("Cập nhật trang tin", Deadline(kind="ongoing"), ("Sở Thông tin và Truyền thông",), ("Đơn vị có liên quan",), 7),
    ("Sắp xếp đơn vị", Deadline(kind="event"), ("Sở Nội vụ",), ("UBND huyện Phù Cát",), 4),
    ("- Việc chưa rõ hạn", Deadline(), (), ("Sở Nội vụ",), None),
]
RAW = ("Quý I/2024", "14/3/2024", "Trước ngày 15/3/2024", "Tháng 6/2024", "6 tháng đầu năm", "Năm 2024",
       "2023 - 2025", "Thường xuyên", "Sau khi có hướng dẫn", "theo chỉ đạo")  # fmt: skip


def plan_2024() -> Plan:
    """A provincial plan of 2024 with ten tasks, one of each kind of deadline; agencies direct, by groups, unknown."""
    doc = "tinh-mau-10-kh-ubnd-2024"
    tasks = tuple(
        Task(
            id=f"{doc}.n{n:08x}", ordinal=str(n + 1), area=area, area_from="heading" if area else None, content=content,
            products=("Kế hoạch", "Báo cáo") if n == 0 else (), lead=lead, support=support, deadline_raw=RAW[n],
            deadline=due, start=10 * n, end=10 * n + 5, note="Ghi chú" if n == 0 else "",
            confidence=0.5 if n == 1 else 1.0, reasons=("dòng bị mất ô",) if n == 1 else (),
        )
        for n, (content, due, lead, support, area) in enumerate(_TASKS)
    )  # fmt: skip
    quote = "90% hồ sơ được số hóa"
    at = TEXT_2024.index(quote)
    common: dict[str, Any] = {"start": at, "end": at + len(quote), "quote": quote, "due": D(2024, 12, 31)}
    targets = (
        Target(id=f"{doc}.c1", area=3, area_from="heading", kind="ratio", comparator=">=", value=90, unit="%",
               level="tỉnh", subject="hồ sơ được số hóa", **common),
        Target(id=f"{doc}.c2", area=7, kind="rank", comparator="<=", value=20, unit="hạng", group="cả nước",
               subject="Chỉ số cải cách hành chính", **common),
        Target(id=f"{doc}.c3", kind="improve", subject="Chỉ số hài lòng", confidence=0.79,
               reasons=("chưa rõ lĩnh vực",), **common),
        Target(id=f"{doc}.c4", area=1, kind="count", comparator=">", value=1234.5, unit="dịch vụ", level="xã",
               subject="dịch vụ", except_="hồ sơ mật", **common),
        Target(id=f"{doc}.c5", area=1, kind="milestone", subject="hoàn thành đề án", **(common | {"due": None})),
    )  # fmt: skip
    return Plan(
        name="mau-2024.txt",
        plan=PlanInfo(id=doc, title="Kế hoạch cải cách hành chính năm 2024", number="10/KH-UBND", kind="Kế hoạch",
                      authority="UBND tỉnh Mẫu", province="Mẫu", level="tỉnh", year=2024, issued_on=D(2023, 12, 29)),
        targets=targets,
        tasks=tasks,
        measures=(Measure(id=f"{doc}.g1", area=2, content="=cmd|' /C calc'!A0", start=0, end=4),),
        duties=(
            Duty(id=f"{doc}.t1", agency="Sở Nội vụ", agency_from="heading", content="theo dõi, đôn đốc", start=0,
                 end=4),
            Duty(id=f"{doc}.t2", agency="Các sở, ban, ngành; UBND cấp huyện", agency_from="text", content="thực hiện",
                 start=5, end=9),
            Duty(id=f"{doc}.t3", content="không nêu cơ quan", start=10, end=14),
        ),
        warnings=("Một số liệu chưa được đọc",),
        text=TEXT_2024,
    )  # fmt: skip


def plan_2022() -> Plan:
    """A district's plan of 2022 without number: one task, one target."""
    doc = "vb-0123456789"
    return Plan(
        name="huyen-2022.txt",
        plan=PlanInfo(id=doc, kind="Kế hoạch", level="huyện", year=2022),
        targets=(
            Target(id=f"{doc}.c1", area=5, kind="ratio", comparator=">=", value=100, unit="%", level="huyện",
                   subject="công chức", quote="100% công chức", start=0, end=14, due=D(2022, 12, 31)),
        ),
        tasks=(
            Task(id=f"{doc}.n1", ordinal="1", area=6, content="Quyết toán", lead=("Phòng Tài chính",),
                 deadline_raw="Quý IV/2022", deadline=Deadline(kind="quarter", end=D(2022, 12, 31)), start=0, end=4),
        ),
        text="100% công chức đạt chuẩn",
    )  # fmt: skip


PLANS = (plan_2022(), plan_2024())
DOC = plan_2024().plan.id


def task_id(n: int) -> str:
    """The id of the n-th task (from 0) of the plan of 2024."""
    return f"{DOC}.n{n:08x}"


def show(monkeypatch: pytest.MonkeyPatch, made: Engine) -> None:
    """Lets the pages show this engine's catalog and follow no other documents."""
    monkeypatch.setattr(engine, "_engine", made)
    monkeypatch.setattr(engine, "_shows", None)
    monkeypatch.setenv("CCHC_CATALOG", str(made.path))


def sample_engine(folder: Path, plans: tuple[Plan, ...] = PLANS) -> Engine:
    """An engine on a new catalog of these plans."""
    return Engine(catalog.write(plans, [("hong.txt", "Tệp trống.")], "0123456789abcdef", folder))
