"""Values: frozen dataclasses with slots, which share whatever is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, FrozenInstanceError, dataclass, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, Final, TypeVar, dataclass_transform

T = TypeVar("T")
_COMPARED: Final = "_compared"
"""Where a class keeps what takes the compared fields out of its values."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class a value: what ``dataclass(frozen=True, slots=True)`` makes of it, told apart by nothing it does.

    `dataclass` writes and compiles the same five methods anew for every class, and one that takes the fields. A session
    knows two hundred and fifty: that took 2.5 MB, which it holds to its end, and a tenth of its start. So what is the
    same is shared, and what takes the fields is made for the first value: most classes have none in most runs.
    """
    own = frozenset(cls.__dict__)
    made = dataclass(init=False, slots=True, eq=False, repr=False)(cls)
    names = [each.name for each in fields(made) if each.compare]  # type: ignore[arg-type]  # a dataclass, by now
    setattr(made, _COMPARED, attrgetter(*names) if names else _nothing)
    for name, method in (*_SHARED.items(), ("__init__", _made_for_the_first(made))):
        if name not in own:
            setattr(made, name, method)
    return made


def _made_for_the_first(cls: type[Any]) -> Callable[..., None]:
    """What makes the method that takes the fields, puts it in its own place, and has it take them."""

    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807 - it stands for the one it makes
        wanted = [(each.name, each.type, _as_declared(each)) for each in fields(cls)]
        taking = make_dataclass(cls.__name__, wanted, frozen=True, eq=False, repr=False).__dict__["__init__"]
        taking.__qualname__ = f"{cls.__qualname__}.__init__"
        cls.__init__ = taking
        taking(self, *args, **named)

    return __init__


def _as_declared(known: Field[Any]) -> Any:
    """A field as it was asked for."""
    return field(default=known.default, default_factory=known.default_factory, init=known.init, kw_only=known.kw_only)


def _same(self: Any, other: Any) -> Any:
    return self._compared(self) == self._compared(other) if other.__class__ is self.__class__ else NotImplemented


def _hashed(self: Any) -> int:
    return hash(self._compared(self))


def _spelled(self: Any) -> str:
    said = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({said})"


def _set(_: object, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _deleted(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _kept(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _given_back(self: Any, values: list[Any]) -> None:
    for each, value in zip(fields(self), values, strict=True):
        object.__setattr__(self, each.name, value)


_nothing: Final = staticmethod(lambda _: ())
"""The compared fields of a class that has none."""
_SHARED: Final[dict[str, Callable[..., object]]] = {
    "__eq__": _same,
    "__hash__": _hashed,
    "__repr__": _spelled,
    "__setattr__": _set,
    "__delattr__": _deleted,
    "__getstate__": _kept,
    "__setstate__": _given_back,
}
