"""Wordings of deadlines, by what they mean in a plan of 2025: (kind, start, end) and the phrases."""

from __future__ import annotations

import pytest

from cchc.reading.deadlines import IMPOSSIBLE, read_deadline

Meaning = tuple[str, str | None, str | None]
WORDINGS: list[tuple[Meaning, tuple[str, ...]]] = [
    (("quarter", None, "2025-03-31"), (
        "Quý I", "quý 1", "Quý I/2025", "Quý 1/2025", "Quý I năm 2025", "Quý 01/2025", "QI/2025", "Q.I/2025", "Q1",
        "Trong quý I/2025", "Hết quý I/2025", "Cuối quý I năm 2025", "Quí I/2025", "quý I, năm 2025", "Quý I-2025",
        "Quý I.2025", "Hoàn thành trong Quý I", "Quý I của năm 2025", "Thực hiện: Quý I/2025", "Đến hết quý I/2025",
        "Xong trong quý I", "quý  I / 2025", "Quý đầu năm 2025", "Quý l/2025",
    )),
    (("quarter", None, "2025-12-31"), (
        "Quý cuối năm 2025", "Quý IV", "Quý 4 năm 2025", "Cuối Quý IV", "Quý II và Quý IV", "Quý II, IV",
        "Quý II; Quý IV/2025", "Quý I, II, III, IV", "Quý I, II, III và IV/2025", "Các quý I, II, III, IV năm 2025",
        "Quý II/2025; Quý IV/2025", "Đầu Quý IV/2025", "Quý 2, quý 4", "quý II/2025, quý IV/2025",
        "Quý III hoặc quý IV",
    )),
    (("period", "2025-01-01", "2025-12-31"), (
        "Quý I đến Quý IV", "Từ Quý I đến Quý IV/2025", "Quý I - IV", "Quý I – Quý IV năm 2025",
        "từ quý I/2025 đến hết quý IV/2025", "Từ tháng 01 đến tháng 12/2025", "Tháng 01 - 12/2025",
        "Từ tháng 1 đến tháng 12 năm 2025", "T1-T12/2025", "Tháng 1 đến tháng 12", "01/2025 - 12/2025",
        "Từ 01/01/2025 đến 31/12/2025", "01/01 - 31/12/2025", "Quý I-IV/2025",
    )),
    (("period", "2025-04-01", "2025-09-30"), (
        "Quý II - III/2025", "Quý II-III", "Quý II đến quý III/2025", "Từ tháng 4 đến tháng 9",
        "Tháng 4/2025 - tháng 9/2025", "tháng 4 đến hết tháng 9/2025", "Từ tháng 4/2025 đến tháng 9/2025",
        "4/2025-9/2025", "Từ 01/4 đến 30/9/2025", "Từ đầu tháng 4 đến cuối tháng 9 năm 2025",
    )),
    (("period", "2025-01-01", "2025-06-30"), (
        "6 tháng đầu năm", "06 tháng đầu năm 2025", "Sáu tháng đầu năm", "6 tháng/2025", "6 tháng",
        "6 tháng đầu năm 2025", "Trong 6 tháng đầu năm", "Nửa đầu năm 2025", "Trong 06 tháng đầu của năm 2025",
        "Hoàn thành trong 6 tháng đầu năm 2025",
    )),
    (("period", "2025-07-01", "2025-12-31"), (
        "6 tháng cuối năm", "06 tháng cuối năm 2025", "nửa cuối năm 2025", "Sáu tháng cuối năm 2025",
    )),
    (("period", "2025-01-01", "2025-09-30"), (
        "9 tháng", "09 tháng năm 2025", "9 tháng đầu năm", "chín tháng đầu năm 2025",
    )),
    (("period", "2025-04-01", "2025-09-30"), (
        "từ 01/4 đến 30/9", "Từ ngày 01/4 đến hết ngày 30/9", "từ 01/4 đến hết 30/9",
    )),
    (("ongoing", None, None), (
        "cuối quý", "Đầu tháng", "hết quý", "Cuối các tháng", "Cuối quý, cuối năm", "cuối tháng và quý",
        "02 tháng/số", "01 số/tháng", "2 kỳ/quý", "03 tháng/cuộc", "Thứ Hai đầu tháng", "Chiều thứ Sáu hằng tuần",
        "Thứ Năm của tuần", "Tuần cuối của tháng", "Ngày làm việc cuối cùng của quý",
    )),
    (("event", None, None), (
        "sau khi kết thúc lớp tập huấn 10 ngày", "10 ngày sau khi có kết luận", "sau hội nghị 05 ngày",
        "một tuần sau khi Bộ công bố", "Hai tuần sau khi nhận được hồ sơ", "05 ngày làm việc sau mỗi đợt kiểm tra",
        "trước hội nghị 5 ngày", "15 ngày trước kỳ họp", "kết thúc đợt kiểm tra 10 ngày", "ba ngày trước khi họp",
        "Trước mỗi kỳ tuyển dụng", "Sau mỗi đợt kiểm tra", "Ngay sau từng đợt thi", "Hè 2025", "Dịp hè", "Trước Tết",
        "Trình kỳ họp cuối năm", "Mùa khô", "Trước kỳ họp thứ 5",
    )),
    (("month", None, "2025-07-31"), (
        "Trình kỳ họp HĐND tỉnh tháng 7/2025", "Tại kỳ họp giữa năm (tháng 7)", "Dịp hè (tháng 6; tháng 7)",
    )),
    (("month", None, "2025-06-30"), (
        "Tháng 6", "tháng 06/2025", "Trong tháng 6", "Tháng 6 năm 2025", "T6/2025", "T.6/2025", "06/2025", "6/2025",
        "Cuối tháng 6", "Hết tháng 6/2025", "đến hết tháng 6 năm 2025", "tháng 6-2025", "Tháng 6/2025",
        "Tháng sáu năm 2025", "Tháng 3, tháng 6", "Tháng 3, 6/2025", "Tháng 3 và tháng 6 năm 2025",
        "tháng 3; tháng 6", "Tháng 3/2025 và tháng 6/2025", "Chậm nhất tháng 6/2025", "Hoàn thành trong tháng 6/2025",
        "Đầu tháng 6", "giữa tháng 6/2025", "Trong tháng 6, năm 2025",
    )),
    (("month", None, "2025-12-31"), (
        "Tháng 12", "Tháng 12/2025", "Tháng 6, tháng 12", "tháng 6 và tháng 12/2025", "Tháng 3, 6, 9, 12",
        "tháng 3, tháng 6, tháng 9, tháng 12/2025", "Tháng mười hai",
    )),
    (("month", None, "2025-02-28"), (
        "Tháng 02", "Tháng 2/2025", "Tháng Hai năm 2025", "02/2025",
    )),
    (("month", None, "2025-11-30"), (
        "Trước tháng 12", "trước tháng 12/2025",
    )),
    (("quarter", None, "2025-09-30"), (
        "Trước quý IV/2025",
    )),
    (("day", None, "2025-12-15"), (
        "Trước ngày 15/12/2025", "trước ngày 15/12", "Chậm nhất ngày 15/12/2025", "Chậm nhất là ngày 15/12",
        "15/12/2025", "Ngày 15/12/2025", "Ngày 15 tháng 12 năm 2025", "Trước ngày 15 tháng 12 năm 2025",
        "đến ngày 15/12/2025", "Đến hết ngày 15/12/2025", "Muộn nhất ngày 15/12/2025", "Hoàn thành trước 15/12/2025",
        "Xong trước ngày 15/12/2025", "15-12-2025", "15.12.2025", "Không muộn hơn ngày 15/12/2025",
        "Không quá ngày 15/12/2025", "Trước 15/12/25", "Hạn cuối: 15/12/2025", "ngày 15/12",
        "trước 17 giờ ngày 15/12/2025", "Trước 16h00 ngày 15/12/2025", "Báo cáo trước ngày 15/12/2025",
        "Trước ngày 15/ 12/2025", "Trước ngày 15/12/2025 (Quý IV)", "Quý IV/2025 (trước 15/12)",
        "Tháng 12 (trước ngày 15/12/2025)", "Năm 2025, trước ngày 15/12", "Trước ngày 15/6 và 15/12", "15/6; 15/12",
        "15/6/2025 và 15/12/2025", "Ngày 15 tháng 6 và ngày 15 tháng 12", "trình trước ngày 15/12/2025",
        "Trước 15 tháng 12", "Thời hạn: trước ngày 15/12/2025", "vào ngày 15/12/2025", "Trong ngày 15/12/2025",
        "trước ngày l5/12/2025",
    )),
    (("day", None, "2025-02-28"), (
        "Trước 28/02", "Chậm nhất 28/2/2025",
    )),
    (("period", "2025-03-15", "2025-06-30"), (
        "Từ 15/3/2025 đến 30/6/2025", "15/3/2025 - 30/6/2025", "Từ ngày 15/3 đến ngày 30/6/2025", "15/3-30/6/2025",
        "từ 15/3 đến hết 30/6", "Từ ngày 15 tháng 3 đến ngày 30 tháng 6 năm 2025",
        "Từ ngày 15/3/2025 đến hết tháng 6/2025", "Từ 15/3/2025 đến hết quý II/2025",
    )),
    (("period", "2025-08-01", "2025-08-07"), (
        "Tuần 1 tháng 8/2025", "Tuần 01 tháng 8", "Tuần thứ nhất tháng 8/2025", "Tuần đầu tháng 8",
        "tuần đầu của tháng 8/2025", "tuần I tháng 8/2025", "Tuần 1, tháng 8 năm 2025", "Tuần 1/tháng 8/2025",
    )),
    (("period", "2025-08-15", "2025-08-21"), (
        "Tuần 3 tháng 8/2025", "tuần thứ ba của tháng 8", "Tuần thứ 3 tháng 8 năm 2025", "Trong tuần 3 tháng 8/2025",
    )),
    (("period", "2025-08-22", "2025-08-31"), (
        "Tuần 4 tháng 8/2025", "Tuần cuối tháng 8/2025", "tuần cuối cùng của tháng 8",
    )),
    (("period", "2025-08-08", "2025-08-21"), (
        "Tuần 2, 3 tháng 8/2025", "tuần 2 - tuần 3 tháng 8", "Tuần 2 và 3 tháng 8/2025",
    )),
    (("year", None, "2025-12-31"), (
        "Năm 2025", "trong năm 2025", "2025", "Cả năm", "cả năm 2025", "Trong năm", "hết năm 2025",
        "Đến hết năm 2025", "Cuối năm 2025", "cuối năm", "Đến cuối năm 2025", "Toàn năm", "Hoàn thành trong năm 2025",
        "Cả năm (2025)", "Đến năm 2025", "trong năm kế hoạch", "Cả năm 2025 theo lịch",
    )),
    (("year", None, "2024-12-31"), (
        "Trước năm 2025", "Năm 2024",
    )),
    (("years", "2025-01-01", "2026-12-31"), (
        "2025-2026", "Năm 2025 - 2026", "năm 2025-2026", "Giai đoạn 2025-2026", "Từ năm 2025 đến năm 2026",
        "Năm 2025 và năm 2026", "2025, 2026", "năm 2025, 2026", "Trong 02 năm 2025 - 2026", "từ 2025 đến hết 2026",
        "Năm 2025 và 2026", "2025 – 2026", "Các năm 2025, 2026", "Năm 2025/2026",
    )),
    (("years", "2021-01-01", "2025-12-31"), (
        "giai đoạn 2021-2025", "2021 - 2025", "Giai đoạn 2021 – 2025", "Từ năm 2021 đến năm 2025", "2021-25",
    )),
    (("ongoing", None, None), (
        "Thường xuyên", "thường xuyên, liên tục", "Thường xuyên hằng năm", "Thường xuyên trong năm", "Hằng năm",
        "Hàng năm", "Hằng tháng", "hàng quý", "Hằng tuần", "Định kỳ", "Định kỳ 6 tháng, năm",
        "Định kỳ hằng tháng, quý, năm", "Hằng quý, 6 tháng, năm", "Theo định kỳ", "Mỗi quý một lần",
        "Mỗi tháng 1 lần", "01 lần/quý", "2 lần/năm", "ít nhất 01 lần/năm", "Ngày 20 hằng tháng",
        "Trước ngày 15 hằng tháng", "Trước ngày 10 tháng cuối quý", "Trước ngày 25 của tháng cuối quý", "Hằng ngày",
        "Thường xuyên, đột xuất", "Liên tục trong năm", "Suốt năm", "Trong suốt năm 2025", "Theo tháng", "Theo quý",
        "hàng tháng, hàng quý", "Định kì hàng năm", "Tháng 6 và tháng 12 hằng năm", "Quý I hằng năm",
        "Quý IV hàng năm", "Từ năm 2025 trở đi", "Từ tháng 3/2025", "bắt đầu từ tháng 3/2025", "từ ngày 01/7/2025",
        "Bắt đầu từ ngày 01/7/2025", "6 tháng, năm", "Hàng quý/6 tháng/năm", "Báo cáo quý, 6 tháng, năm",
        "3 tháng/lần", "6 tháng một lần", "Thường xuyên (hằng tháng)", "Cập nhật thường xuyên",
        "Duy trì thường xuyên",
    )),
    (("event", None, None), (
        "Theo Kế hoạch của UBND tỉnh", "theo kế hoạch của Bộ Nội vụ", "Sau khi Luật có hiệu lực",
        "Sau khi có hướng dẫn của Bộ Nội vụ", "Ngay sau khi Kế hoạch được ban hành", "Ngay sau khi có kết quả",
        "Trong 15 ngày kể từ ngày ban hành", "Trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản",
        "Chậm nhất 05 ngày sau khi kết thúc hội nghị", "Khi có yêu cầu", "Khi phát sinh", "Khi có văn bản chỉ đạo",
        "Theo yêu cầu của cấp trên", "Theo hướng dẫn", "Theo quy định", "Theo quy định của pháp luật",
        "Theo chương trình công tác", "Theo tiến độ", "Theo lộ trình của Chính phủ", "Đột xuất",
        "Theo chỉ đạo của UBND tỉnh", "Kỳ họp HĐND cuối năm", "Trước kỳ họp HĐND tỉnh",
        "Trong vòng 30 ngày kể từ ngày Nghị định có hiệu lực", "03 ngày sau khi nhận hồ sơ",
        "Sau 15 ngày kể từ ngày ký", "Theo Quyết định số 766/QĐ-TTg", "Theo Kế hoạch số 12/KH-UBND ngày 15/01/2025",
        "Theo thời hạn tại Quyết định số 10/QĐ-TTg", "Sau kỳ họp thứ 10", "Trước khai giảng", "Đầu năm học",
        "Phù hợp tình hình thực tế", "Đúng tiến độ", "Đảm bảo tiến độ theo quy định", "Theo từng giai đoạn",
        "Tùy tình hình thực tế", "trong 07 ngày làm việc, kể từ ngày nhận đủ hồ sơ",
        "Chậm nhất sau 10 ngày kể từ ngày ban hành Kế hoạch",
        "Không quá 05 ngày làm việc kể từ khi nhận được đề nghị", "Theo Công văn của Sở Nội vụ",
        "Sau khi được phê duyệt", "Ngay khi có chủ trương", "trước 05 ngày làm việc so với lịch kiểm tra",
        "Trước ít nhất 03 ngày so với ngày họp", "ít nhất trước 10 ngày so với kỳ đánh giá", "05 ngày so với lịch",
    )),
    (("none", None, None), (
        "31/6", "31/6/2025", "Trước ngày 31/6/2025", "30/02/2025", "29/2/2025", "Tháng 13", "13/2025", "Quý V/2025",
        "ngày 32/12/2025", "31/9", "từ 31/4/2025 đến 30/6/2025", "Tháng 0/2025", "Tuần 6 tháng 8/2025",
        "Ngày 31 tháng 11 năm 2025",
    )),
]  # fmt: skip
CASES = [(raw, meaning) for meaning, raws in WORDINGS for raw in raws]


@pytest.mark.parametrize(("raw", "meaning"), CASES)
def test_reads_every_wording(raw: str, meaning: Meaning) -> None:
    deadline, reasons = read_deadline(raw, 2025)
    said = (deadline.kind, *(d.isoformat() if d else None for d in (deadline.start, deadline.end)))
    assert said == meaning
    if meaning[0] == "none":  # an impossible date is named, not repaired
        assert reasons == (IMPOSSIBLE.format(raw=raw),)
