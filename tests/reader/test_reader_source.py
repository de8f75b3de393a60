"""Bytes to text: encodings, line ends, what is refused and in which words."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmsession.reader.agenda_reader import read_file
from rmsession.reader.limits import SIZE_LIMIT
from rmsession.reader.source import UnreadableAgenda, decode, load

TEXT = "# Gespräch\n\n## Über uns – 話す (5 min)\n"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (TEXT.encode(), []),
        (b"\xef\xbb\xbf" + TEXT.encode(), []),
        (TEXT.encode("utf-16"), []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), []),
        (TEXT.encode("utf-32"), []),
        (TEXT.replace("\n", "\r\n").encode(), []),
        (TEXT.replace("\n", "\r").encode(), []),
        (TEXT.replace("話す", "x").encode("utf-16-le"), ["encoding-guessed"]),
        (TEXT.replace("話す", "x").encode("utf-16-be"), ["encoding-guessed"]),
    ],
)
def test_every_encoding_gives_the_text(data, codes):
    decoded = decode(data)
    assert decoded.text.replace("話す", "x") == TEXT.replace("話す", "x")
    assert [problem.code for problem in decoded.problems] == codes


def test_an_old_windows_file_is_read_and_told_with_its_line():
    decoded = decode(TEXT.replace("話す", "x").encode("cp1252"))
    assert decoded.text == TEXT.replace("話す", "x")
    assert [(problem.code, problem.line) for problem in decoded.problems] == [("encoding-guessed", 1)]


def test_a_few_wrong_bytes_do_not_change_the_encoding():
    decoded = decode("# Übung für äöü\n\nein\nKäse ".encode() + b"\xff (5 min)")
    assert decoded.text == "# Übung für äöü\n\nein\nKäse \ufffd (5 min)"
    assert [(problem.code, problem.line) for problem in decoded.problems] == [("bytes-replaced", 4)]


def test_nul_is_left_out_and_told():
    decoded = decode(b"# A\n\n## B\0 (5 min)\n")
    assert decoded.text == "# A\n\n## B (5 min)\n"
    assert [(problem.code, problem.line) for problem in decoded.problems] == [("nul-dropped", 3)]


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", b"PK\x03\x04\x14\0\0\0",
     b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x01\x02",
     bytes(range(32)) * 40, b"\0" * 500],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_line(data):
    with pytest.raises(UnreadableAgenda, match=r"^talk\.png is not a text file: give a Markdown .*$") as refusal:
        decode(data, name="talk.png")
    assert "\n" not in str(refusal.value)


def test_too_much_is_refused_with_the_limit():
    with pytest.raises(UnreadableAgenda, match=r"has more than 1 MB, the most that an agenda may have: keep "):
        decode(b"a" * (SIZE_LIMIT + 1))
    assert decode(b"a" * SIZE_LIMIT).text == "a" * SIZE_LIMIT


def refusal(path):
    with pytest.raises(UnreadableAgenda) as raised:
        read_file(path)
    text = str(raised.value)
    assert "\n" not in text
    assert str(path) in text
    return text


def test_missing_folders_and_large_files_are_refused_in_words(tmp_path):
    assert "does not exist: check the path" in refusal(tmp_path / "none.md")
    assert "is a folder" in refusal(tmp_path)
    large = tmp_path / "large.md"
    large.write_bytes(b"a" * (SIZE_LIMIT + 1))
    assert "1 MB" in refusal(large)


def test_a_file_below_a_file_is_refused_in_words(tmp_path):
    (tmp_path / "a.md").write_text("x")
    assert "cannot be read (Not a directory)" in refusal(tmp_path / "a.md" / "b.md")


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may read everything; Windows has other permissions"
)
def test_a_file_that_may_not_be_read_is_refused_in_words(tmp_path):
    path = tmp_path / "closed.md"
    path.write_text("x")
    path.chmod(0)
    assert "may not be read" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    assert "no ordinary file" in refusal(path)


def test_a_path_no_system_can_have_is_refused_in_words():
    with pytest.raises(UnreadableAgenda, match="cannot be read"):
        load(Path("a\0b"))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_refusal(data):
    said = text_or_refusal(data)
    assert "\0" not in said
    assert "\r" not in said


def text_or_refusal(data):
    try:
        return decode(data).text
    except UnreadableAgenda as refused:
        return str(refused)
