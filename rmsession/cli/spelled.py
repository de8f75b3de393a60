"""Values as JSON knows them, for the lists that say themselves in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from rmsession.core.text import UserText


def spelled(value: Any) -> Any:
    """A value of a list: texts as people wrote them, days as ISO 8601, an item as an object with all its fields.

    `rmsession.export.whole.plain` does this for whole sessions; to load what it knows takes longer than a list.
    """
    match value:
        case UserText():
            return value.raw
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple():
            return [spelled(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: spelled(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value
