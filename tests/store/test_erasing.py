"""What was redacted or deleted is in no byte of the data folder."""

import shutil
from dataclasses import replace

from store.on_disk import action, note, the_file
from support.building import BEGIN, fact_id, record

from rmsession.core.store import Draft
from rmsession.core.text import UserText

SECRET = "SENTINEL-4711 is the secret"


def everything(home):
    return sorted(path for path in home.rglob("*") if path.is_file())


class TestErasing:
    def leftovers(self, home, text=SECRET):
        """Every file of the data folder that holds the text, spelled in whatever way."""
        spellings = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        return [path for path in everything(home) if any(each in path.read_bytes() for each in spellings)]

    def grown(self, tiny):
        """A session with the secret in every place that can hold it, and the index full of it."""
        other = replace(record(number=2), facts=(note(50, "of no interest"),))
        tiny.begin(other)
        tiny.begin(record())
        for seq in range(1, 30):
            tiny.append(record().id, action(seq, f"{SECRET} {seq}"))
            tiny.open_actions()
        tiny.keep_draft(record().id, Draft(BEGIN, 1.0, UserText(f"{SECRET} 7")))

    def test_redacted_text_is_in_no_byte_of_the_folder(self, tiny, home):
        self.grown(tiny)
        assert len(self.leftovers(home)) >= 3
        for leftover in (the_file(home, 1).with_suffix(".tmp"), the_file(home, 1).with_suffix(".draft.tmp")):
            leftover.write_text(SECRET)  # as a killed writer leaves it
        for seq in range(1, 30):
            tiny.redact(record().id, fact_id(seq), by="x", wall=BEGIN)
            tiny.history()
        assert not self.leftovers(home)
        assert not self.leftovers(home, SECRET[:12])

    def test_a_deleted_session_is_in_no_byte_of_the_folder(self, tiny, home):
        self.grown(tiny)
        the_file(home, 1).with_suffix(".tmp").write_text(SECRET)
        tiny.delete(record().id)
        assert not self.leftovers(home)
        assert not [path for path in everything(home) if record().id in path.name]
        assert tiny.load(record(number=2).id).facts

    def test_copies_are_erased_as_well(self, tiny, home):
        tiny.begin(record(facts=(note(1, SECRET), note(2, SECRET))))
        copy = home / "sessions" / "copy" / the_file(home).name
        copy.parent.mkdir()
        shutil.copy(the_file(home), copy)
        tiny.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        tiny.redact(record().id, fact_id(2), by="x", wall=BEGIN)
        assert not self.leftovers(home)
        tiny.delete(record().id)
        assert not list(home.rglob("*.json"))

    def test_a_redaction_that_was_interrupted_can_be_finished(self, tiny, home):
        """The record is done, and the index not yet: the file was changed by a program that was killed then."""
        self.grown(tiny)
        index = (home / "index.sqlite").read_bytes()
        for seq in range(1, 30):
            tiny.redact(record().id, fact_id(seq), by="x", wall=BEGIN)
        (home / "index.sqlite").write_bytes(index)
        temporary = [the_file(home, 1).with_suffix(ending) for ending in (".tmp", ".draft.tmp")]
        for leftover in temporary:
            leftover.write_text(SECRET)
        assert self.leftovers(home) == sorted([home / "index.sqlite", *temporary])
        tiny.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        assert not self.leftovers(home)
