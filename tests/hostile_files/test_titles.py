"""Hostile titles by every way in which the program writes a file: it stays in the folder, under one plain name."""

from __future__ import annotations

import os
import zipfile
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from hostile_files.titles import TITLES, wrong_with
from support.building import agenda, record
from support.tally import tally

from rmsession.cli import run
from rmsession.core.fold import session_of
from rmsession.core.record import Record
from rmsession.core.text import UserText
from rmsession.export.files import NotWritten, file_name, place, save
from rmsession.export.formats import FORMATS
from rmsession.reader.agenda_reader import read_text
from rmsession.store.opening import open_store


def entitled(title: str, number: int = 1) -> Record:
    return record(agenda("One", title=title), number=number)


def everything(folder: Path) -> list[Path]:
    return [Path(where) / name for where, _, names in os.walk(folder) for name in names]


def test_there_are_titles_enough():
    assert len(TITLES) >= 43
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_stays_in_its_folder_under_a_plain_name_with_the_id(tmp_path, kind):
    home = tmp_path / "home" / "deep"
    home.mkdir(parents=True)
    for number, (why, title) in enumerate(TITLES.items(), 1):
        folded = session_of(entitled(title, number << 96))
        name = file_name(folded, FORMATS[kind].suffix)
        assert not wrong_with(name), (why, name)
        assert Path(name).name == name, why
        assert f"{number:08x}" in name, why
        path = place(str(home), name)
        assert path.resolve().parent == home.resolve(), why
        made = FORMATS[kind].make(folded)
        save(made, path)
        with pytest.raises(NotWritten):
            save(made, path)
    assert len(everything(tmp_path)) == len(list(home.iterdir())) == len(TITLES)
    tally("hostile titles x ways to write a file", cases=len(TITLES))


def test_a_session_file_stays_in_its_folder_under_a_plain_name_with_the_id(tmp_path):
    home = tmp_path / "home"
    with closing(open_store(home)) as store:
        for number, title in enumerate(TITLES.values(), 1):
            store.begin(entitled(title, number))
    assert {each.name for each in tmp_path.iterdir()} == {"home"}
    kept = sorted(home.glob("sessions/2026/11/*.json"))
    assert {UUID(path.stem[-36:]).int for path in kept} == set(range(1, len(TITLES) + 1))
    assert not [(path, why) for path in everything(home) if (why := wrong_with(path.name.lstrip(".")))]
    with closing(open_store(home)) as store:
        for number, title in enumerate(TITLES.values(), 1):
            kept_title = store.load(str(UUID(int=number))).agenda.title.raw
            assert (
                kept_title == title.encode("utf-8", "surrogatepass").decode("utf-8", "replace") or kept_title == title
            )
    tally("hostile titles x ways to write a file", cases=len(TITLES))


def test_a_backup_holds_plain_names_alone_and_restores_into_its_folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    with closing(open_store(home)) as store:
        for number, title in enumerate(TITLES.values(), 1):
            store.begin(entitled(title, number))
    monkeypatch.chdir(tmp_path)
    assert run(["--home", str(home), "backup", str(tmp_path / "b.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as held:
        names = held.namelist()
    assert sum(name.startswith("sessions/") for name in names) >= len(TITLES)
    for name in names:
        assert not Path(name).is_absolute()
        assert not [part for part in name.split("/") if wrong_with(part.lstrip("."))], name
    other = tmp_path / "other"
    assert run(["--home", str(other), "restore", str(tmp_path / "b.zip"), "--yes"]) == 0
    assert {each.name for each in tmp_path.iterdir()} == {"home", "other", "b.zip"}
    assert len(list(other.glob("sessions/2026/11/*.json"))) == len(TITLES)
    tally("hostile titles x ways to write a file", cases=len(TITLES))


def test_the_command_writes_one_file_for_each_title_and_nothing_elsewhere(tmp_path, monkeypatch, capsys):
    home, out = tmp_path / "home", tmp_path / "out"
    out.mkdir()
    with closing(open_store(home)) as store:
        for number, title in enumerate(TITLES.values(), 1):
            store.begin(entitled(title, number << 96))
    monkeypatch.chdir(out)
    for number in range(1, len(TITLES) + 1):
        assert run(["--home", str(home), "export", f"{number:08x}"]) == 0
        told = capsys.readouterr().out
        assert told.count("\n") == 1
        assert not [sign for sign in told[:-1] if not sign.isprintable()]
    assert len(list(out.iterdir())) == len(TITLES)
    assert {each.name for each in tmp_path.iterdir()} == {"home", "out"}
    tally("hostile titles x ways to write a file", cases=len(TITLES))


def test_names_that_differ_only_in_case_or_spelling_do_not_take_each_others_place(tmp_path):
    """As on a file system that knows no case: the second finds the first one's file, and leaves it."""
    for one, other in (("Kick off", "KICK OFF"), ("é", "e\u0301"), ("A/B", "a b"), ("straße", "straße!")):
        first, second = (file_name(session_of(entitled(title)), ".md") for title in (one, other))
        assert first == second == first.lower()
        (tmp_path / first).unlink(missing_ok=True)
        save("first\n", tmp_path / first)
        with pytest.raises(NotWritten):
            save("second\n", tmp_path / second)
        assert (tmp_path / first).read_text() == "first\n"


def test_the_titles_come_through_the_reader_as_well():
    """What a file calls its session is what the names above were made of."""
    for title in TITLES.values():
        if title.isprintable() and title.strip():
            plan = read_text(f"---\ntitle: {UserText(title).line!r}\n---\n# A\n\n## One (5 min)\n").agenda
            assert not wrong_with(file_name(session_of(record(plan)), ".md"))
