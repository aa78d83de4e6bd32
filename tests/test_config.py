"""A configuration is read whole or refused whole, with every fault named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from crawler.config import find_config, read_config, read_secret
from crawler.config_keys import Settings
from crawler.errors import ConfigError
from tests.pages import SECTIONS, SEVERAL

FIRST = Path(__file__).parents[1] / "crawler" / "commands" / "first_config.toml"
SEED = """
[[bureau]]
id = "mine"
name = "某某市司法局"
region = "某某省"
level = "city"
home_url = "https://sfj.example.gov.cn/"
[[bureau.watch]]
section = "法治政府建设年度报告"
listing_url = "https://sfj.example.gov.cn/fzzf/index.html"
[[bureau.watch]]
section = "工作总结"
listing_url = "https://sfj.example.gov.cn/gzzj/index.html"
"""


TOLD = '[mail]\nhost = "h"\nsender = "a@b.cn"\n[[subscription]]\nto = ["a@b.cn"]\n'


def write(folder: Path, text: str, seed: str = SEED) -> Path:
    (folder / "mine.toml").write_text(seed, encoding="utf-8")
    file = folder / "bureauwatch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_first_configuration_is_valid_and_watches_the_bundled_bureaus() -> None:
    config = read_config(FIRST)
    assert {target.bureau.id for target in config.targets} >= {"shanghai", "minhang"}
    assert config.database == FIRST.parent / "bureauwatch-data" / "archive.db"


def test_own_seeds_stand_alone_and_watches_are_named_by_their_folders(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, '[seeds]\nbundled = false\npaths = ["mine.toml"]\n'))
    assert [target.watch_id for target in config.targets] == ["mine/fzzf", "mine/gzzj"]
    assert [target.watch.render for target in config.targets] == ["auto", "auto"]


def test_every_fault_is_told_at_once_with_file_and_key(tmp_path: Path) -> None:
    text = """
[crawl]
delay_s = -1
allow_private = ["127.0.0.1"]
colour = "red"
[mail]
host = "smtp.example.org"
sender = "nobody"
[[subscription]]
to = ["x"]
when = "hourly"
[seeds]
paths = ["mine.toml", "missing.toml"]
"""
    file = write(tmp_path, text, SEED.replace('level = "city"', 'level = "town"').replace("https://sfj", "ftp://sfj", 1))
    with pytest.raises(ConfigError) as refused:
        read_config(file)
    told = "\n".join(refused.value.faults)
    for key in (
        "crawl.delay_s",
        "crawl.allow_private",
        "crawl.colour",
        "mail.sender",
        "subscription.0.to",
        "subscription.0.when",
    ):
        assert f"{file}: {key}: " in told
    for words in ("missing.toml: no such seed file", "bureau 'mine': level", "bureau 'mine': home_url"):
        assert words in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[storage\n", "cannot be read as TOML"),
        ('[[subscription]]\nto = ["a@b.cn"]\n', "there is a [[subscription]] but no [mail]"),
        ("[seeds]\nbundled = false\n", "no bureau is watched"),
        (
            '[mail]\nhost = "h"\nsender = "a@b.cn"\n[[subscription]]\nto = ["a@b.cn"]\nbureaus = ["shangai"]\n',
            "no bureau 'shangai'",
        ),
        ('[health]\nto = ["a@b.cn"]\n', "there is a [health] but no [mail]"),
        ('[[subscription]]\nto = ["channel:x"]\n', 'there is no [[channel]] with name = "x"'),
        ('[health]\nto = ["webhook:x"]\n', 'there is no [[webhook]] with name = "x"'),
        (f'{TOLD}regions = ["上海"]\n', "no bureau lies in '上海'"),
        (f'{TOLD}name = "subscription-2"\n[[subscription]]\nto = ["a@b.cn"]\n', "'subscription-2' is there twice"),
        (f'{TOLD}quiet = "22-7"\n', 'write for example "22:00-07:00"'),
        (f'{TOLD}quiet = "07:00-07:00"\n', "are no hours"),
        (f'{TOLD}least = "format"\n', "'wording', 'clause' or 'figure'"),
        (f'{TOLD}reports = ["年报"]\n', "法治政府建设年度报告"),
        (f"{TOLD}most_a_day = 0\n", "greater than or equal to 1"),
        ('[[webhook]]\nname = "x"\nurl = "https://u:p@x.cn/"\n', "without user name"),
        ('[[channel]]\nname = "x"\nurl_env = "BUREAUWATCH_NOT_SET"\n', "BUREAUWATCH_NOT_SET is not set"),
        ('[web]\nbase_url = "reports.example.org"\n', "write it with http:// or https://"),
        ('[mail]\nhost = "h"\nsender = "a@b.cn"\nin_doubt = "ask"\n', "'resend' or 'hold'"),
        ('[mail]\nhost = "h"\nsender = "a@b.cn"\nusername = "u"\n', "mail.password_file"),
        ('[mail]\nhost = "h"\nsender = "a@b.cn"\nusername = "u"\npassword_file = "no"\n', "cannot be read"),
    ],
)
def test_a_fault_names_its_cure(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(words)):
        read_config(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ('[mail]\nhost = "h"\nsender = {}\n', "a@b.cn"),
        ("[crawl]\nallow_private = [{}]\n", "127.0.0.1:8801"),
        ("[web]\nbase_url = {}\n", "https://b.cn/pages"),
        (TOLD + "quiet = {}\n", "22:00-07:00"),
        (TOLD + "name = {}\n", "mine"),
    ],
)
def test_a_line_end_at_the_end_of_a_value_is_a_fault(tmp_path: Path, text: str, good: str) -> None:
    assert read_config(write(tmp_path, text.format(f'"{good}"')))
    with pytest.raises(ConfigError):
        read_config(write(tmp_path, text.format(f'"{good}\\n"')))


def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path: Path) -> None:
    for text in (
        '[web]\nbase_url = "https://li:geheim77@b.cn/"\n',
        '[[webhook]]\nname = "x"\nurl = "https://li:geheim77@b.cn/"\n',
    ):
        with pytest.raises(ConfigError) as refused:
            read_config(write(tmp_path, text))
        assert "user name" in str(refused.value)
        assert "geheim77" not in str(refused.value)


def test_a_password_that_others_can_read_is_refused_with_the_chmod_to_run(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2\n")
    file = write(tmp_path, '[mail]\nhost = "h"\nsender = "a@b.cn"\nusername = "u"\npassword_file = "secret"\n')
    secret.chmod(0o644)
    with pytest.raises(ConfigError, match=f"chmod 600 {secret}"):
        read_config(file)
    secret.chmod(0o600)
    read_config(file)


def test_a_secret_of_the_environment_is_read_and_one_that_is_empty_is_refused(tmp_path: Path) -> None:
    assert read_secret(tmp_path, "mail.password", file=None, variable="X", environment={"X": "hunter2"}) == "hunter2"
    assert read_secret(tmp_path, "mail.password", file=None, variable="", environment={}) == ""
    with pytest.raises(ConfigError, match="X is not set"):
        read_secret(tmp_path, "mail.password", file=None, variable="X", environment={"X": ""})
    (tmp_path / "empty").touch(mode=0o600)
    with pytest.raises(ConfigError, match="is empty"):
        read_secret(tmp_path, "mail.password", file=Path("empty"), variable="")


def test_everybody_who_is_told_anything_is_counted_once(tmp_path: Path) -> None:
    health = '[health]\nto = ["b@b.cn", "a@b.cn"]\n'
    assert read_config(write(tmp_path, TOLD + health)).settings.recipients == ("a@b.cn", "b@b.cn")


def test_two_bureaus_may_not_share_an_id(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(SEED, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"this id is already used in .*mine\.toml"):
        read_config(write(tmp_path, '[seeds]\nbundled = false\npaths = ["mine.toml", "other.toml"]\n'))


def test_the_configuration_is_found_as_given_then_by_environment_then_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="bureauwatch init"):
        find_config(None, {})
    here = write(tmp_path, "")
    (tmp_path / "sub").mkdir()
    other = write(tmp_path / "sub", "")
    assert find_config(None, {}) == here
    assert find_config(None, {"BUREAUWATCH_CONFIG": str(other)}) == other
    assert find_config(here, {"BUREAUWATCH_CONFIG": str(other)}) == here
    with pytest.raises(ConfigError, match="no such file"):
        find_config(tmp_path / "nowhere.toml", {})


def test_the_first_configuration_shows_every_key_with_its_default() -> None:
    everything = tomllib.loads(re.sub(r"^# (?=\w+ = |\[)", "", FIRST.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(everything) == set(Settings.model_fields)
    for name, section in SECTIONS.items():
        shown = everything[name][0] if name in SEVERAL else everything[name]
        assert set(shown) == set(section.model_fields), name
