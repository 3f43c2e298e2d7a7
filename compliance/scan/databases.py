"""Schemas, migrations and seeds of databases: which model a column holds by default, and what is put into it."""

import re

from compliance.scan import nested, prose
from compliance.scan.files import File
from compliance.scan.naming import keys, names, services
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily

_PIECE = lazily(
    r"""(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<text>(?<!\\)'(?:[^'\\]|\\.|'')*+'|"[^"\n]*")|(?P<word>[\w`\[\].]+)|[(),;=']""",
    re.DOTALL,
)
_CALLED = lazily(
    r"(?<!\w)(?:(?P<cortex>(?:snowflake\.)?cortex\.(?:try_)?\w{2,40}|ai_(?:complete|embed|agg|classify|filter))"
    r"|(?P<databricks>ai_query)|ai\.(?:embedding_)?(?P<pgai>openai|ollama|anthropic|cohere|voyageai|litellm)(?:_\w{2,40})?"
    r"|(?P<hf>pgml\.(?:embed|transform)))\s{0,9}\(\s{0,99}(?:model\s?=>\s?)?'(?P<name>[\w./:-]{3,120})'"
    r"|(?<!\w)(?:(?P<google>endpoint)|(?P<garden>hugging_face_model_id))\s?=\s?['\"](?P<model>[\w./:@-]{3,200})['\"]",
    re.IGNORECASE,
)
"""Functions of databases that call a model, by whose it is: Snowflake, Databricks, BigQuery, pgai, PostgresML."""
_HOSTS = {"cortex": "snowflake", "databricks": "databricks", "google": "google", "garden": "hf", "hf": "hf"}
_PRISMA = lazily(r"""\s*(?P<key>\w+)\s+\w+[\[\]?]*\s[^"]*@default\("(?P<value>[^"]{2,200})"\)""")
_BETWEEN = frozenset("if not exists column constraint primary foreign unique check key index set default".split())
"""Words that stand where a column might."""
_OWN = frozenset({"name", "id", "key", "slug", "value", "title", "identifier"})
"""Columns that name what a table of models holds."""


def find(file: File) -> None:
    """Report what the columns of a schema, a migration or a seed are given."""
    if file.path.lower().endswith(".prisma"):
        for number, line in file.lines(2000):
            if (found := _PRISMA.match(line)) is not None:
                name = _named("", found["key"], found["value"])
                _report(file, found["value"], name, (number, found.start("value") + 1), "default")
        return
    _called(file)
    statement = _Statement()
    for piece in _PIECE.finditer(file.text):
        if piece["comment"] is not None:
            at = prose.at_offset(file, piece.start())
            if "\n" not in piece[0]:
                prose.tokens(file, piece[0], at, role="comment", detector="sql-comment")
        elif piece["text"] is not None:
            told = statement.text(piece[0])
            value = piece[0][1:-1].strip()
            if statement.kind and value.startswith(("{", "[")) and value.endswith(("}", "]")):
                _settings(
                    file, value, piece.start() + piece[0].index(value[0]), told[1] if told is not None else "option"
                )
            elif told is not None:
                name = _named(statement.table, told[0], value)
                _report(file, value, name, file.place(piece.start() + 1), told[1])
        else:
            statement.word(piece[0])


def _called(file: File) -> None:
    """Report the models that queries call."""
    for found in _CALLED.finditer(file.text):
        group = next(name for name in ("cortex", "databricks", "pgai", "hf", "google", "garden") if found[name])
        text, start = (found["model"], found.start("model")) if found["model"] else (found["name"], found.start("name"))
        if file.line(file.place(start)[0]).lstrip().startswith("--"):
            continue
        host = _HOSTS.get(group, found[group].lower())
        named: Name | None
        if group in {"cortex", "databricks"}:
            named = Name("api-model", f"{host}:{text}") if any(map(str.isalpha, text)) else None
        else:
            named = names.keyed(text, host) or services.api(text)
        _report(file, text, named, file.place(start), "used")


def _report(file: File, text: str, name: Name | None, place: tuple[int, int], role: str) -> None:
    if name is not None:
        file.report(text, name, place, role=role, detector="sql")


def _settings(file: File, value: str, start: int, role: str) -> None:
    """Report what JSON names that a column is given, each name at its line."""
    first = file.place(start)[0]

    def place(line: int, column: int, text: str) -> tuple[int, int]:
        number = first + line - 1
        return number, max(file.line(number).find(text), column - 1) + 1

    nested.read(file, "json", value.replace("''", "'"), place, role)


def _named(table: str, column: str, value: str) -> Name | None:
    """What a value under a column names, or under a column of a table of models; else by itself."""
    if len(value) > 200 or " " in value or not value:  # noqa: PLR2004
        return None
    if column in _OWN and keys.holds(table) is not None:
        column, table = table, ""
    return (keys.value(value, (table, column)) if keys.holds(column) else None) or names.free(value)


class _Statement:
    """Follows a statement word by word, and knows under which column a text stands."""

    def __init__(self) -> None:
        self.kind = self.table = self.column = self.last = self.before = ""
        self.columns: list[str] = []
        self.depth = self.position = 0
        self.is_starting = self.has_values = self.sets = False

    def word(self, text: str) -> None:
        """Take a word or a mark."""
        lower = text.strip('`[]"').lower()
        if text == ";":
            self.__init__()  # type: ignore[misc] # the next statement
            return
        if text == "(":
            self.depth += 1
            if self.depth == 1:
                self.position, self.is_starting = 0, True
        elif text == ")":
            self.depth -= 1
        elif text == ",":
            self.position += 1
            self.is_starting = True
        elif text != "=":
            self._name(lower)
        self.before, self.last = self.last, lower

    def _name(self, lower: str) -> None:
        if not self.kind and lower in {"create", "alter", "insert", "replace", "update"}:
            self.kind = lower
        elif self.last in {"into", "table", "update", "exists"} and not self.table and lower not in _BETWEEN:
            self.table = lower.rpartition(".")[2]
        elif lower in {"add", "alter", "modify"}:
            self.is_starting = True
        elif lower == "values":
            self.has_values = True
        elif lower in {"set", "where", "from", "returning"}:
            self.sets = lower == "set" and self.kind != "alter"
        elif self.kind in {"insert", "replace"} and self.depth == 1 and not self.has_values:
            self.columns.append(lower.rpartition(".")[2])
        elif self.is_starting and lower not in _BETWEEN:
            self.column, self.is_starting = lower, False

    def text(self, text: str) -> tuple[str, str] | None:
        """The column under which a text stands, and its role; a quoted name of a column is a word."""
        if self.last in {"e", "n"}:
            self.last, self.before = self.before, ""
        if self.last == "default" or (self.last == "(" and self.before == "default"):
            return self.column, "default"
        if self.sets and self.last == "=":
            return self.before.rpartition(".")[2], "used"
        if self.has_values and self.depth == 1 and self.position < len(self.columns):
            self.last = "text"
            return self.columns[self.position], "option"
        if text[0] == '"':
            self.word(text[1:-1])
        return None
