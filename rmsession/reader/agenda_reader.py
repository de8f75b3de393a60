"""A Markdown text read as an agenda, with what was taken for granted; it never refuses a text that can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rmsession.core.agenda import Agenda, Problem, Prompt, Reading, Topic, ident
from rmsession.core.text import UserText
from rmsession.reader import doubts, front, problems, source, titles, words
from rmsession.reader.bodies import Bodies
from rmsession.reader.builder import parse
from rmsession.reader.comments import Lifted, lift
from rmsession.reader.house import RawPrompt
from rmsession.reader.limits import MOST_LINES, MOST_PROMPTS, MOST_TOPICS, SIZE_LIMIT
from rmsession.reader.minutes import agenda_of, are_minutes, choice_in
from rmsession.reader.outline import Kind, Node
from rmsession.reader.people import are_people, people_in
from rmsession.reader.plain import plain
from rmsession.reader.settle import Settled, settle
from rmsession.reader.stated import stated_in
from rmsession.reader.timing import bold_start, time_all, words_of
from rmsession.reader.topics import Choice, Pick, Source, choose
from rmsession.reader.untimed import untimed


def read_file(path: Path) -> Reading:
    """The agenda in a file.

    Raises:
        UnreadableAgenda: The file is missing, a folder, too large or no text; its text is one line for people.
    """
    decoded = source.load(path)
    reading = read_text(decoded.text, name=str(path))
    return Reading(reading.agenda, decoded.problems + reading.problems)


def read_text(text: str, *, name: str = "") -> Reading:
    """The agenda that a text is; `name` is its path, which names it where the text does not."""
    text = text[:SIZE_LIMIT].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    settings = front.split(text)
    lines = text.split("\n", MOST_LINES)
    found = list(settings.problems)
    if len(lines) > MOST_LINES:
        found.append(problems.left_out(MOST_LINES, "lines", MOST_LINES))
        lines.pop()
    lines[: settings.lines] = [""] * settings.lines  # so that line numbers stay those of the file
    chosen = choice_in(lines) if are_minutes(settings) else None
    lifted = lift(agenda_of(lines, chosen) if chosen else lines)
    root, told = parse("\n".join(lifted.lines))
    if chosen is None:
        timed = any(char in text for char in "0123456789½¼¾") and time_all(root)
        chosen = _chosen(root, settings, timed=timed)
    return _Assembly(name, lifted, settings, root, choice=chosen, found=[*found, *told]).reading()


def _chosen(root: Node, settings: front.Front, *, timed: bool) -> Choice:
    choice = choose(root, timed=timed)
    if choice.timed:
        return choice
    listed = front.listed_topics(settings)
    if listed:
        nodes = [Node(Kind.ROW, 0, 0, text=name) for name, _ in listed]
        for node, (name, minutes) in zip(nodes, listed, strict=True):
            node.box = front.box_of(name, minutes)
        sources = [Source.STATED if node.box else Source.NONE for node in nodes]
        return Choice(tuple(Pick(node, 1, how) for node, how in zip(nodes, sources, strict=True)), timed=True)
    return untimed(root, choice.title)


class _Assembly:
    """Puts an agenda together from what was found in one text."""

    def __init__(
        self, name: str, lifted: Lifted, settings: front.Front, root: Node, *, choice: Choice, found: list[Problem]
    ) -> None:
        self.name = name
        self.lifted = lifted
        self.settings = settings
        self.root = root
        self.found = found
        self.choice = choice
        self.settled = settle(self._limited(self.choice.picks))
        self.first_line = self.settled[0].pick.node.line if self.settled else len(lifted.lines)
        picks = [one.pick for one in self.settled]
        self.bodies = Bodies(lifted, root, picks, self.choice.title, settings.lines)

    def _limited(self, picks: Sequence[Pick]) -> Sequence[Pick]:
        if len(picks) > MOST_TOPICS:
            self.found.append(problems.left_out(picks[MOST_TOPICS].node.line + 1, "topics", MOST_TOPICS))
        return picks[:MOST_TOPICS]

    def reading(self) -> Reading:
        """The agenda and its problems, in the order of the text."""
        stated, wrong = front.stated_minutes(self.settings)
        if stated is None and not are_minutes(self.settings):  # in those, other lines tell how it went
            stated = stated_in(self.root, self.first_line, self.choice.title)
        feedback, unknown = front.feedback(self.settings)
        title = self._title()
        topics = self._topics(title)
        self.found.extend([*wrong, *unknown, *doubts.about(self.choice, self.settled, topics, stated)])
        agenda = Agenda(
            id=ident("a", title),
            title=UserText(title),
            topics=topics,
            stated_minutes=stated,
            mentor=UserText(self.settings.text("mentor")),
            mentee=UserText(self.settings.text("mentee")),
            feedback=feedback,
            questions=tuple(UserText(one) for one in self.settings.texts("questions")),
            body=UserText(self.bodies.preface.text),
            source=UserText(self.name),
        )
        return Reading(agenda, tuple(sorted(self.found, key=lambda problem: problem.line)))

    def _title(self) -> str:
        """What the agenda is called: by its front matter, its first heading, else its file."""
        if title := self.settings.text("title"):
            return title
        if self.choice.title is not None:
            node = self.choice.title
            title, _ = titles.marked(titles.cleaned(words_of(node)), ())
            if title:
                return title
        stem = Path(self.name).stem if self.name else ""
        self.found.append(problems.no_title(min(self.settings.lines + 1, len(self.lifted.lines)), stem))
        return stem or "Session"

    def _topics(self, title: str) -> tuple[Topic, ...]:
        leads = self._leads()
        seen: Counter[str] = Counter()
        topics: list[Topic] = []
        room = MOST_PROMPTS
        for at, one in enumerate(self.settled):
            topic = self._topic(one, leads[at], seen, title, room=room, at=at)
            room -= len(topic.prompts)
            topics.append(topic)
        return tuple(topics)

    def _topic(
        self, one: Settled, named: tuple[str, str], seen: Counter[str], agenda: str, *, room: int, at: int
    ) -> Topic:
        first, last = at == 0, at == len(self.settled) - 1
        node = one.pick.node
        beside = node.box.beside if node.box else ()
        title, marks = titles.marked(named[0], beside)
        title, cut = _short(node, title)
        title = title or agenda
        plain_title = " ".join(title.casefold().split())
        seen[plain_title] += 1
        topic_id = ident("t", title, str(seen[plain_title]))
        body = self.bodies.of(one.pick, whole_line=cut or bool(node.box and node.box.detail))
        raw = [*self.bodies.preface.prompts, *body.prompts] if first else body.prompts
        if len(raw) > room and not any(problem.code == "too-many-prompts" for problem in self.found):
            self.found.append(problems.left_out(raw[room].line + 1, "prompts", MOST_PROMPTS))
        return Topic(
            id=topic_id,
            title=UserText(title),
            minutes=one.minutes,
            lead=UserText(named[1]) if named[1] else None,
            line=one.line,
            body=UserText(body.text),
            prompts=_prompts(topic_id, raw[:room]),
            private=marks.private,
            off_record=marks.off_record,
            protected=marks.protected or (last and len(self.settled) > 1 and words.is_closing(title)),
        )

    def _leads(self) -> list[tuple[str, str]]:
        """Titles and owners; a name at a title's end is one where several siblings have it."""
        named = [titles.cleaned(words_of(one.pick.node)) for one in self.settled]
        split = [
            titles.split_lead(title) if one.minutes is not None else None
            for title, one in zip(named, self.settled, strict=True)
        ]
        several = Counter(one.pick.series for one, parts in zip(self.settled, split, strict=True) if parts)
        detailed = any(one.pick.node.box and one.pick.node.box.detail for one in self.settled)
        people = people_in(self.root) if detailed else frozenset()
        found: list[tuple[str, str]] = []
        for one, title, parts in zip(self.settled, named, split, strict=True):
            node, box = one.pick.node, one.pick.node.box
            lead = node.more if node.kind is Kind.ROW else titles.lead_beside(box.beside if box else ())
            if box and box.detail and people and are_people(title, people):
                found.append((titles.cleaned(box.detail), title))
            elif parts and not lead and several[one.pick.series] > 1:
                found.append(parts)
            else:
                found.append((title, plain(lead)))
        return found


def _short(node: Node, title: str) -> tuple[str, bool]:
    """A title for one line of a screen, and whether the agenda's line says more: its bold beginning, or what fits."""
    bold = bold_start(node) if node.kind in (Kind.ITEM, Kind.LINE) else None
    if bold and bold[0] and title.startswith(bold[0]):
        return bold[0].rstrip(" :：."), len(title) > len(bold[0]) + 1
    return titles.shortened(title)


def _prompts(topic_id: str, raw: Sequence[RawPrompt]) -> tuple[Prompt, ...]:
    """Prompts with ids that survive reordering."""
    seen: dict[str, int] = {}
    found: list[Prompt] = []
    for prompt in raw:
        key = f"{prompt.kind.value} {' '.join(prompt.text.casefold().split())}"
        count = seen[key] = seen.get(key, 0) + 1
        known = ident("p", topic_id, prompt.text, str(count))
        found.append(Prompt(known, prompt.kind, UserText(prompt.text), prompt.line + 1))
    return tuple(found)
