"""The words by which an agenda's sections are told apart, in the languages our corpus has."""

from __future__ import annotations

import re

_AGENDA = (
    r"agendas?|schedule|time[ -]?table|timeline|time[ -]?box(?:es)?|time[ -]?plan|run of show|programm?e?|"
    r"agenda items|"
    r"meeting topics|discussion topics|order of business|tagesordnung|tagesordnungspunkte|tops|ablauf(?:plan)?|"
    r"zeitplan|"
    r"orden del d[ií]a|cronograma|horarios?|programa|pauta|ordre du jour|déroul(?:é|ement)|programme|"
    r"ordine del giorno|"
    r"agendapunten|dagordning|повестка(?: дня)?|议程|議程|日程|日程表|时间轴|時間軸|流程|タイムテーブル|"
    r"アジェンダ|議題|スケジュール|アジェンダ|의제"
)
_NOT_THIS_AGENDA = re.compile(
    r"\b(?:future|next|upcoming|previous|last|past|rules?|key|constraints?|template|changes|bash(?:ing)?|"
    r"building|review|"
    r"how to|conflicts?|agenda (?:for|of) (?:the|our|an?) .*(?:meeting|call|group|workshop|conference)|"
    r"prochaine|próxim[oa]|nächste[ns]?|rolling|late|proposed time|link|page)\b",
    re.IGNORECASE,
)
_AGENDA_RE = re.compile(
    rf"^\W*(?:[\w.'’&-]+\s+){{0,3}}(?:{_AGENDA})\b(?:\W.{{0,40}})?$|^\W*topics\b\W*(?:day \d+|tag \d+)?\W*$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60
_LONGEST_HEAD = 120

_NOTES = re.compile(
    r"^\W*(?:[\w.'’]+\s+){0,3}(?:minutes|notes|note-taking|protokoll|protocol|acta|acuerdos|transcript|recap|"
    r"summary|compte[- ]rendu|"
    r"議事録|记录|会议纪要|verslag|notulen|raw notes)\W*(?:\d.*|\(.*)?$",
    re.IGNORECASE,
)
_ABOUT_NOTES = re.compile(
    r"\b(?:approv\w*|review\w*|read\w*|accept\w*|adopt\w*|previous|last|take|taking|takers?|volunteers?)\b",
    re.IGNORECASE,
)
_HARD_ASIDE = (
    r"(?:(?:the|list of|other|further|useful|helpful|meeting|additional|key|your)\s+)?(?:attendees?|attending|"
    r"attendance|participants?|present|"
    r"regrets|absent|apologies|invitees?|anwesende?|teilnehmer(?:innen)?|asistentes|participantes|miembros|"
    r"links?|resources?|references?|"
    r"further reading|reading list|logistics?|log[ií]stica|notas log[ií]sticas|registration|venue|location|"
    r"travel.*|dial[- ]?in.*|"
    r"joining.*|call[- ]?in.*|contacts?|contactos.*|table of contents|contents|toc|índice|inhalt|license|"
    r"credits|sponsors?|appendix|glossary|"
    r"time and date|date and time|dates?|when|when and where|where|agenda items? for future.*|"
    r".*future (?:meetings?|agenda).*|"
    r"schedule constraints|next meeting|previous meetings?|recordings?|slide deck)"
)
_SOFT_ASIDE = (
    r"(?:(?:the|other|meeting|additional|key|your|learning)\s+)?(?:action items?|actions|aufgaben|to-?dos?|"
    r"homework|pre-?work|prerequisites|prereqs|materials|"
    r"equipment|supplies|objectives?|goals|outcomes?|overview|background|about.*|brief|license|feedback|tools|"
    r"minutes|times|decisions|ideas|parked|"
    r"parking lot|questions|summary|follow[- ]?up|after the (?:meeting|session)|facilitator notes|notes for.*|"
    r"tips.*|next steps for.*)"
)
_HARD_ASIDE_RE = re.compile(rf"^\W*{_HARD_ASIDE}\W*$", re.IGNORECASE)
_ASIDE_RE = re.compile(rf"^\W*(?:{_HARD_ASIDE}|{_SOFT_ASIDE})\W*$", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:the )?end\b|\b(?:adjourn(?:ment)?|clos(?:e|ing|ure)|wrap(?:ping)?[ -]?up|survey|goodbye|farewell|"
    r"aob|any other business|other business|q ?& ?a|"
    r"check-?outs?|next steps|feedback|cierre|abschluss|verabschiedung|schluss|clôture|fermeture|encerramento|"
    r"解散|まとめ|閉会)\b|解散|閉会|クロージング",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"^\W*(?:(?:short|coffee|tea|lunch|bio|stretch|comfort|morning|afternoon)\W+)*(?:break|lunch|pause|pausa|"
    r"intermission|休憩|almuerzo)\W*$",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"^\W*(?:the )?(?:end|ende|fin|finish|fine|done|終了)(?: of (?:meeting|session|call|class|"
    r"day))?\W*$",
    re.IGNORECASE,
)
_METADATA = re.compile(
    r"^\W*(?:when|where|who|date|dates|day|time|times|date (?:and|&|/) times?|dates and times|time and date|"
    r"meeting (?:date|time|date/time)|"
    r"duration|length|meeting duration|total(?:\s\w+){0,2}|total session time|time allocation|timebox|location|"
    r"venue|place|host|hosts|chairs?|"
    r"moderator|facilitator|notetaker|note taker|scribes?|speakers?|presenters?|leads?|attendees|participants|"
    r"present|regrets|recording|"
    r"video (?:call|conference|link).*|zoom.*|call[- ]?in.*|dial[- ]?in.*|meeting link|password|wifi|contact|"
    r"phone|email|url|website|slides|minutes|notes|"
    r"next meeting|next call|meetecho|termin|datum|zeit|uhrzeit|ort|dauer|wann|wo|fecha|hora|horario|"
    r"hora (?:inicio|fin)|lugar|ubicación|"
    r"duración|responsables?|quand|où|lieu|durée|heure|date et heure|日程|日時|時間|場所|会場|所要時間|定員|"
    r"参加費|时间|地点|开始时间|结束时间|開場|スタート)"
    r"\s*(?:\([^()]{0,30}\)\s*)?$",
    re.IGNORECASE,
)
_LENGTH_LABEL = re.compile(
    r"^\W*(?:(?:meeting |session |lesson |class |workshop |expected |estimated |planned |overall )?(?:duration|"
    r"length|time|timebox|time allocation|time needed)|"
    r"total(?:\s\w+){0,2}|total session time|dauer|duración|durée|所要時間|gesamtdauer|teaching time)\W*$",
    re.IGNORECASE,
)
_ZONED = re.compile(
    r"\b(?:standard|summer|daylight|european?|africa|pacific|eastern|central|mountain|british|indian?|japan|"
    r"china|local)\b.{0,20}\btime\b"
    r"|\btime ?zones?\b|\b(?:tokyo|sydney|london|paris|berlin|brussels|boston|new york|nyc|san francisco|"
    r"vancouver|los angeles|seattle|singapore|"
    r"beijing|delhi|bangalore|melbourne|chicago|denver|lisbon|madrid|moscow|amsterdam|utc|gmt)\b",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"^\W{0,2}(?:[\w-]+\s){0,3}(?:session|meeting|workshop|call|lesson|class|one-on-one|1:1|conversation|kitchen)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^\W*(?:day|tag|día|jour|dia|giorno|part|session|week)\s*\d+\b|^\W*(?:morning|afternoon|evening|mañana|"
    r"tarde|vormittag|nachmittag)\b",
    re.IGNORECASE,
)


def _label(text: str) -> str:
    """What a heading or a line before a list says; empty where it is too long to be one."""
    label = text.strip(" *_#").rstrip(":：").strip() if len(text) <= _LONGEST_HEAD else ""
    return label if len(label) <= _LONGEST_HEAD else ""


def is_agenda(text: str) -> bool:
    """Whether a heading announces this meeting's agenda."""
    label = _label(text)
    return len(label) <= _LONGEST_LABEL and bool(_AGENDA_RE.match(label)) and not _NOT_THIS_AGENDA.search(label)


def is_notes(text: str) -> bool:
    """Whether a heading begins what was noted in the meeting, which often repeats the agenda."""
    label = _label(text)
    return bool(_NOTES.match(label)) and not _ABOUT_NOTES.search(label)


def is_aside(text: str) -> bool:
    """Whether a heading names something around the topics: who came, links, action items."""
    return bool(_ASIDE_RE.match(_label(text))) or is_notes(text)


def is_hard_aside(text: str) -> bool:
    """Whether a heading names what is no topic even between two topics: who came, links, where to dial in."""
    return bool(_HARD_ASIDE_RE.match(_label(text))) or is_notes(text)


def is_contents(text: str) -> bool:
    """Whether a heading is over a table of contents."""
    return _label(text).casefold() in ("table of contents", "contents", "toc", "inhalt", "índice", "sommaire", "目次")


def is_closing(text: str) -> bool:
    """Whether a title is one that ends a meeting."""
    return len(text) <= _LONGEST_LABEL and bool(_CLOSING.search(text))


def is_break(text: str) -> bool:
    """Whether a title is a pause and nothing else."""
    return bool(_BREAK.match(text))


def is_end_mark(text: str) -> bool:
    """Whether a line only marks when the last topic ends: ``00:75 End``."""
    return bool(_END_MARK.match(text))


def is_metadata(text: str) -> bool:
    """Whether a line's label says when, where or who, and no topic."""
    return bool(_METADATA.match(_label(text)))


def is_length_label(text: str) -> bool:
    """Whether a label announces how long the whole takes."""
    return bool(_LENGTH_LABEL.match(_label(text)))


def is_elsewhere(text: str) -> bool:
    """Whether a line tells what time it is in some place."""
    return bool(_ZONED.search(text))


def is_session(text: str) -> bool:
    """Whether words behind a length say that the whole lasts so long: ``one-hour`` intro mentoring session."""
    return bool(_SESSION.match(text))


def is_day(text: str) -> bool:
    """Whether a title groups topics by day or session."""
    return bool(_DAY.match(_label(text)))
