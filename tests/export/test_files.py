"""Exports as files: harmless names, nothing written over, nobody else reads them."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import agenda, kick_off, record

from rmsession.core.fold import session_of
from rmsession.export.files import NotWritten, file_name, save


def name_of(title: str, **more) -> str:
    return file_name(session_of(record(agenda("One", title=title), **more)), ".md")


def test_a_name_says_day_title_and_id():
    session = session_of(record(kick_off()))
    assert file_name(session, ".md") == "2026-11-21-kick-off-00000000.md"


def test_the_day_is_local_to_the_record():
    assert name_of("A", zone="Pacific/Kiritimati").startswith("2026-11-22-a-")


@pytest.mark.parametrize(
    ("title", "middle"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("", "session"),
        ("...", "session"),
        ("a\x00b\nc", "a-b-c"),
        ("Größe über 世界", "größe-über-世界"),
        ("हिन्दी में", "हिन्दी-में"),
        ("C:\\con|<>?*", "c-con"),
    ],
)
def test_hostile_titles_make_plain_names(title, middle):
    assert name_of(title) == f"2026-11-21-{middle}-00000000.md"


@given(st.text(max_size=300))
def test_no_title_leaves_the_folder_or_breaks_a_file_system(title):
    name = name_of(title)
    assert Path(name).name == name
    assert len(name.encode()) < 255
    assert not name.startswith((".", "-"))
    assert "\0" not in name


def test_a_hostile_id_does_not_leave_either():
    session = session_of(record(kick_off()))
    object.__setattr__(session.record, "id", "../../x/y")
    assert file_name(session, ".md") == "2026-11-21-kick-off-xy.md"


def test_a_saved_file_is_the_owners_alone_and_nothing_lies_beside_it(tmp_path):
    old = os.umask(0)
    try:
        save("text\n", tmp_path / "a.md")
        save("more\n", tmp_path / "a.md", force=True)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600
    assert (tmp_path / "a.md").read_text() == "more\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path):
    (tmp_path / "a.md").write_text("mine")
    with pytest.raises(NotWritten, match=r"is there already: .* --force"):
        save("text", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text() == "mine"


def test_a_link_to_nowhere_is_not_followed_unasked(tmp_path):
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotWritten):
        save("text", tmp_path / "a.md")
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_stays_a_link_when_forced(tmp_path):
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "a.md").symlink_to(tmp_path / "real.md")
    save("new", tmp_path / "a.md", force=True)
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"


def test_a_device_never_gives_way(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(NotWritten, match="no ordinary file"):
        save("text", fifo, force=True)
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_is_not_there_is_one_line(tmp_path, force):
    with pytest.raises(NotWritten, match="was not written") as told:
        save("text", tmp_path / "no" / "a.md", force=force)
    assert "\n" not in str(told.value)


def test_text_that_no_encoding_holds_is_written_all_the_same(tmp_path):
    save("lone \ud800 half\n", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"lone ? half\n"
