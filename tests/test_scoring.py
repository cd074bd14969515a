"""Scores against sums done by hand, and profiles with mistakes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc import profiles, score_frames
from cchc.entries import Evidence, Extension
from cchc.facts import Facts, Value
from cchc.items import KnownItem
from cchc.model import Deadline, Target
from cchc.profiles import ProfileError
from cchc.scoring import (
    Record,
    changes,
    count,
    coverage,
    due_completion,
    groups,
    plan_completion,
    rank,
    records,
    score,
    score_by,
    score_item,
)
from cchc.status import LABELS, TARGET_LABELS

D = dt.date
NATIONAL, PARTY, CUSTOM = (profiles.load(c) for c in ("quoc-gia-abc", "quy-dinh-366", "tuy-chinh"))


def task(code: str, number: int = 0, agency: str = "snv", area: int | None = 1, evidence: bool = False) -> Record:
    return Record(
        id=f"p.n{number}",
        kind="task",
        label=f"Nhiệm vụ {number}",
        plan="p",
        area=area,
        agencies=(agency,) if agency else (),
        period="2024-1",
        code=code,
        status_label=LABELS[code],  # type: ignore[index]
        has_data=code.startswith("done") or code in ("overdue", "not_applicable"),
        dated=code not in ("done", "ongoing", "event", "no_deadline", "not_applicable"),
        evidence=evidence,
    )


def target(code: str, reach: float | None, number: int = 0, area: int | None = 1) -> Record:
    return Record(
        id=f"p.c{number}",
        kind="target",
        label=f"Chỉ tiêu {number}",
        plan="p",
        area=area,
        agencies=(),
        period="year:2024",
        code=code,
        status_label=TARGET_LABELS[code],  # type: ignore[index]
        has_data=reach is not None,
        reach=reach,
    )


def tasks(**counts: int) -> list[Record]:
    return [task(code, i) for code, number in counts.items() for i in range(number)]


# Rates


def test_the_two_rates_differ_and_show_their_fraction() -> None:
    # The figures of 1270/BC-TCTTTg: 21.914 tasks, 16.051 done (1.983 late), 5.640 in time, 223 overdue.
    found = tasks(done_early=14068, done_late=1983, in_time=5640, overdue=223)
    due, plan = due_completion(found), plan_completion(found)
    assert (due.numerator, due.denominator) == (16051, 16274)
    assert due.text == "16.051/16.274 = 98,63 %"
    assert (plan.numerator, plan.denominator) == (16051, 21914)
    assert plan.text == "16.051/21.914 = 73,25 %"
    split = count(found)
    assert (split.total, split.done, split.done_early, split.done_late) == (21914, 16051, 14068, 1983)
    assert (split.in_time, split.overdue, split.total) == (5640, 223, split.done + split.in_time + split.overdue)


def test_what_is_unknown_or_does_not_apply_is_not_late() -> None:
    found = tasks(done_on_time=3, overdue=1, past_no_report=4, not_applicable=2, ongoing=1, event=1, due_soon=1)
    assert due_completion(found).text == "3/4 = 75 %"
    assert due_completion(found, unreported_late=True).text == "3/8 = 37,5 %"
    assert plan_completion(found).text == "3/11 = 27,27 %"
    assert coverage(found).text == "6/13 = 46,15 %"


def test_no_task_is_neither_nought_nor_full() -> None:
    assert plan_completion([]).value is None
    assert due_completion(tasks(in_time=3)).value is None
    assert due_completion(tasks(in_time=3)).text == "chưa có số liệu"
    empty = score([], NATIONAL)
    assert (empty.value, empty.class_label, empty.formula) == (None, "", "Chưa có số liệu để tính điểm.")


# Scores


def test_pooled_profile_counts_every_item_the_same() -> None:
    found = [
        task("done_on_time", 1),
        task("done_late", 2),
        task("overdue", 3, area=3),
        task("in_time", 4, area=3),
        task("past_no_report", 5, area=3),
        target("met", 1.0, 1),
        target("progressing", 0.5, 2, area=3),
        target("not_assessed", None, 3, area=3),
    ]
    got = score(found, NATIONAL)
    terms = {t.code: (t.points, t.maximum) for t in got.terms if t.points is not None}
    assert terms == {"1.nv": (2, 2), "1.ct": (1, 1), "3.nv": (0, 1), "3.ct": (0.5, 1)}
    assert got.value == 70  # 3,5 of 5
    assert got.formula == "(2 + 1 + 0 + 0,5) / (2 + 1 + 1 + 1) × 100 = 70"
    assert got.class_label == "Nhóm C"
    assert got.coverage.text == "5/8 = 62,5 %"
    assert got.counted.text == "5/8 = 62,5 %"
    third = next(t for t in got.terms if t.code == "3.nv")
    assert [(i.id, i.share) for i in third.items] == [("p.n3", 0.0), ("p.n4", None), ("p.n5", None)]
    assert third.items[1].why == "Trong hạn: không tính"
    assert next(t for t in got.terms if t.code == "2.nv").out == "không có nội dung nào"
    assert third.text.endswith("0/1 điểm (chưa kiểm chứng)")


def test_custom_profile_by_hand() -> None:
    found = [task("done_on_time", n, evidence=True) for n in range(8)]
    found += [task("done_late", 8, evidence=True), task("overdue", 9), target("progressing", 0.6)]
    got = score(found, CUSTOM)
    by_code = {t.code: t for t in got.terms}
    # 9/10 done: 90 % of 20; 8/10 on time: the step from 70 %; (8 + 0,5)/10 of 20; 0,6 of 30; all with evidence: 10
    assert by_code["hoan-thanh-ke-hoach"].points == pytest.approx(18)
    assert by_code["dung-han"].points == pytest.approx(10)
    assert by_code["nhiem-vu"].points == pytest.approx(17)
    assert by_code["chi-tieu"].points == pytest.approx(18)
    assert by_code["kiem-chung"].points == pytest.approx(10)
    assert got.value == 73
    assert (got.class_label, got.class_verified) == ("Khá", False)
    assert got.formula == "(18 + 10 + 17 + 18 + 10) / (20 + 20 + 20 + 30 + 10) × 100 = 73"
    assert by_code["hoan-thanh-ke-hoach"].text == (
        "Mức độ hoàn thành kế hoạch CCHC: 9/10 = 90 %; từ 80 %: theo tỷ lệ, 100 % trở lên đủ điểm; thấp hơn: 0 điểm: "
        "18/20 điểm (chưa kiểm chứng)"
    )


def test_what_cannot_be_measured_is_taken_out_and_the_rest_rescaled() -> None:
    got = score([task("done_on_time", n, evidence=True) for n in range(4)], CUSTOM)
    assert got.maximum == 70  # without the 30 points of targets
    assert got.value == 100
    half = score([task("done_on_time", 1), task("overdue", 2)], CUSTOM)
    # plan 1/2 below the floor: 0 of 20; on time 1/2 below 70 %: 0 of 20; tasks 10 of 20; no evidence: 0 of 10
    assert half.formula == "(0 + 0 + 10 + 0) / (20 + 20 + 20 + 10) × 100 = 14,29"


@pytest.mark.parametrize(
    ("done", "every", "points"), [(79, 100, 0), (80, 100, 16), (99, 100, 19.8), (100, 100, 20), (4, 5, 16)]
)
def test_the_floor_is_inside_the_band(done: int, every: int, points: float) -> None:
    got = score(tasks(done_on_time=done, in_time=every - done), CUSTOM)
    assert got.terms[0].points == pytest.approx(points)


@pytest.mark.parametrize(("on_time", "late", "points"), [(91, 9, 20), (90, 10, 10), (70, 30, 10), (69, 31, 0)])
def test_steps_know_above_from_from(on_time: int, late: int, points: float) -> None:
    got = score(tasks(done_on_time=on_time, done_late=late), CUSTOM)
    assert next(t for t in got.terms if t.code == "dung-han").points == pytest.approx(points)


def test_what_is_entered_by_hand() -> None:
    text = (profiles.FOLDER / "tuy-chinh.toml").read_text(encoding="utf-8")
    profile = profiles.parse(
        text.replace('measure = "evidence"', 'measure = "answer"').replace("at_least = 100", "at_least = 80")
    )
    found = tasks(done_on_time=10)

    def term(answers: dict[str, float | None]) -> tuple[float | None, str]:
        got = score(found, profile, answers=answers).terms[-1]
        return got.points, got.out

    assert term({"kiem-chung": 80}) == (10, "")
    assert term({"kiem-chung": 79}) == (0, "")
    assert term({"kiem-chung": None}) == (None, "không áp dụng")
    assert term({}) == (None, "chưa nhập số liệu")


# Classes


@pytest.mark.parametrize(
    ("found", "answers", "year_over", "label", "note"),
    [
        (tasks(done_on_time=10), {"vuot-muc": 30.0}, True, "Hoàn thành xuất sắc nhiệm vụ", None),
        (tasks(done_on_time=10), {}, True, "Hoàn thành tốt nhiệm vụ", "Chưa đủ căn cứ xếp mức «Hoàn thành xuất sắc"),
        (tasks(done_on_time=10), {"vuot-muc": 29.0}, True, "Hoàn thành tốt nhiệm vụ", "thực tế 29/100 = 29 %"),
        # late ones: «tốt» needs all on time, «hoàn thành» at most 20 % late
        (tasks(done_on_time=8, done_late=2), {"vuot-muc": 50.0}, True, "Hoàn thành nhiệm vụ", "thực tế 8/10 = 80 %"),
        (tasks(done_on_time=7, done_late=3), {}, True, "Không hoàn thành nhiệm vụ", "thực tế 3/10 = 30 %"),
        (tasks(done_on_time=6, in_time=4), {}, True, "Không hoàn thành nhiệm vụ", "thực tế 6/10 = 60 %"),
        # in the middle of the year the plan need not be complete yet
        (tasks(done_on_time=6, in_time=4), {}, False, "Hoàn thành tốt nhiệm vụ", "vì chưa hết năm"),
        (tasks(done_on_time=4, overdue=6), {}, False, "Không hoàn thành nhiệm vụ", None),
        # nothing is known of tasks: no class, and above all not the last one
        ([target("met", 1.0)], {}, True, "Chưa đủ căn cứ xếp loại", "Tỷ lệ hoàn thành quá hạn không quá 20 %"),
        ([target("missed", 0.3)], {}, True, "Không hoàn thành nhiệm vụ", None),
    ],
)
def test_classes_with_conditions(
    found: list[Record], answers: dict[str, float | None], year_over: bool, label: str, note: str | None
) -> None:
    got = score(found, PARTY, answers=answers, year_over=year_over)
    assert got.class_label == label
    if note is not None:
        assert any(note in text for text in got.notes), got.notes


@pytest.mark.parametrize(
    ("done", "label"), [(90, "Nhóm A"), (89, "Nhóm B"), (80, "Nhóm B"), (70, "Nhóm C"), (69, "Dưới nhóm C")]
)
def test_class_bounds(done: int, label: str) -> None:
    assert score(tasks(done_on_time=done, overdue=100 - done), NATIONAL).class_label == label


# Ranking and change


def agency_tasks(agency: str, done: int, late: int, unknown: int = 0) -> list[Record]:
    codes = ["done_on_time"] * done + ["overdue"] * late + ["past_no_report"] * unknown
    return [task(code, i, agency) for i, code in enumerate(codes)]


def test_ranking_with_ties_and_without_the_silent() -> None:
    found = [
        *agency_tasks("stp", 3, 1),
        *agency_tasks("snv", 6, 2),
        *agency_tasks("stc", 4, 0),
        *agency_tasks("syt", 0, 4),
        *agency_tasks("sxd", 1, 0, unknown=4),  # all it reported is fine, but it reported one of five
        *agency_tasks("sct", 0, 0, unknown=2),
        *agency_tasks("", 5, 0),
    ]
    ranked = rank(score_by(found, NATIONAL, "agency"), NATIONAL.min_coverage)
    assert [(r.rank, r.score.key, r.score.value) for r in ranked] == [
        (1, "stc", 100), (2, "snv", 75), (2, "stp", 75), (4, "syt", 0), (None, "", 100), (None, "sct", None),
        (None, "sxd", 100),
    ]  # fmt: skip
    assert ranked[-1].why == "Mới có số liệu của 1/5 = 20 % số mục, cần từ 50 %."


def test_groups() -> None:
    found = [
        replace(task("overdue", 1), agencies=("a", "b"), area=None),
        task("overdue", 2, "b", 3),
        replace(task("overdue", 3, ""), plan="q", period="year:2024"),
    ]
    assert {k: [r.id for r in v] for k, v in groups(found, "agency").items()} == {
        "a": ["p.n1"], "b": ["p.n1", "p.n2"], "": ["p.n3"],
    }  # fmt: skip
    assert {k: len(v) for k, v in groups(found, "area").items()} == {"": 1, "3": 1, "1": 1}
    assert {k: len(v) for k, v in groups(found, "plan").items()} == {"p": 2, "q": 1}
    assert {k: len(v) for k, v in groups(found, "period").items()} == {"2024-1": 2, "year:2024": 1}
    assert {k: len(v) for k, v in groups(found, "all").items()} == {"": 3}


def test_change_against_an_earlier_period() -> None:
    before = score_by(agency_tasks("snv", 1, 1) + agency_tasks("stp", 1, 0), NATIONAL, "agency")
    now = score_by(agency_tasks("snv", 3, 1) + agency_tasks("stc", 1, 0), NATIONAL, "agency")
    assert [(c.key, c.now, c.before, c.difference) for c in changes(now, before)] == [
        ("snv", 75, 50, 25), ("stc", 100, None, None), ("stp", None, 100, None),
    ]  # fmt: skip


CODES = st.sampled_from(sorted(LABELS))


@given(st.lists(CODES, max_size=40))
def test_every_score_is_the_sum_of_its_terms(codes: list[str]) -> None:
    found = [task(code, i) for i, code in enumerate(codes)]
    for profile in (NATIONAL, PARTY, CUSTOM):
        got = score(found, profile)
        points = sum(t.points for t in got.terms if t.points is not None)
        maximum = sum(t.maximum for t in got.terms if t.maximum is not None)
        if got.value is None:
            assert maximum == 0
        else:
            assert 0 <= got.value <= 100
            assert got.value == pytest.approx(100 * points / maximum, abs=0.006)
        split = got.counts
        assert split.total == (
            split.done + split.in_time + split.overdue + split.past_no_report + split.no_date + split.not_applicable
        )


# From items and facts


def item(number: int, end: dt.date | None = None, goal: float | None = None) -> KnownItem:
    if goal is not None:
        wanted = Target(
            id=f"p.c{number}", start=0, end=1, kind="ratio", comparator=">=", value=goal, due=D(2024, 12, 31)
        )
        return KnownItem(f"p.c{number}", "target", "p", "chỉ tiêu", 3, target=wanted, start=D(2024, 1, 1))
    return KnownItem(
        f"p.n{number}",
        "task",
        "p",
        "nhiệm vụ",
        1,
        lead=("nhom-so",),
        support=("stp",),
        members=("snv", "stc"),
        deadline=Deadline(kind="quarter", end=end),
    )


def test_records_from_items_and_facts() -> None:
    longer = Extension(old=D(2024, 3, 31), new=D(2024, 9, 30), reason="Chờ", document="9/UBND")
    facts = {
        "p.n1": Facts(True, D(2024, 3, 1), evidence=(Evidence(number="1/BC"),)),
        "p.n2": Facts(True, extensions=(longer,)),
        "p.c1": Facts(True, values=(Value(D(2024, 6, 14), 45),)),
    }
    items = [item(1, D(2024, 3, 31)), item(2, D(2024, 3, 31)), item(3, D(2024, 3, 31)), item(1, goal=90)]
    found = records(items, facts, D(2024, 6, 20))
    assert [(r.code, r.period, r.agencies) for r in found] == [
        ("done_early", "2024-1", ("nhom-so",)),
        ("in_time", "2024-3", ("nhom-so",)),
        ("past_no_report", "2024-1", ("nhom-so",)),
        ("progressing", "year:2024", ()),
    ]
    assert [(r.has_data, r.evidence) for r in found] == [(True, True), (True, False), (False, False), (True, False)]
    assert found[3].reach == pytest.approx(0.5)
    assert score_item(found[3], NATIONAL).why == "Đang tiến triển, đạt 50 % mức đề ra"
    assert records(items, facts, D(2024, 6, 20), expand=True)[0].agencies == ("snv", "stc")


# Profiles


def test_the_shipped_profiles_are_whole_and_say_what_is_not_verified() -> None:
    assert profiles.codes() == ("quoc-gia-abc", "quy-dinh-366", "tuy-chinh")
    assert [c.label for c in NATIONAL.class_][:3] == ["Nhóm A", "Nhóm B", "Nhóm C"]
    assert [c.from_ for c in PARTY.class_] == [90, 70, 50, None]
    assert NATIONAL.pooled
    assert PARTY.pooled
    assert not CUSTOM.pooled
    assert any("quá hạn" in text for text in NATIONAL.unverified)
    assert len(CUSTOM.unverified) == 1 + 5 + 1 + 5
    assert not any(c.verified for a in CUSTOM.area for c in a.criterion)


GOOD = (profiles.FOLDER / "tuy-chinh.toml").read_text(encoding="utf-8")


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("max = 60", "max = 61", "area thứ 1 max", "cộng lại được 60 điểm, không phải 61"),
        ("floor = 80", "floor = -1", "area thứ 1 criterion thứ 1 rule floor", "phải từ 0"),
        ("floor = 80", 'floor = "tám mươi"', "area thứ 1 criterion thứ 1 rule floor", "phải là một số"),
        ("floor = 80", "floor = 120", "area thứ 1 criterion thứ 1 rule", "floor không được lớn hơn full"),
        ("floor = 80", "san = 80", "area thứ 1 criterion thứ 1 rule", "thiếu nội dung này"),
        ("above = 90", "above = 60", "area thứ 1 criterion thứ 2 rule", "xếp từ cao xuống thấp"),
        ("percent = 50", "percent = 150", "area thứ 1 criterion thứ 2 rule steps thứ 2 percent", "không quá 100"),
        ('measure = "on_time"', 'measure = "nhanh"', "area thứ 1 criterion thứ 2 measure", "chỉ nhận một trong"),
        ('kind = "steps"', 'kind = "bac"', "area thứ 1 criterion thứ 2 rule", "chỉ nhận một trong"),
        ('code = "dung-han"', 'code = "Đúng hạn"', "area thứ 1 criterion thứ 2 code", "đúng mẫu"),
        ('code = "dung-han"', 'code = "hoan-thanh-ke-hoach"', "area thứ 1 criterion thứ 2 code", "đã dùng ở trên"),
        ("from = 80", "from = 95", "class thứ 2 from", "xếp từ cao xuống thấp"),
        ("from = 90", "from = 190", "class thứ 1 from", "lớn hơn tổng điểm 100"),
        ('label = "Yếu"', 'label = "Yếu"\nfrom = 10', "class thứ 5", "mức cuối cùng"),
        ("done_late = 0.5", "done_late = 2", "task_points done_late", "không quá 1"),
        ("min_coverage = 50", "min_coverag = 50", "min_coverag", "không có mục tên như vậy"),
        ("total = 100", "total = 90", "total", "cộng lại được 100 điểm, không phải 90"),
        ("total = 100", "total = inf", "total", "phải"),
        ("id = 0", "id = 9", "area thứ 1 id", "không quá 8"),
    ],
)
def test_a_mistake_is_told_with_line_and_field(old: str, new: str, field: str, message: str) -> None:
    text = GOOD.replace(old, new, 1)
    with pytest.raises(ProfileError) as caught:
        profiles.parse(text, "thu")
    line = line_of(old, GOOD) - (field == "class thứ 5")  # a mistake of a whole table stands at its header
    found = [p for p in caught.value.problems if f"«{field}" in p and message in p]
    assert found, caught.value.problems
    assert found[0].startswith(f"Dòng {line}, ")
    assert str(caught.value).startswith("Bộ tiêu chí «thu» có lỗi. ")


def test_points_are_given_everywhere_or_nowhere() -> None:
    text = GOOD.replace('measure = "evidence"\nmax = 10', 'measure = "evidence"', 1)
    with pytest.raises(ProfileError, match="mọi tiêu chí hoặc không"):
        profiles.parse(text)


def test_broken_syntax_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="Dòng 3: viết sai"):
        profiles.parse('name = "x"\n# y\ntotal = = 3\n')
    for code in ("khong-co", "../quoc-gia-abc", ""):
        with pytest.raises(ProfileError, match="Không có bộ tiêu chí"):
            profiles.load(code, tmp_path)
    (tmp_path / "cu.toml").write_bytes("tên".encode("utf-16"))
    with pytest.raises(ProfileError, match="UTF-8"):
        profiles.load("cu", tmp_path)
    (tmp_path / "windows.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert profiles.load("windows", tmp_path).name == CUSTOM.name


# As frames


def test_frames_hold_what_the_scores_hold() -> None:
    found = [*agency_tasks("stp", 3, 1), *agency_tasks("snv", 4, 0), *agency_tasks("sxd", 0, 0, unknown=2)]
    all_scores = score_by(found, NATIONAL, "agency")
    earlier = score_by(agency_tasks("stp", 1, 1), NATIONAL, "agency")
    ranked = rank(all_scores, 50)
    frame = score_frames.scores(ranked, {"snv": "Sở Nội vụ"}, changes(all_scores, earlier))
    assert list(frame["name"]) == ["Sở Nội vụ", "stp", "sxd"]
    assert frame["rank"].tolist()[:2] == [1, 2]
    assert frame["rank"].isna().tolist() == [False, False, True]
    assert frame["score"].isna().tolist() == [False, False, True]
    assert frame.loc[1, ["due_done", "due_all", "overdue", "change"]].tolist() == [3, 4, 1, 25]
    assert frame.loc[2, "past_no_report"] == 2
    assert frame["change"].isna().tolist() == [True, False, True]
    terms = score_frames.terms(ranked[1].score)
    counted = terms[terms["points"].notna()]
    assert counted["points"].sum() / counted["maximum"].sum() * 100 == 75
    assert terms[terms["points"].isna()]["out"].ne("").all()
    parts = score_frames.items(ranked[1].score)
    assert parts["share"].tolist() == [100, 100, 100, 0]
    assert {k: str(v) for k, v in frame.dtypes.items()} == score_frames.SCORE_COLUMNS
    for empty in (score_frames.scores([]), score_frames.items(score([], NATIONAL))):
        assert empty.empty
    assert score_frames.terms(score([], NATIONAL))["points"].isna().all()
