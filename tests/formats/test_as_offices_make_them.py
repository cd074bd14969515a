"""Whole files with all that offices and portals put into them at once, from the bytes to the items."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

from cchc.reading import read_plan
from tests.formats import documents
from tests.formats.word import docx, item, level, numbering, p, tbl, tc, tr


def _word_file() -> bytes:
    """Letterhead and signature in tables, automatic numbers also in the first column, a header of two rows, cells
    merged over rows, page numbers in the page's header."""
    lists = numbering(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2."), level(0, "bullet", "-"), level(0, "decimal", "%1")
    )
    number = tc(inside=item("", 3))
    head = tbl(
        tr(
            "UBND TỈNH QUẢNG NINH\nSỞ NỘI VỤ\n-------",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-----",
        ),
        tr("Số: 45/KH-SNV", "Quảng Ninh, ngày 10 tháng 01 năm 2025"),
    )
    tasks = tbl(
        tr(tc("STT", merge="start"), tc("Nội dung nhiệm vụ", merge="start"), tc("Cơ quan thực hiện", span=2), tc("Thời gian hoàn thành", merge="start"), tc("Sản phẩm", merge="start"), properties="<w:tblHeader/>"),
        tr(tc(merge="on"), tc(merge="on"), "Chủ trì", "Phối hợp", tc(merge="on"), tc(merge="on")),
        tr("I", tc("CẢI CÁCH THỂ CHẾ", span=5)),
        tr(number, "Xây dựng kế hoạch rà soát văn bản", tc("Phòng Pháp chế", merge="start"), "Các phòng", "Quý I/2025", "Kế hoạch\nBáo cáo"),
        tr(number, "Tự kiểm tra văn bản", tc(merge="on"), "Các phòng", "Tháng 6/2025", "Báo cáo"),
        tr("II", tc("CẢI CÁCH THỦ TỤC HÀNH CHÍNH", span=5)),
        tr(number, "Rà soát thủ tục hành chính nội bộ", "Văn phòng Sở", "Các phòng", "Trước ngày 15/9/2025", "Quyết định"),
    )  # fmt: skip
    body = head + p() + p("KẾ HOẠCH") + p("Cải cách hành chính năm 2025 của Sở Nội vụ")
    body += p("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;")
    body += item("MỤC ĐÍCH, YÊU CẦU", 1) + item("Mục đích", 1, 1) + p("Nâng cao chất lượng phục vụ người dân.")
    body += item("MỤC TIÊU, CHỈ TIÊU", 1) + item("100% văn bản được ban hành đúng thời hạn.", 2)
    body += item("Trên 90% người dân hài lòng.", 2) + item("NHIỆM VỤ", 1) + p("Chi tiết tại bảng sau:") + tasks
    body += item("TỔ CHỨC THỰC HIỆN", 1) + item(
        "Văn phòng Sở theo dõi việc thực hiện Kế hoạch, báo cáo Giám đốc Sở.", 2
    )
    body += p("Trên đây là Kế hoạch cải cách hành chính năm 2025 của Sở Nội vụ./.")
    body += tbl(tr("Nơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT.", "GIÁM ĐỐC\n\nNguyễn Văn A"))
    return docx(body, filler=False, numbering=lists, header1=p("2"))


def test_a_word_file_of_an_office() -> None:
    plan = read_plan(_word_file(), "van ban.doc")
    assert plan.format == "docx"
    said = plan.plan
    assert (said.number, said.authority, said.province, said.year) == ("45/KH-SNV", "Sở Nội vụ", "Quảng Ninh", 2025)
    assert said.signed_by == "Nguyễn Văn A"
    assert [(t.comparator, t.value) for t in plan.targets] == [(">=", 100.0), (">", 90.0)]
    assert [(t.ordinal, t.area, t.lead, t.support, t.products, str(t.deadline.end)) for t in plan.tasks] == [
        ("1", 2, ("Phòng Pháp chế",), ("Các phòng",), ("Kế hoạch", "Báo cáo"), "2025-03-31"),
        ("2", 2, ("Phòng Pháp chế",), ("Các phòng",), ("Báo cáo",), "2025-06-30"),
        ("3", 3, ("Văn phòng Sở",), ("Các phòng",), ("Quyết định",), "2025-09-15"),
    ]
    assert {t.confidence for t in plan.tasks} == {1.0}
    assert [d.agency for d in plan.duties] == ["Văn phòng Sở"]
    assert plan.warnings == ()


_ABOVE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x"><html><head><meta charset="utf-8"/><title>Cổng thông tin</title>
<script>var a="<p>100% hồ sơ</p>";</script></head><body><form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x"/>
<div class="top"><a href="#">Trang chủ</a> | <a href="#">Sơ đồ cổng</a> | <a href="#">Đăng nhập</a></div>
<ul class="menu"><li><a>Giới thiệu</a><ul><li><a>Chức năng, nhiệm vụ</a></li></ul></li><li><a>Cải cách hành chính</a></li></ul>
<div>Tìm kiếm <select><option>Tất cả</option></select><button>Tìm</button></div>
<table width="100%"><tr><td class="left"><ul><li>Thông báo</li><li>Lịch làm việc</li></ul></td><td class="main">"""
_BELOW = """</td><td class="right"><h3>Tin mới nhất</h3><ul><li><a>Hội nghị về chuyển đổi số</a> (12/12/2024)</li></ul>
<div>Lượt truy cập: 1.234.567</div></td></tr></table><div class="footer">Bản quyền thuộc Ủy ban nhân dân tỉnh</div></form></body></html>"""


def test_a_page_of_a_portal() -> None:
    document = documents.binh_duong()
    alone = read_plan(documents.as_html(document), "x")
    inner = documents.as_html(document).decode().split("<div id='content'>")[1].rsplit("</div></body>", 1)[0]
    page = read_plan((_ABOVE + inner + _BELOW).encode(), "ke-hoach.doc")
    assert page.plan == alone.plan
    for section in ("targets", "tasks", "measures", "duties"):
        assert [i.id for i in getattr(page, section)] == [i.id for i in getattr(alone, section)]
