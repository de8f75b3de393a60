"""Every agenda in cases/ read whole, against the reading written down beside it."""

import json
from pathlib import Path

import pytest

from rmsession.core.agenda import Prompt, Reading, Topic
from rmsession.reader.agenda_reader import read_file

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def prompts(topic: Topic) -> list[list[object]]:
    return [[prompt.kind.value, prompt.text.raw, prompt.line] for prompt in topic.prompts]


def told(topic: Topic, wanted: dict[str, object]) -> dict[str, object]:
    """What a topic says of the things the case asks for."""
    found = {
        "line": topic.line,
        "lead": topic.lead.raw if topic.lead else None,
        "body": topic.body.raw,
        "private": topic.private,
        "off_record": topic.off_record,
        "protected": topic.protected,
        "prompts": prompts(topic),
    }
    with_lines = [row if len(row) > 2 else [*row, 0] for row in wanted.get("prompts", [])]
    if "prompts" in wanted and any(row[2] == 0 for row in with_lines):
        found["prompts"] = [row[:2] for row in found["prompts"]]
    return {key: found[key] for key in wanted}


def extras(entry: list[object]) -> dict[str, object]:
    """What a case says of a topic beyond title and minutes; marks and owner are off unless it says so."""
    said = entry[2] if len(entry) > 2 else {}
    return {"lead": None, "private": False, "off_record": False, "protected": False} | said


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_reads_as_a_careful_reader_would(path):
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    reading = read_file(path)
    agenda = reading.agenda
    assert agenda.title.raw == wanted["title"]
    assert [[topic.title.raw, topic.minutes] for topic in agenda.topics] == [entry[:2] for entry in wanted["topics"]]
    for topic, entry in zip(agenda.topics, wanted["topics"], strict=True):
        assert told(topic, extras(entry)) == extras(entry), topic.title.raw
    assert [[problem.code, problem.line] for problem in reading.problems] == wanted["problems"]
    if "stated" in wanted:
        assert agenda.stated_minutes == wanted["stated"]
    if "body" in wanted:
        assert agenda.body.raw == wanted["body"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_problem_says_where_what_and_how_to_mend_it(path):
    for problem in read_file(path).problems:
        assert 1 <= problem.line <= max(1, path.read_text(encoding="utf-8").count("\n") + 1)
        assert problem.message
        assert problem.mend
        assert "\n" not in problem.message + problem.mend


def test_ids_are_those_of_the_words_and_not_of_the_place():
    first, second = read_twice(
        "# A\n\n## One (5 min)\n\n- [ ] x\n\n## Two (5 min)\n", "# A\n\n## Two (9 min)\n\n## One\n\n- [ ] x\n"
    )
    assert first.agenda.id == second.agenda.id
    assert {topic.title.raw: topic.id for topic in first.agenda.topics} == {
        topic.title.raw: topic.id for topic in second.agenda.topics
    }
    assert prompt_ids(first) == prompt_ids(second)


def test_topics_of_one_title_have_ids_of_their_own():
    (reading,) = read_twice("# A\n\n## Break (5 min)\n\n- [ ] tea\n- [ ] tea\n\n## Work (5 min)\n\n## Break (5 min)\n")
    ids = [topic.id for topic in reading.agenda.topics] + sorted(prompt_ids(reading))
    assert len(ids) == len(set(ids)) == 5


def prompt_ids(reading: Reading) -> set[str]:
    found: list[Prompt] = [prompt for topic in reading.agenda.topics for prompt in topic.prompts]
    return {prompt.id for prompt in found}


def read_twice(*texts: str) -> list[Reading]:
    from rmsession.reader.agenda_reader import read_text

    return [read_text(text) for text in texts]
