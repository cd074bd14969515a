"""Composed plans for tests of imports: one document in several versions."""

from __future__ import annotations

HEAD = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
Số: {number}/KH-UBND

An Bình, ngày 10 tháng 01 năm {year}

KẾ HOẠCH
Cải cách hành chính nhà nước tỉnh An Bình năm {year}

I. MỤC TIÊU
1. Phấn đấu {rate}% hồ sơ thủ tục hành chính được số hóa.
2. Phấn đấu 95% hồ sơ được giải quyết đúng hạn.
{goal}
II. NHIỆM VỤ
| STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm |
| 1 | Ban hành kế hoạch tuyên truyền cải cách hành chính | Sở Nội vụ | Các sở, ban, ngành | Quý I/{year} | Kế hoạch |
| 2 | {task} | {lead} | Sở Nội vụ | Quý II/{year} | Báo cáo |
| 3 | Kiểm tra kỷ luật, kỷ cương hành chính | Thanh tra tỉnh | Sở Nội vụ | Quý III/{year} | Kết luận |

III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này và báo cáo Ủy ban nhân dân tỉnh.
"""


def text(
    number: int = 12,
    year: int = 2025,
    rate: int = 80,
    goal: str = "",
    task: str = "Rà soát, đơn giản hóa thủ tục hành chính",
    lead: str = "Văn phòng UBND tỉnh",
) -> str:
    """One version of the plan."""
    return HEAD.format(number=number, year=year, rate=rate, goal=goal, task=task, lead=lead)


def data(**changes: object) -> bytes:
    """`text` as a file."""
    return text(**changes).encode()  # type: ignore[arg-type]
