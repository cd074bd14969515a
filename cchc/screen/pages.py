"""The frame of the pages: their order, Vietnamese titles and addresses. Run once for each change on the screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from cchc import access, config, words
from cchc.screen import signin, widgets

ICONS = {
    "tong-quan": ":material/dashboard:",
    "chi-tieu": ":material/flag:",
    "thoi-han": ":material/calendar_month:",
    "trach-nhiem": ":material/groups:",
    "van-ban": ":material/description:",
    "nhap-van-ban": ":material/upload_file:",
    "cap-nhat": ":material/edit_note:",
    "so-sanh": ":material/compare_arrows:",
    "quan-tri": ":material/admin_panel_settings:",
    "cham-diem": ":material/leaderboard:",
    "bao-cao": ":material/article:",
    "huong-dan": ":material/menu_book:",
}
HELP = {
    "tong-quan": "Việc đến hạn, việc đã qua hạn và nội dung cần rà soát.",
    "chi-tieu": "Các chỉ tiêu của kế hoạch, mức phải đạt và kết quả.",
    "thoi-han": "Nhiệm vụ theo quý, theo năm và theo tình trạng.",
    "trach-nhiem": "Cơ quan nào chủ trì, cơ quan nào phối hợp.",
    "van-ban": "Nguyên văn văn bản với từng nội dung đã đọc được.",
    "nhap-van-ban": "Thả tệp kế hoạch, xem lại những gì đọc được, sửa và ghi nhận.",
    "cap-nhat": "Ghi nhận kết quả, tài liệu kiểm chứng, vướng mắc của từng nội dung.",
    "quan-tri": "Phân quyền, cơ quan, bộ tiêu chí, nhật ký.",
    "so-sanh": "Việc nào thành quá hạn, việc nào hoàn thành giữa hai ngày.",
    "bao-cao": "Báo cáo quý, 6 tháng, năm: xem, in, tải Word và Excel.",
    "huong-dan": "Sổ tay cho cán bộ: từng việc, từng bước.",
    "cham-diem": "Điểm tham khảo của cơ quan, lĩnh vực, kế hoạch và từng số hạng của điểm.",
}
NO_PAST = ("van-ban", "cap-nhat", "quan-tri", "bao-cao")  # no offer to look at a past plan's last day
UNFILTERED = ("quan-tri", "nhap-van-ban", "huong-dan")  # nothing on it is narrowed by the filters


def script(url_path: str) -> Path:
    """The script of a page: pages/tong_quan.py for "tong-quan"."""
    return config.ROOT / "pages" / f"{url_path.replace('-', '_')}.py"


def run() -> None:
    """Draws the frame and the page that the address names."""
    st.set_page_config(page_title=words.APP_NAME, page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
    identity = signin.begin()
    manages = bool(access.can(identity.person, "manage_people"))
    # Streamlit would offer every file of pages/ by itself: naming the pages, before anything else, prevents that.
    listed = [
        st.Page(
            script(path),
            title=title,
            url_path=path,
            icon=ICONS[path],
            help=HELP[path],
            default=path == "tong-quan",
            visibility="visible" if manages or path != "quan-tri" else "hidden",
        )
        for path, title in words.PAGE_TITLES.items()
        if script(path).exists()
    ]
    page = st.navigation(listed, position="top")
    if not signin.admitted(identity):
        return
    signin.menu(identity)
    widgets.frame(offer_past=page.url_path not in NO_PAST, filtered=page.url_path not in UNFILTERED)
    if page.url_path in ("", "tong-quan"):
        signin.demo_offer(identity)
    page.run()
