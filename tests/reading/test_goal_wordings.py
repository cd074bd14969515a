"""Goals in the words of many offices: each kind in many wordings, and what looks like a goal and is none."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import pytest

from cchc.reading.blocks import Goal
from cchc.reading.figures import read_goals
from cchc.text import matching, stored

RANKS: list[tuple[str, list[str]]] = [
    ("Chỉ số cải cách hành chính của tỉnh xếp thứ nhất cả nước", ["rank <= 1 hạng"]),
    ("Phấn đấu Chỉ số PAR INDEX xếp thứ nhì khu vực Đồng bằng sông Hồng", ["rank <= 2 hạng"]),
    ("Giữ vững vị trí thứ nhất về Chỉ số CCHC trong các huyện, thị xã, thành phố", ["rank <= 1 hạng"]),
    ("Chỉ số PCI đứng đầu khu vực Tây Nguyên", ["rank <= 1 hạng"]),
    ("Chỉ số chuyển đổi số đứng thứ ba toàn quốc", ["rank <= 3 hạng"]),
    ("Chỉ số cải cách hành chính từ hạng 12 trở lên", ["rank <= 12 hạng"]),
    ("Thứ hạng Chỉ số PAPI không thấp hơn 20", ["rank <= 20 hạng"]),
    ("Chỉ số SIPAS có thứ hạng không thấp hơn thứ 25/63 tỉnh, thành phố", ["rank <= 25 hạng"]),
    ("Chỉ số PAR INDEX thuộc nhóm 10 cả nước", ["rank <= 10 hạng"]),
    ("Chỉ số DDCI thuộc nhóm 5 đơn vị dẫn đầu khối sở, ban, ngành", ["rank <= 5 hạng"]),
    ("Chỉ số PAPI thuộc nhóm khá của cả nước", ["milestone"]),
    ("Chỉ số PCI nằm trong nhóm các tỉnh có chất lượng điều hành khá", ["milestone"]),
    ("Chỉ số PAR INDEX tăng 5 bậc", ["count >= 5 bậc"]),
    ("Chỉ số SIPAS tăng từ 03 đến 05 bậc so với năm 2024", ["count >= 3 bậc"]),
    ("Phấn đấu Chỉ số PAPI tăng tối thiểu 02 bậc, Chỉ số PCI tăng tối thiểu 03 bậc", ["count >= 2 bậc", "count >= 3 bậc"]),
    ("Giữ vững vị trí trong tốp 3 của tỉnh về Chỉ số chuyển đổi số", ["rank <= 3 hạng"]),
    ("Duy trì vị trí xếp hạng Chỉ số CCHC trong nhóm đầu các huyện", ["milestone"]),
    ("Giữ vững thứ hạng Chỉ số PAR INDEX như năm 2024", ["milestone"]),
    ("Chỉ số CCHC của thị xã đứng trong nhóm dẫn đầu của tỉnh", ["milestone"]),
    ("Chỉ số PAR INDEX đứng thứ 8/63 tỉnh, thành phố", ["rank <= 8 hạng"]),
    ("Chỉ số PAR INDEX ở vị trí từ 10 đến 15 cả nước", ["rank <= 15 hạng"]),
    ("Chỉ số DTI vào nhóm 15/34 tỉnh, thành phố", ["rank <= 15 hạng"]),
    ("Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) nằm trong số 20 tỉnh, thành phố có chất lượng điều hành tốt nhất cả nước", ["rank <= 20 hạng"]),
    ("Kết quả Chỉ số PAR INDEX nằm trong 15 địa phương đứng đầu cả nước", ["rank <= 15 hạng"]),
    ("Nâng hạng Chỉ số PCI lên vị trí 18 cả nước", ["rank <= 18 hạng"]),
    ("Đưa Chỉ số PAPI từ hạng 45 lên hạng 30", ["rank <= 30 hạng"]),
    ("Chỉ số PAR INDEX, SIPAS, PAPI và PCI đều nằm trong nhóm 15 tỉnh, thành phố dẫn đầu", ["rank <= 15 hạng", "rank <= 15 hạng", "rank <= 15 hạng", "rank <= 15 hạng"]),
    ("Chỉ số PAR INDEX và Chỉ số SIPAS lần lượt xếp thứ 10 và thứ 12", ["rank <= 10 hạng", "rank <= 12 hạng"]),
    ("Chỉ số PAR INDEX thuộc nhóm 10, Chỉ số PAPI thuộc nhóm 15, Chỉ số PCI thuộc nhóm 20", ["rank <= 10 hạng", "rank <= 15 hạng", "rank <= 20 hạng"]),
    ("Mức độ chuyển đổi số của Bộ nằm trong nhóm 5 bộ, ngành dẫn đầu", ["rank <= 5 hạng"]),
    ("Xếp hạng chuyển đổi số của huyện đứng thứ 2 toàn tỉnh trở lên", ["rank <= 2 hạng"]),
    ("Phấn đấu vươn lên nhóm 12 địa phương dẫn đầu về Chỉ số DTI", ["rank <= 12 hạng"]),
    ("Chỉ số PAPI tăng hạng so với năm 2024", ["improve"]),
    ("Chỉ số PAR INDEX đạt 90 điểm trở lên và xếp trong tốp 10", ["count >= 90 điểm", "rank <= 10 hạng"]),
    ("Chỉ số PCI đạt từ 70 điểm, trong 10 tỉnh dẫn đầu cả nước", ["count >= 70 điểm", "rank <= 10 hạng"]),
    ("Chỉ số CCHC của xã nằm trong top 10/45 xã, phường", ["rank <= 10 hạng"]),
    ("Phấn đấu Chỉ số PGI đứng vị trí thứ 22 trở lên", ["rank <= 22 hạng"]),
    ("Nằm trong nhóm 20 bảng xếp hạng cả nước về chính quyền số", ["rank <= 20 hạng"]),
    ("Chỉ số PAR INDEX của Sở xếp từ thứ 5 trở lên trong khối sở, ngành", ["rank <= 5 hạng"]),
    ("Xếp hạng PAR INDEX năm 2025 tăng ít nhất 3 bậc so với năm 2024", ["count >= 3 bậc"]),
    ("Chỉ số PCI phấn đấu trong nhóm 1/3 tỉnh, thành phố dẫn đầu", ["milestone"]),
    ("Chỉ số PAPI đạt mức trung bình cao trở lên", ["milestone"]),
    ("Thứ hạng PAR INDEX: 10; SIPAS: 15; PAPI: 20", ["rank <= 10 hạng", "rank <= 15 hạng", "rank <= 20 hạng"]),
    ("Chỉ số PAPI tăng 03 bậc và nằm trong nhóm 20", ["count >= 3 bậc", "rank <= 20 hạng"]),
]  # fmt: skip

SHARES: list[tuple[str, list[str]]] = [
    ("Giảm 1/3 thời gian giải quyết thủ tục hành chính", ["milestone"]),
    ("Giảm một nửa số cuộc họp so với năm 2024", ["milestone"]),
    ("2/3 số xã đạt chuẩn tiếp cận pháp luật", ["milestone @xã"]),
    ("Phấn đấu ít nhất 1/2 số thủ tục được thực hiện trực tuyến toàn trình", ["milestone"]),
    ("Trên 3/4 số hộ gia đình có đường truyền cáp quang", ["milestone"]),
    ("Không quá 1/4 số đơn vị xếp loại trung bình", ["milestone"]),
    ("Rút ngắn 1/2 thời gian giải quyết hồ sơ cấp phép", ["milestone"]),
    ("12/12 xã, thị trấn thành lập Tổ công nghệ số cộng đồng", ["count >= 12 xã @xã"]),
    ("Hoàn thành 53/53 dịch vụ công thiết yếu", ["count >= 53 dịch vụ công"]),
    ("Các ngày 30/4, 1/5 trực giải quyết hồ sơ cho người dân", ["milestone"]),
]  # fmt: skip

COUNTS: list[tuple[str, list[str]]] = [
    ("Xây dựng thành công 01 xã thông minh", ["count >= 1 xã @xã"]),
    ("Có ít nhất 02 sáng kiến cải cách hành chính được công nhận", ["count >= 2 sáng kiến"]),
    ("Ban hành, triển khai 03 mô hình mới trong cải cách hành chính", ["count >= 3 mô hình"]),
    ("05 thủ tục hành chính được cắt giảm thành phần hồ sơ", ["count >= 5 thủ tục hành chính"]),
    ("Ít nhất 15 dịch vụ công được tái cấu trúc quy trình", ["count >= 15 dịch vụ công"]),
    ("Mỗi đơn vị có tối thiểu 01 (một) sáng kiến", ["count >= 1 sáng kiến"]),
    ("Số lượng hồ sơ trễ hạn không quá 10 hồ sơ/tháng", ["count <= 10 hồ sơ"]),
    ("Thời gian người dân chờ lấy số không quá 15 phút", ["count <= 15 phút"]),
    ("Số lượng đơn vị sự nghiệp công lập giảm 06 đơn vị", ["count >= 6 đơn vị"]),
    ("Số lần đi lại của người dân không quá 02 lần/hồ sơ", ["count <= 2 lần"]),
    ("Tổ chức tối thiểu 04 cuộc đối thoại với người dân, doanh nghiệp", ["count >= 4 cuộc"]),
    ("Số lượng thủ tục thực hiện tại nhà đạt 20 thủ tục", ["count >= 20 thủ tục"]),
    ("Toàn tỉnh có 5.000 doanh nghiệp công nghệ số", ["count >= 5000 doanh nghiệp"]),
    ("Phấn đấu có 03 - 05 sản phẩm OCOP lên sàn thương mại điện tử", ["count >= 3 sản phẩm"]),
    ("Số hóa 25.000 hồ sơ hộ tịch", ["count >= 25000 hồ sơ"]),
    ("Tối thiểu 30 tin, bài tuyên truyền về cải cách hành chính mỗi quý", ["count >= 30 tin, bài"]),
    ("Giảm thời gian giải quyết từ 20 ngày xuống còn 12 ngày", ["count <= 12 ngày"]),
    ("Giảm từ 30 xuống 20 đầu mối", ["count <= 20 đầu mối"]),
    ("Tăng số lượng dịch vụ công trực tuyến từ 300 lên 450 dịch vụ", ["count >= 450 dịch vụ"]),
    ("Tinh giản 120 biên chế", ["count >= 120 biên chế"]),
    ("Cắt giảm ít nhất 03 thành phần hồ sơ", ["count >= 3 thành phần hồ sơ"]),
    ("Điểm trung bình đánh giá chất lượng phục vụ đạt 4,5/5 điểm", ["count >= 4.5 điểm"]),
    ("Điểm hài lòng đạt trên 9 trên thang điểm 10", ["count > 9 None"]),
    ("Chỉ số PAR INDEX đạt 88/100 điểm", ["count >= 88 điểm"]),
    ("Bộ phận Một cửa hoạt động 24/7", ["milestone"]),
    ("Hoàn thành ba nhóm việc trọng tâm của Đề án 06", ["milestone"]),
    ("Có thêm 05 dịch vụ công trực tuyến toàn trình được đưa vào vận hành", ["count >= 5 dịch vụ công trực tuyến"]),
    ("Mỗi sở, ban, ngành xây dựng 01 cơ sở dữ liệu chuyên ngành", ["count >= 1 cơ sở dữ liệu @tỉnh"]),
    ("Mỗi huyện chọn 02 xã làm điểm cải cách hành chính", ["count >= 2 xã @xã"]),
    ("Thí điểm mô hình Bộ phận Một cửa không giấy tại 03 xã", ["count >= 3 xã @xã"]),
    ("Tổ chức 04 lớp tập huấn cho 400 cán bộ, công chức", ["count >= 4 lớp tập huấn", "count >= 400 cán bộ"]),
    ("Đào tạo, bồi dưỡng cho ít nhất 1.500 lượt cán bộ, công chức, viên chức", ["count >= 1500 lượt cán bộ"]),
    ("Số hóa tối thiểu 12.000 hồ sơ lưu trữ", ["count >= 12000 hồ sơ"]),
    ("Công bố 20 tập dữ liệu mở", ["count >= 20 tập dữ liệu"]),
    ("Đăng tải tối thiểu 02 tin, bài mỗi tuần trên Cổng thông tin điện tử", ["count >= 2 tin, bài"]),
    ("Sắp xếp giảm 02 phòng chuyên môn và 03 đơn vị sự nghiệp", ["count >= 2 phòng", "count >= 3 đơn vị sự nghiệp"]),
    ("Cắt giảm 25 thủ tục hành chính, 40 thành phần hồ sơ", ["count >= 25 thủ tục hành chính", "count >= 40 thành phần hồ sơ"]),
    ("Ít nhất 05 doanh nghiệp được hỗ trợ chuyển đổi số", ["count >= 5 doanh nghiệp"]),
    ("Có 03 sản phẩm được công nhận OCOP 4 sao", ["count >= 3 sản phẩm"]),
    ("03 thôn thông minh được công nhận", ["count >= 3 thôn"]),
    ("Số lượng Tổ công nghệ số cộng đồng hoạt động hiệu quả đạt 120 tổ", ["count >= 120 tổ"]),
    ("Giảm tối thiểu 02 thành phần hồ sơ đối với mỗi thủ tục đất đai", ["count >= 2 thành phần hồ sơ"]),
    ("Rút ngắn thời gian cấp phép xây dựng xuống 10 ngày", ["count <= 10 ngày"]),
    ("Thời gian tiếp nhận một hồ sơ tối đa 10 phút", ["count <= 10 phút"]),
    ("Thời gian giải quyết thủ tục đăng ký doanh nghiệp còn 02 ngày làm việc", ["count <= 2 ngày làm việc"]),
    ("Người dân chỉ phải đến cơ quan nhà nước không quá 01 lần", ["count <= 1 lần"]),
    ('Có ít nhất 10 mô hình "Chính quyền thân thiện" được nhân rộng', ["count >= 10 mô hình"]),
    ("Hỗ trợ 2.000 người dân cài đặt chữ ký số", ["count >= 2000 người dân"]),
    ("Hoàn thành sắp xếp 15 đơn vị hành chính cấp xã", ["count >= 15 đơn vị hành chính @xã"]),
    ("Điểm số Chỉ số PAPI đạt 44 điểm, tăng 1,5 điểm so với năm 2024", ["count >= 44 điểm", "count >= 1.5 điểm"]),
    ("Chỉ số PCI đạt từ 68 đến 70 điểm", ["count >= 68 điểm"]),
    ("Chỉ số PAR INDEX tăng 2 điểm phần trăm", ["count >= 2 điểm phần trăm"]),
    ("Số dịch vụ công trực tuyến có phát sinh hồ sơ đạt 500 dịch vụ", ["count >= 500 dịch vụ"]),
    ("Kiểm tra 06 sở, ngành và 04 huyện", ["count >= 6 sở @tỉnh", "count >= 4 huyện @huyện"]),
    ("Kiểm tra công tác cải cách hành chính tại 08 cơ quan, đơn vị", ["count >= 8 cơ quan"]),
    ("Có từ 02 giải pháp, sáng kiến trở lên được công nhận", ["count >= 2 giải pháp, sáng kiến"]),
    ("Mỗi cán bộ đề xuất tối thiểu một sáng kiến", ["count >= 1 sáng kiến"]),
    ("Xây dựng được 02 phần mềm dùng chung", ["count >= 2 phần mềm"]),
    ("Bình quân mỗi thủ tục giảm 03 ngày", ["count >= 3 ngày"]),
    ("Hằng năm cử 10 công chức đi đào tạo sau đại học", ["count >= 10 công chức"]),
    ("Duy trì 01 trang thông tin điện tử và 02 kênh mạng xã hội chính thức", ["count >= 1 trang thông tin điện tử", "count >= 2 kênh"]),
    ("Phấn đấu 10.000 lượt truy cập Cổng dịch vụ công mỗi tháng", ["count >= 10000 lượt truy cập"]),
    ("Tổng số tài khoản định danh điện tử kích hoạt đạt 350.000 tài khoản", ["count >= 350000 tài khoản"]),
    ("Phấn đấu trong năm có 02 xã đạt chuẩn nông thôn mới nâng cao", ["count >= 2 xã @xã"]),
    ("Mỗi phường xây dựng ít nhất 01 tuyến phố không dùng tiền mặt", ["count >= 1 tuyến phố @xã"]),
]  # fmt: skip

NEGATIVE: list[tuple[str, list[str]]] = [
    ("Không để xảy ra hồ sơ trễ hạn do nguyên nhân chủ quan", ["milestone"]),
    ("0 hồ sơ quá hạn", ["count <= 0 hồ sơ"]),
    ("Không có cán bộ, công chức bị kỷ luật do gây phiền hà", ["milestone"]),
    ("Không phát sinh hồ sơ quá hạn tại cấp xã", ["milestone @xã"]),
    ("Không để quá 1% hồ sơ trễ hạn", ["ratio <= 1 %"]),
    ("Không có đơn vị nào đạt dưới 80 điểm", ["count >= 80 điểm"]),
    ("Tỷ lệ hồ sơ trễ hạn bằng 0%", ["ratio <= 0 %"]),
    ("Số hồ sơ tồn đọng giảm về 0", ["milestone"]),
    ("Tỷ lệ hồ sơ trả lại dưới 3%", ["ratio < 3 %"]),
]  # fmt: skip

RATIOS: list[tuple[str, list[str]]] = [
    ("Tỷ lệ hồ sơ đúng hạn đạt từ 95% đến 98%", ["ratio >= 95 %"]),
    ("Tỷ lệ hồ sơ đúng hạn đạt và vượt 98%", ["ratio >= 98 %"]),
    ("Tỷ lệ giải ngân vốn đầu tư công đạt trên 95% kế hoạch", ["ratio > 95 %"]),
    ("Nâng tỷ lệ thanh toán trực tuyến từ 40% năm 2024 lên 60% năm 2025", ["ratio >= 60 %"]),
    ("Giảm tỷ lệ hồ sơ trễ hạn từ 3% xuống dưới 1%", ["ratio < 1 %"]),
    ("Tăng tỷ lệ hồ sơ trực tuyến thêm 10% so với năm 2024", ["ratio >= 10 %"]),
    ("Tối thiểu 80% hồ sơ trực tuyến, 70% thanh toán trực tuyến và 60% kết quả được số hóa", ["ratio >= 80 %", "ratio >= 70 %", "ratio >= 60 %"]),
    ("Tỷ lệ hồ sơ trực tuyến, thanh toán trực tuyến, số hóa hồ sơ lần lượt đạt 80%, 70%, 60%", ["ratio >= 80 %", "ratio >= 70 %", "ratio >= 60 %"]),
    ("Có từ 80% trở lên người dân, tổ chức hài lòng", ["ratio >= 80 %"]),
    ("80% trở lên hồ sơ được xử lý trực tuyến", ["ratio >= 80 %"]),
    ("Trên 90% người dân được tiếp cận dịch vụ, trong đó đồng bào dân tộc thiểu số đạt trên 80%", ["ratio > 90 %", "ratio > 80 %"]),
    ("Tối thiểu 95% hồ sơ đúng hạn; riêng lĩnh vực đất đai tối thiểu 90%", ["ratio >= 95 %", "ratio >= 90 %"]),
    ("Mức độ hài lòng của người dân đạt 95%, đối với lĩnh vực đất đai đạt 90%", ["ratio >= 95 %", "ratio >= 90 %"]),
    ("Tỷ lệ hài lòng đạt 90%, tăng 2% so với năm trước", ["ratio >= 90 %", "ratio >= 2 %"]),
    ("Tỷ lệ hồ sơ được số hóa ở cấp tỉnh là 100%, ở cấp xã là 80%", ["ratio >= 100 % @tỉnh", "ratio >= 80 % @xã"]),
    ("Tỷ lệ số hóa: cấp tỉnh từ 90% trở lên, cấp xã từ 70% trở lên", ["ratio >= 90 % @tỉnh", "ratio >= 70 % @xã"]),
    ("Không dưới 50% cuộc họp của UBND xã là họp không giấy", ["ratio >= 50 % @xã"]),
    ("Phấn đấu đến cuối năm 2025 có 100% thôn, bản có sóng 4G", ["ratio >= 100 %"]),
    ("Đến năm 2025, 100% xã; đến năm 2030, 100% thôn có Tổ công nghệ số", ["ratio >= 100 % @xã", "ratio >= 100 %"]),
    ("95 - 98% hồ sơ giải quyết đúng hạn", ["ratio >= 95 %"]),
    ("Tỷ lệ hồ sơ đúng hạn 98 %, tỷ lệ hồ sơ trước hạn 40 %", ["ratio >= 98 %", "ratio >= 40 %"]),
    ("Bảo đảm 100 phần trăm hồ sơ được cập nhật lên hệ thống", ["ratio >= 100 %"]),
    ("Mỗi năm tăng bình quân 5% số hồ sơ nộp trực tuyến", ["ratio >= 5 %"]),
    ("Xử lý dứt điểm 100% phản ánh, kiến nghị tồn đọng", ["ratio >= 100 %"]),
    ("Tỷ trọng kinh tế số đạt 20% GRDP", ["ratio >= 20 %"]),
    ("Tỷ lệ dân số trưởng thành có tài khoản ngân hàng đạt 80%", ["ratio >= 80 %"]),
    ("Tối thiểu 50% dân số từ 18 tuổi trở lên có chữ ký số cá nhân", ["ratio >= 50 %"]),
    ("100% dịch vụ công mức độ 3, 4 có phát sinh hồ sơ", ["ratio >= 100 %"]),
    ("Ít nhất 40% số người dân trong độ tuổi từ 14 tuổi có tài khoản định danh mức 2", ["ratio >= 40 %"]),
    ("Năng suất lao động tăng bình quân trên 6%/năm", ["ratio > 6 %"]),
    ("100% văn bản (trừ văn bản mật) được ký số", ["ratio >= 100 %"]),
    ("Tỷ lệ hộ gia đình có cáp quang ≥ 85%; phủ sóng 5G ≥ 30% dân số", ["ratio >= 85 %", "ratio >= 30 %"]),
    ("100% cán bộ, công chức cấp tỉnh, 90% cán bộ, công chức cấp xã sử dụng thành thạo hệ thống", ["ratio >= 100 % @tỉnh", "ratio >= 90 % @xã"]),
    ("Tỷ lệ thanh toán trực tuyến đạt tối thiểu 70% (năm 2024: 55%)", ["ratio >= 70 %"]),
    ("Trên 95% người dân và trên 90% doanh nghiệp hài lòng", ["ratio > 95 %", "ratio > 90 %"]),
    ("Tỷ lệ công chức có trình độ đại học trở lên đạt 98% ở cấp tỉnh, 90% ở cấp xã", ["ratio >= 98 % @tỉnh", "ratio >= 90 % @xã"]),
    ("Hoàn thành 100% chỉ tiêu kế hoạch giao", ["ratio >= 100 %"]),
    ("Hồ sơ tiếp nhận trực tuyến đạt 70% tổng số hồ sơ, tỷ lệ hồ sơ trực tuyến toàn trình đạt 60%, tỷ lệ thanh toán trực tuyến đạt 50%", ["ratio >= 70 %", "ratio >= 60 %", "ratio >= 50 %"]),
    ("Tiết kiệm tối thiểu 10% chi thường xuyên", ["ratio >= 10 %"]),
    ("Giảm 10% biên chế sự nghiệp hưởng lương từ ngân sách so với năm 2021", ["ratio >= 10 %"]),
    ("Giảm ít nhất 50% chi phí tuân thủ; đơn giản hóa ít nhất 20% thủ tục nội bộ", ["ratio >= 50 %", "ratio >= 20 %"]),
    ("Tỷ lệ hồ sơ quá hạn ở mức dưới 0,5%", ["ratio < 0.5 %"]),
    ("Bình quân mỗi xã đạt tối thiểu 60% hồ sơ trực tuyến", ["ratio >= 60 % @xã"]),
    ("Mức độ hài lòng đối với dịch vụ y tế công đạt trên 85%, giáo dục công lập đạt trên 90%", ["ratio > 85 %", "ratio > 90 %"]),
    ("Tỷ lệ cắt giảm thời gian giải quyết tối thiểu đạt 30%", ["ratio >= 30 %"]),
    ("Cắt giảm, đơn giản hóa tối thiểu 20% số quy định và 20% chi phí tuân thủ", ["ratio >= 20 %", "ratio >= 20 %"]),
    ("Duy trì tỷ lệ hồ sơ đúng hạn ở mức 99% trở lên", ["ratio >= 99 %"]),
    ("Bảo đảm tỷ lệ số hóa hồ sơ, kết quả đạt 100%", ["ratio >= 100 %"]),
    ("Số hóa hồ sơ: 100%; cấp kết quả điện tử: 100%; thanh toán trực tuyến: 60%", ["ratio >= 100 %", "ratio >= 100 %", "ratio >= 60 %"]),
    ("Tỷ lệ người dân hài lòng về y tế, giáo dục, hành chính lần lượt đạt 85%, 90% và 95%", ["ratio >= 85 %", "ratio >= 90 %", "ratio >= 95 %"]),
    ("Ít nhất 90% (cấp tỉnh) và 80% (cấp xã) hồ sơ được xử lý trực tuyến", ["ratio >= 90 % @tỉnh", "ratio >= 80 % @xã"]),
    ("Hồ sơ đúng hạn đạt ≥ 98%, trong đó hồ sơ liên thông ≥ 95%", ["ratio >= 98 %", "ratio >= 95 %"]),
    ("100% sở, ngành, địa phương có ít nhất 01 sáng kiến", ["ratio >= 100 %"]),
    ("Phấn đấu tỷ lệ văn bản điện tử ký số đạt: cấp tỉnh 100%; cấp xã 95%", ["ratio >= 100 % @tỉnh", "ratio >= 95 % @xã"]),
    ("Từ 70% đến 80% số xã có hạ tầng số đồng bộ", ["ratio >= 70 % @xã"]),
    ("Trong năm 2025 đạt 60% và đến năm 2030 đạt 90% hồ sơ trực tuyến", ["ratio >= 60 %", "ratio >= 90 %"]),
    ("Tỷ lệ hồ sơ trực tuyến năm 2025: 70%; năm 2026: 80%; năm 2027: 90%", ["ratio >= 70 %", "ratio >= 80 %", "ratio >= 90 %"]),
    ("Giảm tối thiểu 10% so với năm 2024 số hồ sơ trễ hạn", ["ratio >= 10 %"]),
    ("Giảm ít nhất 20% số cuộc họp, 30% báo cáo giấy", ["ratio >= 20 %", "ratio >= 30 %"]),
    ("Tăng 1,5 lần số hồ sơ trực tuyến so với năm 2024", ["count >= 1.5 lần"]),
    ("Không quá 5% hồ sơ phải bổ sung", ["ratio <= 5 %"]),
    ("Tỷ lệ phản ánh, kiến nghị được trả lời đúng hạn không dưới 95%, tỷ lệ hài lòng với kết quả trả lời không dưới 85%", ["ratio >= 95 %", "ratio >= 85 %"]),
    ("Mức độ hài lòng của người dân (SIPAS) đạt trên 85%", ["ratio > 85 %"]),
    ("Phấn đấu Chỉ số hài lòng (SIPAS) của tỉnh đạt từ 87% trở lên, xếp thứ hạng 15/34", ["ratio >= 87 %", "rank <= 15 hạng"]),
    ("Chỉ số PAR INDEX đạt trên 90%, thuộc nhóm A", ["ratio > 90 %", "milestone"]),
    ("Tỷ lệ thôn có nhà văn hóa kết nối Internet đạt 100% (năm 2024: 92%)", ["ratio >= 100 %"]),
    ("Có 98% trở lên văn bản được gửi, nhận điện tử", ["ratio >= 98 %"]),
    ("Đạt tỷ lệ 100% hồ sơ được công khai tiến độ", ["ratio >= 100 %"]),
    ("100%  đơn vị, địa phương thực hiện nghiêm túc; tỷ lệ giải quyết đơn thư trên 90 %", ["ratio >= 100 %", "ratio > 90 %"]),
    ("Ứng dụng chữ ký số cho 100% lãnh đạo phòng", ["ratio >= 100 %"]),
    ("Kiểm tra tối thiểu 30% sở, ngành và 50% UBND cấp xã", ["ratio >= 30 % @tỉnh", "ratio >= 50 % @xã"]),
    ("Tại cấp tỉnh tối thiểu 90%, tại cấp xã tối thiểu 75% hồ sơ được giải quyết trực tuyến", ["ratio >= 90 % @tỉnh", "ratio >= 75 % @xã"]),
    ("Đối với cấp tỉnh đạt 90%, đối với cấp xã đạt 70% hồ sơ trực tuyến", ["ratio >= 90 % @tỉnh", "ratio >= 70 % @xã"]),
    ("Riêng đối với lĩnh vực đất đai, tỷ lệ đúng hạn đạt 95% trở lên", ["ratio >= 95 %"]),
    ("95% hồ sơ của Sở, 90% hồ sơ của các đơn vị trực thuộc được ký số", ["ratio >= 95 %", "ratio >= 90 %"]),
    ("Tỷ lệ lãnh đạo nữ trong cơ quan đạt từ 25% - 30%", ["ratio >= 25 %"]),
    ("Nâng tỷ lệ sử dụng nước sạch lên 98%", ["ratio >= 98 %"]),
    ("Hạ tỷ lệ hồ sơ quá hạn xuống dưới 0,5%", ["ratio < 0.5 %"]),
    ("Kéo giảm tỷ lệ hồ sơ bổ sung còn 3%", ["ratio <= 3 %"]),
    ("Chi phí tuân thủ thủ tục giảm 30% trở lên", ["ratio >= 30 %"]),
    ("Đảm bảo 100/100 đơn vị báo cáo đúng hạn", ["count >= 100 đơn vị"]),
]  # fmt: skip

NO_GOALS: list[tuple[str, list[str]]] = [
    ("Năm 2024, tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%", []),
    ("Tỷ lệ hồ sơ đúng hạn năm 2024 là 97%", []),
    ("Thủ tướng Chính phủ yêu cầu đến năm 2025 tối thiểu 80% hồ sơ được xử lý trực tuyến", []),
    ("Hỗ trợ 70% kinh phí mua sắm thiết bị đầu cuối", []),
    ("Xã nào có tỷ lệ dưới 50% thì Chủ tịch UBND xã phải kiểm điểm", []),
    ("Cơ quan đạt từ 90 điểm trở lên được xếp loại Tốt", []),
    ("Không quá 20% cán bộ được đánh giá hoàn thành xuất sắc nhiệm vụ", []),
    ("Dành tối thiểu 1% chi ngân sách hằng năm cho chuyển đổi số", []),
    ("Kết quả rà soát cho thấy còn 12% hồ sơ chậm muộn", []),
]  # fmt: skip

OUTSIDE: list[tuple[str, list[str]]] = [
    ("Xây dựng và nhân rộng ít nhất 02 mô hình tự động hóa quy trình", ["count >= 2 mô hình"]),
    ("Cắt giảm tối thiểu 30% thời gian giải quyết thủ tục", ["ratio >= 30 %"]),
    ("Hoàn thành 100% nhiệm vụ được giao trong chương trình công tác", ["ratio >= 100 %"]),
    ("Số hóa 100% hồ sơ phát sinh mới", ["ratio >= 100 %"]),
    ("Nâng tỷ lệ thanh toán trực tuyến lên 70%", ["ratio >= 70 %"]),
    ("Phấn đấu đưa Chỉ số DTI vào nhóm 15", ["rank <= 15 hạng"]),
    ("Giữ vững vị trí thứ nhất về Chỉ số CCHC cấp huyện", ["rank <= 1 hạng"]),
    ("Phấn đấu Chỉ số hài lòng đứng đầu cả nước", ["rank <= 1 hạng"]),
    ("Tổ chức 02 hội nghị đối thoại", []),
    ("Rà soát, cập nhật quy trình theo Nghị định số 61/2018/NĐ-CP", []),
    ("Chi trả lương, thu nhập tăng thêm theo Nghị quyết số 27", []),
    ("Người từ đủ 14 tuổi trở lên được cấp tài khoản mức độ 2", []),
    ("Hỗ trợ 100% lệ phí khi nộp hồ sơ trực tuyến", []),
    ("Bố trí kinh phí 2,5 tỷ đồng, trong đó ngân sách tỉnh 70%", []),
    ("Đơn vị đạt từ 90% điểm trở lên được đề nghị khen thưởng", []),
    ("Năm 2024 toàn huyện đạt 92% hồ sơ đúng hạn, xếp thứ 3/11 huyện", []),
    ("Theo Quyết định số 06/QĐ-TTg, đến năm 2025 trên 80% dịch vụ công có hồ sơ trực tuyến", []),
    ("Khen thưởng tập thể có từ 95% hồ sơ đúng hạn trở lên", []),
    ("Trừ 0,5 điểm đối với mỗi hồ sơ trễ hạn", []),
    ("Tỷ lệ điểm của tiêu chí này chiếm 10% tổng điểm", []),
    ("Mỗi cơ quan đăng ký tối thiểu 01 sáng kiến cải cách hành chính", ["count >= 1 sáng kiến"]),
]  # fmt: skip


def _read(text: str, in_goals: bool) -> list[Goal]:
    text = stored(text)
    return read_goals(text, matching(text), 0, len(text), plan_year=2025, in_goals=in_goals)


def _shown(goal: Goal) -> str:
    level = f" @{goal.level}" if goal.level else ""
    return goal.kind + (f" {goal.comparator} {goal.value:g} {goal.unit}" if goal.value is not None else "") + level


@pytest.mark.parametrize(
    ("text", "expected"), RANKS + SHARES + COUNTS + NEGATIVE + RATIOS + NO_GOALS, ids=lambda v: str(v)[:50]
)
def test_under_a_heading_of_goals(text: str, expected: list[str]) -> None:
    assert [_shown(g) for g in _read(text, True)] == expected


@pytest.mark.parametrize(("text", "expected"), OUTSIDE, ids=lambda v: str(v)[:50])
def test_in_measures_and_duties(text: str, expected: list[str]) -> None:
    assert [_shown(g) for g in _read(text, False)] == expected


def test_subjects_in_turn() -> None:
    found = _read("Chỉ số PAR INDEX và Chỉ số SIPAS lần lượt xếp thứ 10 và thứ 12", True)
    assert [(g.subject, g.value) for g in found] == [("Chỉ số PAR INDEX", 10), ("Chỉ số SIPAS", 12)]


@pytest.mark.parametrize(
    "prefix",
    [
        "Để khắc phục những hạn chế nêu trên",
        "Thực hiện Kế hoạch của UBND tỉnh về cải cách",
        "Tiếp tục phát huy kết quả năm qua",
    ],
)
def test_words_before_the_aim_are_no_subject(prefix: str) -> None:
    found = [g for g in _read(f"{prefix}, phấn đấu Chỉ số PAPI nằm trong nhóm 20 tỉnh dẫn đầu", True) if g.value]
    assert [(g.subject, g.value) for g in found] == [("Chỉ số PAPI", 20)]
