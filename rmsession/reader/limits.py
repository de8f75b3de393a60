"""How much of an agenda is read, each limit with its reason; what lies beyond one is refused or left out, and told.

The longest of 121 real agendas has 52 KB, 740 lines, 39 topics and 37 prompts: every limit is at least twenty times
what people write. Together they hold any text to about two seconds and well under 500 MB.
"""

from __future__ import annotations

SIZE_LIMIT = 1_000_000
"""Bytes of a file. Every note that is kept writes the session's file again, and the agenda is in it."""
MOST_LINES = 20_000
"""Lines; a parsed line takes 40 µs and 1.5 KB, a million of them would take a minute."""
MOST_TOPICS = 2_000
"""Topics; the screen takes a tenth of a second for a step among so many."""
MOST_PROMPTS = 2_000
"""Prompts of all topics together; each is a line of its own on the screen, which opens in a second with so many."""
MOST_SIBLINGS = 4_000
"""Headings, items, rows or lines side by side that may be topics: each is looked into for a time."""
MOST_PARAGRAPH_LINES = 3_000
"""Lines of one paragraph or block of code that may be topics; a longer one is a log."""
MOST_TAGS = 2_000
"""Tags of lists and tables in one block of HTML."""
MOST_COLUMNS = 100
"""Columns of a table that may hold times and topics; each is held against each kind of column."""
DEEPEST = 20
"""Lists and quotations in one another; Markdown parsers call themselves for each, and so does the outline."""
LONGEST_FRONT = 40_000
"""Characters of front matter; more is a text between two rules."""
DEEPEST_FRONT = 60
"""Brackets or steps of indentation in front matter; the parsers of YAML and TOML call themselves for each."""
MOST_VALUES = 2_000
"""Values in front matter, counted where they are used: an alias of YAML can stand for a billion."""
LONGEST_VALUE = 2_000
"""Characters of one value of front matter: a title, a name, a question."""
MOST_QUESTIONS = 100
"""Questions of its own that an agenda can put on the feedback form."""
