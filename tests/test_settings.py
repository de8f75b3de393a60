"""Flag, environment, file, default, in that order; and a file that keeps what its owner wrote."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rmsession.settings import FILE, RECENT, Settings, SettingsError, home_of, load, remember, remember_agenda


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def write(home: Path, text: str | bytes) -> Path:
    home.mkdir(exist_ok=True)
    file = home / FILE
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_nothing_said_is_the_defaults(home):
    settings, complaints = load({"home": home}, {})
    assert settings == Settings(home=home, agendas=home / "agendas")
    assert complaints == ()
    assert not home.exists(), "reading settings makes nothing"


@pytest.mark.parametrize(
    ("flag", "variable", "line", "expected"),
    [
        ("Flag", "Env", 'me = "File"', "Flag"),
        (None, "Env", 'me = "File"', "Env"),
        (None, None, 'me = "File"', "File"),
        (None, "", 'me = "File"', "File"),
        (None, None, "", None),
    ],
)
def test_flag_then_environment_then_file(home, flag, variable, line, expected):
    write(home, line)
    environ = {} if variable is None else {"RMSESSION_ME": variable}
    assert load({"home": home, "me": flag}, environ)[0].me == expected


def test_the_home_folder_is_flag_then_environment_then_platform(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert home_of(tmp_path / "a", {"RMSESSION_HOME": "/b"}) == tmp_path / "a"
    assert home_of(None, {"RMSESSION_HOME": str(tmp_path / "b")}) == tmp_path / "b"
    assert home_of(None, {}) == tmp_path / "share" / "rmsession"


def test_the_home_folder_is_absolute_and_knows_the_tilde(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    assert home_of("data", {}) == tmp_path / "data"
    assert home_of("~/data", {}) == tmp_path / "ada" / "data"
    assert home_of("~nobody-of-that-name/data", {}) == tmp_path / "~nobody-of-that-name" / "data"


@pytest.mark.parametrize(
    "text",
    [
        "me = ",
        b"me = '\xff'",
        "me = '\x1b[31m'",
        "a = " + "9" * 5000,
        "a = " + "[" * 5000,
        'me = "a"\nme = "b"',
    ],
)
def test_a_file_that_is_no_toml_is_one_line_and_the_defaults(home, text):
    file = write(home, text)
    settings, (complaint,) = load({"home": home}, {})
    assert settings == Settings(home=home, agendas=home / "agendas")
    assert complaint.startswith(f"{file}: not read")
    assert "\n" not in complaint


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("me = 3", "me"),
        ('me = "  "', "me"),
        ('theme = ["dark"]', "theme"),
        ('zone = "Mars/Olympus"', "zone"),
        ('zone = "../../etc/passwd"', "zone"),
        ("agendas = true", "agendas"),
        ('recent = "a.md"', "recent"),
        ("recent = [1]", "recent"),
    ],
)
def test_a_bad_value_is_named_with_file_and_key_and_the_others_stand(home, line, key):
    file = write(home, f'{line}\neditor = "nano"\n')
    settings, (complaint,) = load({"home": home}, {})
    assert complaint.startswith(f"{file}: {key}: should be ")
    assert settings.editor == "nano"
    assert getattr(settings, key) == getattr(Settings(home, agendas=home / "agendas"), key)


def test_a_bad_value_gives_way_to_the_next_place(home):
    write(home, 'zone = "Europe/Berlin"')
    settings, (complaint,) = load({"home": home}, {"RMSESSION_ZONE": "nowhere"})
    assert complaint.startswith("RMSESSION_ZONE: should be ")
    assert settings.zone == "Europe/Berlin"


def test_folders_in_the_file_are_relative_to_the_data_folder(home, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    write(home, 'agendas = "mine"\nrecent = ["mine/a.md", "/b.md"]')
    settings, _ = load({"home": home}, {"RMSESSION_RECENT": "nothing reads this"})
    assert settings.agendas == home / "mine"
    assert settings.recent == (home / "mine/a.md", Path("/b.md"))
    assert load({"home": home}, {"RMSESSION_AGENDAS": "~/a"})[0].agendas == tmp_path / "a"


def zone_asked_afresh(machine: str, home: Path) -> tuple[str, str]:
    """What a new process makes of that ``TZ``: the machine's zone is looked up once a process."""
    code = "from rmsession.settings import *; import sys; print(zone_of(load({'home': sys.argv[1]})[0]))"
    told = subprocess.run(
        [sys.executable, "-c", code, home],
        env={**os.environ, "TZ": machine},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip(), told.stderr


def test_the_zone_is_the_setting_or_the_machines(home):
    assert zone_asked_afresh("Asia/Kolkata", home) == ("Asia/Kolkata", "")
    write(home, 'zone = "Europe/Berlin"')
    assert zone_asked_afresh("Asia/Kolkata", home) == ("Europe/Berlin", "")


@pytest.mark.parametrize("machine", ["Nowhere/AtAll", "CET-1CEST", ""])
def test_a_machine_that_says_its_zone_badly_still_has_one(home, machine):
    zone, told = zone_asked_afresh(machine, home)
    assert ZoneInfo(zone)
    assert told == ""


def test_a_machine_without_a_zone_table_reads_dates_all_the_same(home, monkeypatch):
    monkeypatch.setenv("PYTHONTZPATH", "")
    write(home, 'zone = "Europe/Berlin"')
    assert zone_asked_afresh("", home) == ("Europe/Berlin", "")


def test_remembering_keeps_comments_order_and_unknown_keys(home):
    file = write(home, '# mine\nzone = "Europe/Berlin"  # where I live\n\n[later]\nkey = 1 # one\n')
    remember(home, "me", "Ada")
    remember(home, "theme", "nord")
    remember(home, "me", "Ada Lovelace")
    assert file.read_text() == (
        '# mine\nzone = "Europe/Berlin"  # where I live\nme = "Ada Lovelace"\ntheme = "nord"\n\n'
        "[later]\nkey = 1 # one\n"
    )
    settings, complaints = load({"home": home}, {})
    assert (settings.me, settings.theme, complaints) == ("Ada Lovelace", "nord", ())


def test_remembering_makes_folder_and_file_for_the_owner_alone(home):
    old = os.umask(0)
    try:
        remember(home, "me", 'A"da\x1b\\')
    finally:
        os.umask(old)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    assert [each.name for each in home.iterdir()] == [FILE], "nothing is left beside it"
    assert load({"home": home}, {})[0].me == 'A"da\x1b\\'


def test_a_byte_order_mark_and_a_link_survive(home, tmp_path):
    dotfile = tmp_path / "dotfile.toml"
    dotfile.write_bytes(b"\xef\xbb\xbfme = 'Ada'\r\n")
    home.mkdir()
    (home / FILE).symlink_to(dotfile)
    remember(home, "theme", "nord")
    assert (home / FILE).is_symlink()
    assert load({"home": home}, {})[0] == Settings(home, me="Ada", theme="nord", agendas=home / "agendas")


def test_a_broken_file_is_never_written_over(home):
    file = write(home, "me = \n# much work")
    with pytest.raises(SettingsError, match="left as it is"):
        remember(home, "me", "Ada")
    assert file.read_text() == "me = \n# much work"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="not written") as told:
        remember(tmp_path / "file" / "home", "me", "Ada")
    assert "\n" not in str(told.value)


def test_a_name_that_toml_cannot_hold_is_one_line(home):
    with pytest.raises(SettingsError, match="not written"):
        remember_agenda(home, Path(os.fsdecode(b"/a/\xff.md")))
    assert not (home / FILE).exists()


def test_recent_agendas_are_newest_first_once_each_and_few(home):
    for number in range(RECENT + 3):
        remember_agenda(home, Path(f"/a/{number}.md"))
    remember_agenda(home, Path("/a/5.md"))
    recent = load({"home": home}, {})[0].recent
    assert recent[:3] == (Path("/a/5.md"), Path("/a/10.md"), Path("/a/9.md"))
    assert len(recent) == RECENT == len(set(recent))
