"""The seed block that `bureauwatch add` writes: what a page says of its bureau, what is never let in, what is left as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.commands.seed_block import SeedNotWritten, Wishes, bureaus_in, seed_block, watched_as, write_seed
from spiders.about_column import AboutColumn, about_column
from spiders.page import parse_page

ABOUT = AboutColumn(name="某市司法局", section="年度报告", region="江苏省/某市", level="city", columns=(), is_report=False)
ADDRESS = "https://sfj.moushi.gov.cn/ndbg/index.html"


def test_a_block_takes_its_id_from_the_host_and_what_is_not_known_is_to_be_filled_in() -> None:
    unknown = AboutColumn("", "", "", "", (), is_report=False)
    assert seed_block(ADDRESS, ABOUT, Wishes(), (), ()).bureau.id == "moushi-sfj"
    assert seed_block(ADDRESS, ABOUT, Wishes(), (), {"moushi-sfj"}).bureau.id == "moushi-sfj-2"
    block = seed_block(ADDRESS, unknown, Wishes(), (), ())
    assert (block.bureau.name, block.bureau.watch[0].section) == ("sfj.moushi.gov.cn", "列表")
    assert block.text.count("#") == 2


@pytest.mark.parametrize("hostile", ['"; x = 1', "'''", "\\", '"""\n[[bureau]]\n', "\x00\u202e", "#", "]]"])
def test_no_words_of_a_page_break_out_of_the_block(hostile: str) -> None:
    about = AboutColumn(f"某市{hostile}", f"年{hostile}度", f"某{hostile}", "city", (), is_report=False)
    parsed = tomllib.loads(seed_block(ADDRESS, about, Wishes(), (), ()).text)
    assert list(parsed) == ["bureau"]
    assert [list(bureau) for bureau in parsed["bureau"]] == [["id", "name", "region", "level", "home_url", "watch"]]


@pytest.mark.parametrize("wishes", [Wishes(id="Not An Id"), Wishes(name="x"), Wishes(level="planet")])
def test_a_wish_that_makes_no_seed_is_refused(wishes: Wishes) -> None:
    with pytest.raises(SeedNotWritten, match="the new block"):
        seed_block(ADDRESS, ABOUT, wishes, (), ())


@pytest.mark.parametrize("old", ["[[bureau]\n", '[[bureau]]\nid = "x"\n', "\udcff"])
def test_a_faulty_file_is_left_as_it_is(tmp_path: Path, old: str) -> None:
    file = tmp_path / "seeds.toml"
    file.write_bytes(old.encode("utf-8", "surrogateescape"))
    with pytest.raises(SeedNotWritten, match=r"seeds\.toml"):
        bureaus_in(file)
    with pytest.raises(SeedNotWritten, match=r"seeds\.toml"):
        write_seed(file, seed_block(ADDRESS, ABOUT, Wishes(), (), ()))
    assert file.read_bytes() == old.encode("utf-8", "surrogateescape")
    assert [path.name for path in tmp_path.iterdir()] == ["seeds.toml"]


def test_an_id_that_the_file_has_already_is_not_written_twice(tmp_path: Path) -> None:
    file = tmp_path / "seeds.toml"
    write_seed(file, seed_block(ADDRESS, ABOUT, Wishes(), (), ()))
    before = file.read_text(encoding="utf-8")
    with pytest.raises(SeedNotWritten, match="already used"):
        write_seed(file, seed_block("https://other.gov.cn/x/", ABOUT, Wishes(id="moushi-sfj"), (), ()))
    assert file.read_text(encoding="utf-8") == before
    write_seed(file, seed_block("https://other.gov.cn/x/", ABOUT, Wishes(id="moushi-sfj"), bureaus_in(file), ()))
    assert [watch.slug for watch in bureaus_in(file)[0].watch] == ["ndbg", "x"]


def test_a_file_keeps_its_rights_and_a_link_keeps_pointing(tmp_path: Path) -> None:
    file, link = tmp_path / "seeds.toml", tmp_path / "link.toml"
    file.write_text("", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_seed(link, seed_block(ADDRESS, ABOUT, Wishes(), bureaus_in(link), ()))
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    with pytest.raises(SeedNotWritten, match="cannot be"):
        write_seed(tmp_path / "no" / "such.toml", seed_block(ADDRESS, ABOUT, Wishes(), (), ()))
    with pytest.raises(SeedNotWritten, match="is no file"):
        bureaus_in(tmp_path)


def test_a_watched_address_is_known_in_its_other_spellings(tmp_path: Path) -> None:
    file = tmp_path / "seeds.toml"
    write_seed(file, seed_block(ADDRESS, ABOUT, Wishes(), (), ()))
    assert watched_as(ADDRESS + "#top", bureaus_in(file)) == "moushi-sfj/ndbg"
    assert watched_as("https://sfj.moushi.gov.cn/other/", bureaus_in(file)) is None


@pytest.mark.parametrize(
    ("markup", "name", "section", "region", "level"),
    [
        ("<meta name='SiteName' content='上海市司法局'><meta name='ColumnName' content='年报'><meta name='SiteIDCode' content='3100000087'>", "上海市司法局", "年报", "上海市", "province"),
        ("<meta name='SiteName' content='上海市闵行区人民政府'><title>规划计划-闵行区司法局-闵行区政府信息公开</title><p>网站标识码：3101120001</p>", "闵行区司法局", "规划计划", "上海市/闵行区", "district"),
        ("<title>法治动态_某市某县司法局</title>", "某市某县司法局", "法治动态", "某市某县", "county"),
        ("<title>通知公告 | 江苏省司法厅</title>", "江苏省司法厅", "通知公告", "江苏省", "province"),
        ("<title>司法部</title><h1>年度报告</h1>", "司法部", "年度报告", "全国", "ministry"),
        ("<title>列表</title><p>主办单位：南京市司法局</p><meta name='SiteIDCode' content='28'>", "南京市司法局", "列表", "南京市", "city"),
        ("", "", "", "", ""),
    ],
)  # fmt: skip
def test_a_page_says_whose_it_is(markup: str, name: str, section: str, region: str, level: str) -> None:
    about = about_column(parse_page(ADDRESS, f"<html><head><meta charset='utf-8'></head><body>{markup}</body></html>"))
    assert (about.name, about.section, about.region, about.level) == (name, section, region, level)


def test_a_file_that_cannot_be_added_to_safely_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "seeds.toml"
    bureau = (
        'id = "moushi-sfj"\nname = "某市司法局"\nregion = "某市"\nlevel = "city"\nhome_url = "https://sfj.moushi.gov.cn/"\n'
    )
    tricky = f"[[bureau]]\n{bureau}note = '''see\n[[bureau]]\n'''\n[[bureau.watch]]\nsection = \"公告\"\nlisting_url = \"https://sfj.moushi.gov.cn/gg/\"\n"
    file.write_text(tricky, encoding="utf-8")
    with pytest.raises(SeedNotWritten, match="add the block by hand"):
        write_seed(file, seed_block(ADDRESS, ABOUT, Wishes(), bureaus_in(file), ()))
    assert file.read_text(encoding="utf-8") == tricky
