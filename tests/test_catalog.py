"""Building the catalog: what is in it, when it is built anew, what is kept."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from pathlib import Path

import duckdb
import pytest

from cchc import catalog, config
from cchc.engine import Engine
from cchc.formats import NotAPlan
from cchc.model import Plan
from tests.sample_plans import PLANS, TEXT_2024, plan_2022, plan_2024, sample_engine

BY_NAME = {plan.name: plan for plan in PLANS}


def read(data: bytes, name: str) -> Plan:
    """Stands in for the reader: the name decides."""
    if name.startswith("rong"):
        raise NotAPlan("Tệp trống.")
    if name.startswith("loi"):
        raise RuntimeError("a fault of the reader")
    return BY_NAME[name]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "plans"
    folder.mkdir()
    for plan in PLANS:
        (folder / plan.name).write_text(plan.text, encoding="utf-8")
    return sorted(folder.iterdir())


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True, config=catalog.SETTINGS) as connection:
        return connection.execute(sql).fetchall()


def test_everything_of_the_plans_is_in_the_catalog(files: list[Path], tmp_path: Path) -> None:
    path = catalog.build(files, tmp_path / "out", read)
    for table, of_plan in (("targets", 5 + 1), ("tasks", 10 + 1), ("measures", 1), ("duties", 3)):
        assert len(rows(path, f"FROM {table}")) == of_plan, table
    texts = "SELECT string_agg(t.text, '' ORDER BY t.part) FROM texts t JOIN documents d ON d.id = t.doc_id"
    assert rows(path, f"{texts} WHERE d.year = 2024") == [(TEXT_2024,)]
    assert rows(path, "SELECT message FROM warnings") == [("Một số liệu chưa được đọc",)]
    stored = rows(path, "SELECT content, products, lead, deadline_end FROM tasks WHERE id LIKE '%.n00000000'")
    task = plan_2024().tasks[0]
    assert stored == [(task.content, list(task.products), list(task.lead), task.deadline.end)]
    assert rows(path, "SELECT value, except_text FROM targets WHERE id LIKE '%.c4'") == [(1234.5, "hồ sơ mật")]


def test_agencies_are_one_however_they_are_written(files: list[Path], tmp_path: Path) -> None:
    path = catalog.build(files, tmp_path / "out", read)
    written = rows(path, "SELECT written FROM agencies WHERE key = 'so-ban-nganh'")
    assert written == [("Các sở, ban, ngành; Sở, ban, ngành",)]
    unknown = rows(path, "SELECT name, known FROM agencies WHERE key = 'cong-ty-la'")
    assert unknown == [("Công ty Lạ", False)]
    # as written, not as canonical
    assert rows(path, "SELECT DISTINCT name FROM assignments WHERE agency_key = 'so-ban-nganh' AND kind = 'duty'") == [
        ("Các sở, ban, ngành",)
    ]


def test_a_later_agency_has_the_items_of_its_forerunner(files: list[Path], tmp_path: Path) -> None:
    path = catalog.build(files, tmp_path / "out", read)
    through = "SELECT via_key, via FROM reach WHERE agency_key = '{}' AND doc_id LIKE '%2024' ORDER BY via_key"
    assert rows(path, through.format("so-khoa-hoc-va-cong-nghe")) == [
        ("so-ban-nganh", "Sở, ban, ngành"),  # under its own name, though its forerunner is meant too
        ("so-thong-tin-va-truyen-thong", "Sở Thông tin và Truyền thông (cơ quan tiền thân)"),
    ]
    assert rows(path, through.format("so-nong-nghiep-va-moi-truong")) == [
        ("so-ban-nganh", "Sở, ban, ngành; Sở Nông nghiệp và Phát triển nông thôn (cơ quan tiền thân)")
    ]
    # a forerunner has nothing of what its heir is given
    assert ("so-khoa-hoc-va-cong-nghe",) not in rows(
        path, "SELECT via_key FROM reach WHERE agency_key = 'so-thong-tin-va-truyen-thong'"
    )


def test_a_group_means_agencies_of_its_province(tmp_path: Path) -> None:
    def members(province: str | None) -> list[tuple[object, ...]]:
        info = plan_2024().plan.model_copy(update={"province": province})
        path = tmp_path / "mau.txt"
        path.write_bytes(b"mau")
        out = tmp_path / f"out-{province}"
        built = catalog.build([path], out, lambda data, name: plan_2024().model_copy(update={"plan": info}))
        return rows(built, "SELECT group_key FROM agency_members WHERE member_key = 'so-quy-hoach-kien-truc'")

    assert members("Hà Nội") == members("Thành phố Hồ Chí Minh") == [("so-ban-nganh",)]
    assert members("Sơn La") == members(None) == []


def test_what_a_person_should_look_at(files: list[Path], tmp_path: Path) -> None:
    path = catalog.build(files, tmp_path / "out", read)
    found = rows(
        path,
        """SELECT id, review FROM (SELECT id, review FROM tasks UNION ALL SELECT id, review FROM targets
           UNION ALL SELECT id, review FROM duties) WHERE len(review) > 0 ORDER BY id""",
    )
    doc = plan_2024().plan.id
    assert found == [
        (f"{doc}.c3", ["Đọc chưa chắc chắn: chưa rõ lĩnh vực"]),
        (f"{doc}.n00000001", ["Đọc chưa chắc chắn: dòng bị mất ô"]),
        (f"{doc}.n00000009", ["Chưa rõ thời hạn", "Chưa rõ cơ quan chủ trì"]),
        (f"{doc}.t3", ["Chưa rõ cơ quan"]),
    ]


def test_a_fresh_catalog_is_not_built_again(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = catalog.ensure(files, out, read)

    def never(data: bytes, name: str) -> Plan:
        raise AssertionError("was read again")

    assert catalog.ensure(files, out, never) == path


def test_any_change_of_a_document_gives_another_catalog(files: list[Path], tmp_path: Path) -> None:
    before = catalog.version(files)
    assert catalog.version(reversed(files)) == before
    text = files[0].read_bytes()
    files[0].write_bytes(text + b" ")
    changed = catalog.version(files)
    files[0].write_bytes(text)
    renamed = files[0].rename(files[0].with_name("khac.txt"))
    assert len({before, changed, catalog.version([renamed, files[1]]), catalog.version(files[1:])}) == 4
    renamed.rename(files[0])
    assert catalog.version(files) == before


def test_bad_files_are_reported_and_stop_nothing(files: list[Path], tmp_path: Path) -> None:
    bad = [tmp_path / "rong.txt", tmp_path / "loi.txt"]
    for path in bad:
        path.write_bytes(path.name.encode())
    path = catalog.build([*files, *bad, tmp_path / "mat.txt"], tmp_path / "out", read)
    assert rows(path, "SELECT count(*) FROM documents") == [(2,)]
    assert rows(path, "SELECT name, message FROM problems ORDER BY name") == [
        ("loi.txt", catalog.FAULT),
        ("mat.txt", catalog.NOT_OPENED),
        ("rong.txt", "Tệp trống."),
    ]


def test_no_document_at_all_is_an_empty_catalog(tmp_path: Path) -> None:
    path = catalog.build([], tmp_path / "out", read)
    assert rows(path, "SELECT count(*) FROM documents") == [(0,)]


def test_the_same_document_twice_counts_once(tmp_path: Path) -> None:
    poorer = plan_2024().model_copy(update={"name": "ban-cu.txt", "tasks": plan_2024().tasks[:3]})
    for order in ([poorer, plan_2024()], [plan_2024(), poorer]):
        problems: list[tuple[str, str]] = []
        kept = catalog._once_each(map(catalog.of_plan, order), problems)
        assert [p.name for p in kept] == ["mau-2024.txt"]
        assert problems == [("ban-cu.txt", catalog.TWICE.format(other="mau-2024.txt"))]


def test_labels_name_what_the_document_says_and_differ() -> None:
    plain = Plan(name="a.txt", plan={"id": "vb-1"})  # type: ignore[arg-type]
    other = Plan(name="b.txt", plan={"id": "vb-2"})  # type: ignore[arg-type]
    plans = [plan_2024(), plan_2022(), plain, other, other]
    assert catalog.plan_labels([(p.plan, p.name) for p in plans]) == [
        "10/KH-UBND (Mẫu, 2024)",
        "Kế hoạch (cấp huyện, 2022)",
        "Văn bản – a.txt",
        "Văn bản – b.txt (1)",
        "Văn bản – b.txt (2)",
    ]


def test_two_catalogs_stay_and_the_current_one_always(tmp_path: Path) -> None:
    paths = []
    for n in range(5):
        path = catalog.path_of(f"{n:016x}", tmp_path)
        path.write_bytes(b"x")
        os.utime(path, (1000 + n, 1000 + n))
        paths.append(path)
    cut_off = tmp_path / ".building-x-1-2.duckdb"
    cut_off.write_bytes(b"x")
    running = tmp_path / ".building-y-1-2.duckdb"
    running.write_bytes(b"x")
    os.utime(cut_off, (time.time() - 2 * catalog.STALE_TEMP_SECONDS,) * 2)
    removed = catalog.clean(tmp_path, paths[0])
    assert sorted(removed) == sorted([*paths[1:4], cut_off])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([running.name, paths[0].name, paths[4].name])


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    twice = plan_2024().tasks[0]
    broken = plan_2024().model_copy(update={"tasks": (twice, twice)})
    with pytest.raises(ValueError, match="cannot be told apart"):
        catalog.write([broken], [], "f" * 16, tmp_path)
    assert list(tmp_path.iterdir()) == []


def _write(out: Path) -> None:
    catalog.write(PLANS, [], "b" * 16, out)


def test_processes_that_build_at_once_do_not_clash(tmp_path: Path) -> None:
    out = tmp_path / "out"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(out,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert [p.name for p in out.iterdir()] == [catalog.path_of("b" * 16, out).name]
    assert rows(next(out.iterdir()), "SELECT count(*) FROM documents") == [(2,)]


def test_a_reader_goes_on_while_the_catalog_is_built_anew(tmp_path: Path) -> None:
    engine = sample_engine(tmp_path)
    try:
        catalog.write(PLANS, [], engine.data_version, tmp_path)
        assert len(engine.frame("SELECT * FROM tasks")) == 11
    finally:
        engine.close()
    fresh = Engine(engine.path)
    assert len(fresh.frame("SELECT * FROM tasks")) == 11
    fresh.close()


def test_nothing_is_fetched_from_the_network(tmp_path: Path) -> None:
    engine = sample_engine(tmp_path)
    with engine.cursor() as cursor:
        settings = dict(
            cursor.execute(
                "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'"
            ).fetchall()
        )
    engine.close()
    assert settings == {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def test_spans_of_the_documents_hold_what_was_read(documents: Engine) -> None:
    found = documents.frame(
        """SELECT d.words, t.quote, t.span_start AS a, t.span_end AS b
           FROM targets t JOIN (
               SELECT doc_id, string_agg(text, '' ORDER BY part) AS words FROM texts GROUP BY doc_id
           ) d USING (doc_id)"""
    )
    assert len(found) > 90
    for text, quote, a, b in found.itertuples(index=False):
        assert " ".join(text[a:b].split()) == " ".join(quote.split())


def test_the_five_documents_are_read_whole(documents: Engine) -> None:
    names = set(documents.frame("SELECT name FROM documents")["name"])
    assert names == {p.name for p in (config.ROOT / "data" / "plans").iterdir()}
    assert documents.frame("SELECT * FROM problems").empty
    known = documents.frame("SELECT count(*) AS n FROM assignments WHERE kind = 'task'")
    assert known["n"][0] > 150


def test_a_copy_elsewhere_has_the_same_version(tmp_path: Path) -> None:
    source = config.ROOT / "data" / "plans"
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    assert catalog.version(source.iterdir()) == catalog.version(copy.iterdir())
