"""What must be read after the story of tests/browser/test_quarter_story.py: counted on paper, never by the program.

On 14/6/2024, of the twelve tasks of tests/sample_day.py:

    TP1  Quý I      done 20/3, proof           before the deadline
    TP2  Tháng 5    done 31/5, proof           on its last day
    TP3  Quý IV     nothing                    in time: 16 days of June, then 31 31 30 31 30 31 = 200 left
    YT1  Quý I      done 12/4                  late: 12 days after 31/3
    YT2  Tháng 5    asked 20/5, granted 31/5   in time until 31/8: 16 + 31 + 31 = 78 left
    YT3  Quý II     nothing                    due soon: 16 days to 30/6
    YT4  ongoing    begun 15/1                 ongoing
    TC1  Quý I      28/3, corrected to 4/4     late: 4 days, with a proof
    TC2  Tháng 4    begun 2/4, a note          overdue: 31 days of May + 14 = 45
    TC3  an event   nothing                    after an event
    TC4  Quý I      nothing                    past without a report: 30 + 31 + 14 = 75
    TC5  Quý III    does not apply             does not apply

so of 12: done 4 (1 early, 1 on time, 2 late); not done 4 (2 in time, 1 due soon, 1 overdue); past without a report 1;
ongoing 1; event 1; without a date 0; not applicable 1. In percent of 12: 1 is 8,33; 2 is 16,67; 4 is 33,33.

The four targets, when 166 of the 366 days of 2024 (45,4 %) have passed: 100 of 100 is met; 27/60 = 45 of 90 is half of
the way, ahead of the time; 60 % has no result; 20 of 80 is a quarter of the way, behind the time: at risk.
"""

from __future__ import annotations

Cell = str | int | float | None

# «Tổng quan». Due in quý II: TP2 31/5, YT3 30/6, TC2 30/4 (YT2 was moved to quý III). The quarter after: YT2 and TC5.
CARDS = [
    "3 Nhiệm vụ đến hạn quý II/2024 quý sau: 2",
    "1 Nhiệm vụ quá hạn đã hoàn thành: 4/12",
    "1 Đã qua hạn, chưa có báo cáo sắp đến hạn trong 30 ngày: 1",
    "1 Chỉ tiêu có nguy cơ không đạt đạt: 1/4",
    "0 Nội dung cần rà soát mọi nội dung đều đọc rõ",
]
# Sở Tài chính has both: TC2 overdue, TC4 without a report.
ANSWER = (
    "Tính đến 14/6/2024: 1 trong 12 nhiệm vụ quá hạn và 1 nhiệm vụ đã qua hạn mà chưa có báo cáo, nhiều nhất là Sở Tài "
    "chính (2); quý II/2024 có 3 nhiệm vụ đến hạn."
)

# «Chấm điểm»: rank, name, points and on how many items they rest, class, done/all that apply, done/(done + overdue),
# items with data. In this profile late work counts in full, work in time and what nobody reported is not counted.
RANKING = [
    # TP1, TP2 of 2 counted; TP3 has no data
    ["1 (đồng hạng)", "Sở Tư pháp", "100 tính trên 2/3 mục", "Nhóm A", "2/3 = 66,67 %", "2/2 = 100 %", "2/3 = 66,67 %"],
    # YT1 counts, the three others are in time or ongoing; data on YT1, YT2 (asked), YT4 (begun)
    ["1 (đồng hạng)", "Sở Y tế", "100 tính trên 1/4 mục", "Nhóm A", "1/4 = 25 %", "1/1 = 100 %", "3/4 = 75 %"],
    # TC1 full, TC2 nothing; TC5 is not among the 4; data on TC1, TC2, TC5
    ["3", "Sở Tài chính", "50 tính trên 2/5 mục", "Dưới nhóm C (chưa kiểm chứng)", "1/4 = 25 %", "1/2 = 50 %",
     "3/5 = 60 %"],
    # the targets, which plans set for nobody: (1 + 0,5 + 0,25) / 3
    ["chưa xếp hạng",
     "Chưa rõ cơ quan chủ trì (gồm chỉ tiêu chưa giao cho cơ quan nào) Không xếp hạng: các mục chưa rõ thuộc đối tượng "
     "nào.",
     "58,33 tính trên 3/4 mục", "chưa xếp loại", "chưa có số liệu", "chưa có số liệu", "3/4 = 75 %"],
]  # fmt: skip
# Thể chế: 2 of 2 tasks, 1 target; thủ tục: 1 of 1, half of a target; tài chính: 1 of 2, a quarter of one: 5,75 of 8.
WHOLE_SCORE = "(2 + 1 + 1 + 0,5 + 1 + 0,25) / (2 + 1 + 1 + 1 + 2 + 1) × 100 = 71,88"
FINANCE_SCORE = "(1) / (2) × 100 = 50"
FINANCE_ITEMS = {
    ("Ban hành Quyết định giao quyền tự chủ tài chính", "Hoàn thành quá hạn 4 ngày", "100"),
    ("Báo cáo giải ngân vốn đầu tư công", "Quá hạn 45 ngày", "0"),
    ("Sửa đổi quy chế quản lý tài sản công", "Theo sự kiện: không tính", "không tính"),
    ("Công khai dự toán ngân sách", "Đã qua hạn 75 ngày, chưa có báo cáo: không tính", "không tính"),
    ("Sắp xếp lại nhà, đất dôi dư", "Không áp dụng: không tính", "không tính"),
}

# Every sentence of the report that holds a number, in order. What stands before the first chapter, then its chapters.
OPENING = [
    "Căn cứ Kế hoạch số 15/KH-UBND ngày 05/01/2024 của UBND tỉnh Bình Dương về cải cách hành chính tỉnh Bình Dương;",
    "Ủy ban nhân dân tỉnh Bình Dương báo cáo kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm 2024 như "
    "sau (số liệu từ ngày 15/12/2023, tính đến hết ngày 14/6/2024):",
]
TITLE = "Kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm 2024"
ATTACHED = 2 * ["(Kèm theo Báo cáo số «…»/BC-«…» ngày … tháng … năm 2024 của Ủy ban nhân dân tỉnh Bình Dương)"]
CHAPTERS = [
    "Đến hết ngày 14/6/2024, trong phạm vi báo cáo có 12 nhiệm vụ: đã hoàn thành 4 (trước hạn 1, đúng hạn 1, quá hạn "
    "2, không thời hạn 0); chưa hoàn thành 4 (trong hạn 2, sắp đến hạn 1, quá hạn 1); đã qua hạn nhưng chưa có báo cáo "
    "1; thường xuyên 1; theo sự kiện 1; không thời hạn 0; không áp dụng 1.",
    # due by 14/6: TP1, TP2, YT1, TC1, TC2, TC4; done of them: TP1, TP2, YT1, TC1
    "Trong kỳ (từ 15/12/2023 đến 14/6/2024): 6 nhiệm vụ đến hạn, trong đó 4 đã hoàn thành; 4 nhiệm vụ hoàn thành trong "
    "kỳ.",
    # of the 12 one does not apply: 4 of 11; one is overdue: 4 of 5
    "Tỷ lệ hoàn thành kế hoạch (đã hoàn thành / tất cả nhiệm vụ (trừ không áp dụng)): 4/11 = 36,36 %. Tỷ lệ hoàn thành "
    "nhiệm vụ đến hạn (đã hoàn thành / (đã hoàn thành + quá hạn)): 4/5 = 80 %; nhiệm vụ đã qua hạn nhưng chưa có báo "
    "cáo không tính vào tỷ lệ này.",
    "Kế hoạch có 4 chỉ tiêu trong phạm vi báo cáo: đạt 1, không đạt 0, nguy cơ không đạt 1, đang tiến triển 1, chưa "
    "thể đánh giá 1, không áp dụng 0 (Phụ lục I).",
    # Thể chế: TP1 and TP2 done in time, TP3 in time
    "Có 3 nhiệm vụ: đã hoàn thành 2 (trước hạn và đúng hạn 2, quá hạn 0, không thời hạn 0); chưa hoàn thành 1 (trong "
    "hạn 1, quá hạn 0); đã qua hạn nhưng chưa có báo cáo 0; thường xuyên, theo sự kiện, không thời hạn 0; không "
    "áp dụng 0.",
    "Có 1 chỉ tiêu: đạt 1.",
    "2 nhiệm vụ hoàn thành trong kỳ:",
    "- Ban hành Kế hoạch rà soát văn bản quy phạm pháp luật (Sở Tư pháp): hoàn thành ngày 20/3/2024; sản phẩm: Kế "
    "hoạch rà soát; tài liệu kiểm chứng: 12/KH-STP ngày 20/3/2024;",
    "- Kiểm tra công tác ban hành văn bản quy phạm pháp luật (Sở Tư pháp): hoàn thành ngày 31/5/2024; sản phẩm: Báo "
    "cáo kiểm tra; tài liệu kiểm chứng: 40/BC-STP ngày 31/5/2024.",
    # Thủ tục: YT1 late; YT2, YT3 in time; YT4 ongoing
    "Có 4 nhiệm vụ: đã hoàn thành 1 (trước hạn và đúng hạn 0, quá hạn 1, không thời hạn 0); chưa hoàn thành 2 (trong "
    "hạn 2, quá hạn 0); đã qua hạn nhưng chưa có báo cáo 0; thường xuyên, theo sự kiện, không thời hạn 1; không "
    "áp dụng 0.",
    "Có 2 chỉ tiêu: đang tiến triển 1, chưa thể đánh giá 1.",
    "1 nhiệm vụ hoàn thành trong kỳ:",
    "- Rà soát thủ tục hành chính lĩnh vực y tế (Sở Y tế): hoàn thành ngày 12/4/2024, quá hạn 12 ngày.",
    # Tài chính: TC1 late; TC2 overdue; TC4 silent; TC3 an event; TC5 not applicable
    "Có 5 nhiệm vụ: đã hoàn thành 1 (trước hạn và đúng hạn 0, quá hạn 1, không thời hạn 0); chưa hoàn thành 1 (trong "
    "hạn 0, quá hạn 1); đã qua hạn nhưng chưa có báo cáo 1; thường xuyên, theo sự kiện, không thời hạn 1; không "
    "áp dụng 1.",
    "Có 1 chỉ tiêu: nguy cơ không đạt 1.",
    "1 nhiệm vụ hoàn thành trong kỳ:",
    "- Ban hành Quyết định giao quyền tự chủ tài chính (Sở Tài chính): hoàn thành ngày 04/4/2024, quá hạn 4 ngày; sản "
    "phẩm: Quyết định giao tự chủ; tài liệu kiểm chứng: 7/QĐ-STC ngày 04/4/2024.",
    "1 nhiệm vụ quá hạn chưa hoàn thành:",
    "2 nhiệm vụ đã hoàn thành nhưng quá hạn:",
    "1 nhiệm vụ đã qua hạn nhưng chưa có báo cáo của cơ quan chủ trì nên chưa đánh giá được (Phụ lục II).",
    "1 chỉ tiêu không đạt hoặc có nguy cơ không đạt:",
    "- Đơn vị sự nghiệp công lập tự chủ tài chính: nguy cơ không đạt (kế hoạch ≥ 80 %, kết quả 20 %).",
    # open and due until the end of quý III, the month of the next report: YT3 30/6, YT2 31/8
    "2 nhiệm vụ chưa hoàn thành có thời hạn trong kỳ tới (đến hết ngày 30/9/2024):",
    "- Công khai thủ tục hành chính tại các bệnh viện (Sở Y tế): Quý II/2024;",
    "- Xây dựng quy trình điện tử cấp giấy phép hành nghề (Sở Y tế): 31/8/2024 (gia hạn từ tháng 5/2024).",
]

# Every table, by the name of its Excel sheet, in order.
TABLES: dict[str, list[list[Cell]]] = {
    "Tình hình": [
        ["1", "Đã hoàn thành", 4, 33.33],
        ["1.1", "Hoàn thành trước hạn", 1, 8.33],
        ["1.2", "Hoàn thành đúng hạn", 1, 8.33],
        ["1.3", "Hoàn thành quá hạn", 2, 16.67],
        ["1.4", "Hoàn thành, không thời hạn", 0, 0],
        ["2", "Chưa hoàn thành", 4, 33.33],
        ["2.1", "Trong hạn (còn trên 30 ngày)", 2, 16.67],
        ["2.2", "Sắp đến hạn (còn 30 ngày trở xuống)", 1, 8.33],
        ["2.3", "Quá hạn", 1, 8.33],
        ["3", "Đã qua hạn, chưa có báo cáo", 1, 8.33],
        ["4", "Thường xuyên", 1, 8.33],
        ["5", "Theo sự kiện", 1, 8.33],
        ["6", "Không thời hạn (chưa rõ thời hạn)", 0, 0],
        ["7", "Không áp dụng", 1, 8.33],
        ["", "Tổng số", 12, 100],
    ],
    "Tỷ lệ": [
        ["Tỷ lệ hoàn thành kế hoạch", "đã hoàn thành / tất cả nhiệm vụ (trừ không áp dụng)", 4, 11, 36.36],
        ["Tỷ lệ hoàn thành nhiệm vụ đến hạn", "đã hoàn thành / (đã hoàn thành + quá hạn)", 4, 5, 80],
        # TP1 TP2 YT1 YT2 YT4 TC1 TC2 TC5
        ["Độ phủ số liệu nhiệm vụ", "nhiệm vụ đã có báo cáo / tất cả nhiệm vụ", 8, 12, 66.67],
        ["Tỷ lệ chỉ tiêu đạt", "chỉ tiêu đạt / (đạt + không đạt + nguy cơ không đạt)", 1, 2, 50],
    ],
    "Chỉ tiêu": [
        ["Đạt", 1, 25],
        ["Không đạt", 0, 0],
        ["Nguy cơ không đạt", 1, 25],
        ["Đang tiến triển", 1, 25],
        ["Chưa thể đánh giá", 1, 25],
        ["Không áp dụng", 0, 0],
        ["Tổng số", 4, 100],
    ],
    # all; done in time, late, without a date; open in time, overdue; silent; ongoing, event, no date; not applicable
    "Theo lĩnh vực": [
        ["Công tác chỉ đạo, điều hành cải cách hành chính", 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["Cải cách thể chế", 3, 2, 0, 0, 1, 0, 0, 0, 0],
        ["Cải cách thủ tục hành chính", 4, 0, 1, 0, 2, 0, 0, 1, 0],
        ["Cải cách tổ chức bộ máy hành chính nhà nước", 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["Cải cách chế độ công vụ", 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["Cải cách tài chính công", 5, 0, 1, 0, 0, 1, 1, 1, 1],
        ["Xây dựng và phát triển Chính quyền điện tử, Chính quyền số", 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["Tổng số", 12, 2, 2, 0, 3, 1, 1, 2, 1],
    ],
    "Quá hạn": [
        [1, "Báo cáo giải ngân vốn đầu tư công", "Sở Tài chính", "Tháng 4/2024", 45, "Đang chờ số liệu của Kho bạc"],
    ],
    "Hoàn thành quá hạn": [
        [1, "Rà soát thủ tục hành chính lĩnh vực y tế", "Sở Y tế", "Quý I/2024", 12, "«…»"],
        [2, "Ban hành Quyết định giao quyền tự chủ tài chính", "Sở Tài chính", "Quý I/2024", 4, "«…»"],
    ],
    "Phụ lục I": [
        ["Cải cách thể chế"],
        [1, "Văn bản quy phạm pháp luật được ban hành đúng tiến độ", "%", "≥ 100", 100, 100,
         "Đạt; 6 tháng đầu năm 2024; số liệu ngày 14/6/2024"],
        ["Cải cách thủ tục hành chính"],
        [2, "Hồ sơ thủ tục hành chính được giải quyết đúng hạn", "%", "≥ 90", 45, 50,
         "Đang tiến triển; 27/60; 6 tháng đầu năm 2024; số liệu ngày 14/6/2024"],
        [3, "Hồ sơ thủ tục hành chính được số hóa kết quả", "%", "≥ 60", "chưa có số liệu", None, "Chưa thể đánh giá"],
        ["Cải cách tài chính công"],
        [4, "Đơn vị sự nghiệp công lập tự chủ tài chính", "%", "≥ 80", 20, 25,
         "Nguy cơ không đạt; 6 tháng đầu năm 2024; số liệu ngày 14/6/2024"],
    ],
    "Phụ lục II": [
        ["Cải cách thể chế"],
        [1, "Ban hành Kế hoạch rà soát văn bản quy phạm pháp luật", "Sở Tư pháp", "Quý I/2024",
         "Hoàn thành trước hạn (ngày 20/3/2024). Sản phẩm: Kế hoạch rà soát", "12/KH-STP ngày 20/3/2024"],
        [2, "Kiểm tra công tác ban hành văn bản quy phạm pháp luật", "Sở Tư pháp", "Tháng 5/2024",
         "Hoàn thành đúng hạn (ngày 31/5/2024). Sản phẩm: Báo cáo kiểm tra", "40/BC-STP ngày 31/5/2024"],
        [3, "Tổng kết công tác theo dõi thi hành pháp luật", "Sở Tư pháp", "Quý IV/2024",
         "Trong hạn, còn 200 ngày", ""],
        ["Cải cách thủ tục hành chính"],
        [4, "Rà soát thủ tục hành chính lĩnh vực y tế", "Sở Y tế", "Quý I/2024",
         "Hoàn thành quá hạn 12 ngày (ngày 12/4/2024)", ""],
        [5, "Xây dựng quy trình điện tử cấp giấy phép hành nghề", "Sở Y tế", "31/8/2024 (gia hạn từ tháng 5/2024)",
         "Trong hạn, còn 78 ngày", ""],
        [6, "Công khai thủ tục hành chính tại các bệnh viện", "Sở Y tế", "Quý II/2024", "Sắp đến hạn, còn 16 ngày", ""],
        [7, "Tiếp nhận, xử lý phản ánh, kiến nghị của người bệnh", "Sở Y tế", "Thường xuyên", "Thường xuyên", ""],
        ["Cải cách tài chính công"],
        [8, "Ban hành Quyết định giao quyền tự chủ tài chính", "Sở Tài chính", "Quý I/2024",
         "Hoàn thành quá hạn 4 ngày (ngày 04/4/2024). Sản phẩm: Quyết định giao tự chủ", "7/QĐ-STC ngày 04/4/2024"],
        [9, "Báo cáo giải ngân vốn đầu tư công", "Sở Tài chính", "Tháng 4/2024", "Quá hạn 45 ngày", ""],
        [10, "Sửa đổi quy chế quản lý tài sản công", "Sở Tài chính", "Theo sự kiện", "Theo sự kiện", ""],
        [11, "Công khai dự toán ngân sách", "Sở Tài chính", "Quý I/2024", "Đã qua hạn 75 ngày, chưa có báo cáo", ""],
        [12, "Sắp xếp lại nhà, đất dôi dư", "Sở Tài chính", "Quý III/2024",
         "Không áp dụng: Nhà, đất đã bàn giao cho Trung ương", ""],
    ],
}  # fmt: skip


def as_texts() -> list[list[list[str]]]:
    """The tables as Word and the screen show them: numbers in Vietnamese writing."""
    return [[["" if c is None else str(c).replace(".", ",") if isinstance(c, float) else str(c) for c in row]
             for row in rows] for rows in TABLES.values()]  # fmt: skip
