"""Ibis expressions as they are written, each with a sign: Ibis itself is loaded only where one has to be compiled.

`ibis` here stands for the package: what is called on it, and on what comes of that, is put down and done later.
"""

import operator
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, NoReturn, TypeAlias

PLAIN = {"VARCHAR": "string", "VARCHAR[]": "array<string>", "BIGINT": "int64", "INTEGER": "int32",
         "BOOLEAN": "boolean", "DOUBLE": "float64"}  # fmt: skip
"""What Ibis calls the types of DuckDB that tables most often have."""


class Kind(str):
    """A type by its name, for those of PLAIN; it is asked as the types of Ibis are."""

    __slots__ = ()

    @property
    def value_type(self) -> "Kind":
        """The type of the items of a list."""
        return Kind(self.removeprefix("array<").removesuffix(">"))

    def is_array(self) -> bool:
        """Whether it is a list."""
        return self.startswith("array<")

    def is_floating(self) -> bool:
        """Whether it is a fraction."""
        return self == "float64"

    def is_boolean(self) -> bool:
        """Whether it is a truth value."""
        return self == "boolean"

    def _is_not(self) -> bool:
        return False

    is_json = is_struct = is_map = is_temporal = _is_not


class Written:
    """A part of an expression: how it was written."""

    __slots__ = ("how_", "kinds_", "sign_")
    how_: tuple[Any, ...]
    kinds_: Mapping[str, Any]
    sign_: bytes

    def __init__(self, *how: Any) -> None:
        object.__setattr__(self, "how_", how)

    def __getattr__(self, name: str) -> Any:
        if name in Written.__slots__ or name.startswith("__"):
            raise AttributeError(name)  # what Python looks for, and what was not worked out
        return Written("of", self, name)

    def __getitem__(self, key: str | int) -> Any:
        return Written("item", self, key)

    def __call__(self, *given: Any, **named: Any) -> Any:  # noqa: D102
        return Written("call", self, given, named)

    def __bool__(self) -> NoReturn:
        raise TypeError("what an expression comes to is not known here")

    __hash__ = object.__hash__
    __iter__ = None  # else it would be that of __getitem__, and never end


def _written(name: str, *, turned: bool = False) -> Any:
    def found(one: Written, *other: Any) -> Written:
        return Written("does", name, *((*other, one) if turned else (one, *other)))

    return found


for _name in ("and_", "or_", "eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "floordiv"):
    setattr(Written, f"__{_name.rstrip('_')}__", _written(_name))
    setattr(Written, f"__r{_name.rstrip('_')}__", _written(_name, turned=True))
setattr(Written, "__invert__", _written("invert"))  # noqa: B010 - as the others, else it seems to be a method

Table: TypeAlias = Any
"""A table of Ibis, or an expression that stands for one; its columns are its attributes."""
ibis: Any = Written("ibis")


def table(name: str, kinds: Mapping[str, Any]) -> Any:
    """A table that the database has, by the names and types of its columns."""
    made = Written("table", name, tuple((column, str(kind)) for column, kind in kinds.items()))
    known = {column: Kind(kind) if isinstance(kind, str) else kind for column, kind in kinds.items()}
    object.__setattr__(made, "kinds_", known)
    return made


def held(found: Any) -> Any:
    """A table of Ibis's own, which has no sign."""
    made = Written("held", found)
    object.__setattr__(made, "kinds_", dict(found.schema().items()))
    return made


def marking(name: str, *texts: Any) -> Any:
    """What a function of the database makes of a text or two, or of lists of them: a whole number."""
    return Written("marks", name, *texts)


def columns(found: Any) -> tuple[str, ...]:
    """The names of the columns of a table that the database has."""
    return tuple(found.kinds_)


def kind(found: Any) -> Any:
    """The type of a column of such a table, or of a part of one; it is asked as the types of Ibis are."""
    how = found.how_
    held_in = getattr(how[1], "kinds_", None) if how[0] in {"of", "item"} else None
    return real(found).type() if held_in is None else held_in[how[2]]


def sign(found: Written) -> bytes:
    """What tells an expression from all that are written otherwise. Raises TypeError for tables of Ibis's own."""
    try:
        return found.sign_
    except AttributeError:
        made = blake2b(_token(found.how_), digest_size=16).digest()
        object.__setattr__(found, "sign_", made)
        return made


def _token(part: Any) -> bytes:
    """A part of an expression as bytes that no other part has."""
    if isinstance(part, Written):
        return b"w" + sign(part)
    if isinstance(part, str):
        text = part.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(text), text)
    if part is None or isinstance(part, int | float):
        return b"%b;" % f"{type(part).__name__} {part!r}".encode()
    if isinstance(part, tuple | list):
        return b"(%b)" % b"".join(map(_token, part))
    if isinstance(part, dict):
        return b"{%b}" % b"".join(_token(item) for pair in part.items() for item in pair)
    raise TypeError(f"an expression cannot be told by a {type(part).__name__}")


def real(found: Any, known: dict[int, tuple[Any, Any]] | None = None) -> Any:
    """The expression of Ibis. `known` is for those that were made already."""
    known = {} if known is None else known
    if isinstance(found, tuple | list):
        return [real(item, known) for item in found]
    if isinstance(found, dict):
        return {key: real(item, known) for key, item in found.items()}
    if not isinstance(found, Written):
        return found
    if id(found) not in known:
        known[id(found)] = found, _real(found, known)
    return known[id(found)][1]


def _real(found: Written, known: dict[int, tuple[Any, Any]]) -> Any:
    import ibis as package  # noqa: PLC0415 - half a second

    what, *parts = found.how_
    if what == "ibis":
        return package
    if what == "table":
        return package.table(dict(found.kinds_), name=parts[0])
    if what == "held":
        return parts[0]
    if what == "marks":
        return _marks(parts[0], [real(part, known) for part in parts[1:]])
    if what == "does":
        return getattr(operator, parts[0])(*(real(part, known) for part in parts[1:]))
    one = real(parts[0], known)
    if what == "of":
        return getattr(one, parts[1])
    return one[parts[1]] if what == "item" else one(*real(parts[1], known), **real(parts[2], known))


def _marks(name: str, texts: list[Any]) -> Any:
    import ibis as package  # noqa: PLC0415

    def of_one(one: str) -> int:
        raise NotImplementedError(one)  # it is the database that does it

    def of_two(one: str, other: str) -> int:
        raise NotImplementedError(one, other)

    made, kinds = of_one if len(texts) == 1 else of_two, tuple(text.type() for text in texts)
    return package.udf.scalar.builtin(made, name=name, signature=(kinds, "int64"))(*texts)
