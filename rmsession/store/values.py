"""Values of frozen dataclasses, enums, dates and user text as plain documents, and back, checked both ways."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec

from rmsession.core.text import UserText
from rmsession.store.spelling import Unfit

T = TypeVar("T")
Aware = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with its zone."""


def document_of(value: object) -> Any:
    """A value of frozen dataclasses, enums, dates and user text as plain JSON types."""
    return msgspec.to_builtins(value, enc_hook=_spell)


def value_of(document: object, kind: type[T]) -> T:
    """The value that `document_of` spelled.

    Raises:
        Unfit: the document is not of that type.
    """
    try:
        return msgspec.convert(document, kind, dec_hook=_unspell)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Unfit(str(error)) from error
    except UnicodeEncodeError as error:  # where a name or a date is looked for, half a character pair is neither
        raise Unfit("a word in it holds half a character") from error


def _spell(value: object) -> str:
    if isinstance(value, UserText):
        return value.raw
    raise NotImplementedError(f"no spelling for {type(value).__name__}")


def _unspell(kind: type, value: object) -> UserText:
    if kind is not UserText or not isinstance(value, str):
        raise ValueError(f"Expected a text, got `{type(value).__name__}`")
    return UserText(value)
