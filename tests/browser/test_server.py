"""The routes beside the pages, and what stands around every answer."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from tests.browser.rig import Server


def table(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_health_tells_the_data_version(server: Server) -> None:
    status, _, content = server.get("/healthz")
    answer = json.loads(content)
    assert status == 200
    assert answer["status"] == "ok"
    assert re.fullmatch(r"[0-9a-f]{16}\.real-[0-9a-f]{8}-\d+", answer["data_version"])


@pytest.mark.parametrize(("path", "least"), [("targets", 90), ("tasks", 50), ("matrix", 10)])
def test_lists_are_served_as_csv(server: Server, path: str, least: int) -> None:
    status, headers, content = server.get(f"/api/{path}.csv?as_of=2024-03-20")
    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert "2024-03-20.csv" in headers["content-disposition"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(table(content)) >= least


def test_filters_of_the_pages_narrow_the_lists(server: Server) -> None:
    everything = table(server.get("/api/tasks.csv")[2])
    one = table(server.get("/api/tasks.csv?area=2")[2])
    assert 0 < len(one) < len(everything)
    assert {row["Lĩnh vực số"] for row in one} == {"2"}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("area=99", "lĩnh vực"),
        ("as_of=31/12/2024", "ngày số liệu"),
        ("plan=khong-co", "kế hoạch"),
        ("agency=khong-co", "cơ quan"),
        ("khac=1", "khac"),
    ],
)
def test_a_broken_address_gives_no_file_and_says_why(server: Server, query: str, word: str) -> None:
    status, headers, content = server.get(f"/api/tasks.csv?{query}")
    assert status == 400
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert word in content.decode("utf-8")


def test_name_of_the_first_page_leads_to_the_root_with_its_parameters(server: Server) -> None:
    status, headers, _ = server.get("/tong-quan?area=3&as_of=2024-03-20")
    assert status == 307
    assert headers["location"] == "/?area=3&as_of=2024-03-20"


def test_page_is_vietnamese_and_may_ask_this_server_only(server: Server) -> None:
    status, headers, content = server.get("/van-ban")
    assert status == 200
    assert b'<html lang="vi">' in content
    assert b"<title>Streamlit" not in content
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http:" not in policy and "https:" not in policy
    assert int(headers["content-length"]) == len(content)


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/tasks.csv", "/api/tasks.csv?area=99", "/_stcore/health"])
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    headers = server.get(path)[1]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"


def test_console_tells_the_address_in_vietnamese(server: Server) -> None:
    assert f"Sẵn sàng. Mở trình duyệt tại {server.url}" in server.log.read_text(encoding="utf-8")
