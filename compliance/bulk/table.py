"""From the columns of a file to numbered rows and edges, as Ibis expressions."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from compliance.bulk.engines import Engine
from compliance.bulk.licences import MISSING
from compliance.model import InputError, Vocabulary
from compliance.project import is_of_the_subject
from compliance.source import near

if TYPE_CHECKING:
    import ibis

COLUMNS = ("id", "license", "license_name", "base_model", "base_model_relation", "use")
"""What is read; beside them `fact.NAME` for every fact of the vocabulary, and nothing else."""
FACT = "fact."
OF_CARDS = frozenset({"family", "publisher", "publisher_country", "released", "input_modality", "output_modality"})
"""Facts of the model that a row may state where the catalogue does not know it."""
LIKE_THE_HUB = -1
_LOST = -1
"""The number of every parent that nobody knows."""


_MEANT = {
    "parent": "base_model", "parents": "base_model", "base": "base_model", "bases": "base_model",
    "relation": "base_model_relation", "relations": "base_model_relation", "licence": "license", "spdx": "license",
}  # fmt: skip
"""Names that a table may have for a column; what it says must not be passed over."""


def _meant(name: str) -> str | None:
    close = get_close_matches(name.casefold(), COLUMNS, n=1, cutoff=0.85)
    return _MEANT.get(name.casefold()) or next(iter(close), None)


def check(names: tuple[str, ...], vocabulary: Vocabulary, shown: str) -> None:
    """Refuse a table without ids, with a column called almost as one, and with facts that are not a row's to state.

    Raises InputError.
    """
    problems = [] if "id" in names else [f"{shown}: no column `id`; the columns are {', '.join(names)}"]
    for name in names:
        fact = name.removeprefix(FACT)
        if name in COLUMNS:
            continue
        if name.startswith(FACT) and fact not in vocabulary.facts:
            problems.append(f"{shown}: column {name}: no fact {fact!r}{near(fact, vocabulary.facts)}")
        elif name.startswith(FACT) and is_of_the_subject(fact, vocabulary) and fact not in OF_CARDS:
            told = "follows from the licences and the catalogue, and no row overrides it; remove the column"
            problems.append(f"{shown}: column {name}: {fact} {told}")
        elif not name.startswith(FACT) and (meant := _meant(name)) is not None:
            told = f"is not read; call it `{meant}`, or something else where it is none"
            problems.append(f"{shown}: column {name}: {told}")
    if problems:
        raise InputError(problems)


def _text(column: "ibis.Column") -> Any:
    """A column as text; several licences all bind."""
    kind = column.type()
    if kind.is_array():
        return column.cast("array<string>").join(" AND ")
    text: Any = column.cast("string")
    if kind.is_json():
        text = text.re_replace(r"^\[|\]$|\"", "").replace(",", " AND ")
        return text.nullif("null")
    return text


def _names(column: "ibis.Column") -> Any:
    """A column of one or several names, which never hold spaces, quotes, commas or semicolons."""
    if column.type().is_array():
        return column.cast("array<string>")
    return column.cast("string").re_replace(r"[\[\]\"'\s]+", "").replace(";", ",").split(",")


def rows(raw: "ibis.Table") -> "ibis.Table":
    """One row per row, of what the file has: id, license, license_name, use, bases, relations (in one text), facts."""
    import ibis  # noqa: PLC0415

    have = set(raw.columns)
    made: dict[str, Any] = {"id": raw["id"].cast("string")}
    for name in ("license", "license_name", "use"):
        if name in have:
            made[name] = _text(raw[name])
    if "base_model" in have:
        made["bases"] = _names(raw["base_model"])
    if "base_model_relation" in have:
        made["relations"] = _joined(raw["base_model_relation"])
    stated = [name for name in sorted(have) if name.startswith(FACT)]
    if stated:
        made["facts"] = ibis.literal("")
    for name in stated:
        pair = ibis.literal(f"{name.removeprefix(FACT)}=") + _names(raw[name]).join(",") + "\n"
        made["facts"] = made["facts"] + pair.fill_null("")
    return raw.select(**made)


def whole(listed: "ibis.Table") -> "ibis.Table":
    """The same with every column; what the file lacks takes no room."""
    import ibis  # noqa: PLC0415

    null = ibis.null().cast("string")
    every = {"license": null, "license_name": null, "use": null, "bases": ibis.null().cast("array<string>"),
             "relations": null, "facts": ibis.literal("")}  # fmt: skip
    return listed.mutate(**{name: column for name, column in every.items() if name not in listed.columns})


def _joined(column: "ibis.Column") -> Any:
    return column.cast("array<string>").join(",") if column.type().is_array() else column.cast("string")


def relation_numbers(engine: Engine, names: tuple[str, ...], pairs: "ibis.Table") -> "ibis.Table":
    """Each spelling of a relation with its number; LIKE_THE_HUB where none is stated, beyond the last where unknown."""
    places = {name: number for number, name in enumerate(names)}
    places |= dict.fromkeys(("", "null", "none"), LIKE_THE_HUB)
    texts = sorted({row["text"] or "" for row in engine.rows(pairs.select("text").distinct())})
    plain = [text.strip("[]\"' \t").lower() for text in texts]
    columns = {"text": texts, "stated": [places.get(text, len(names)) for text in plain]}
    return engine.small(columns, {"text": "string", "stated": "int64"})


def pairs(listed: "ibis.Table") -> "ibis.Table":
    """One row per parent of a row: child, base, text (of the relation), several (whether there are more)."""
    some = listed.filter(listed.bases.length() > 0)
    some = some.select("n", "bases", text=some.relations.fill_null(""), several=some.bases.length() > 1)
    many = some.text.contains(",")
    one = some.filter(~many)
    one = one.select("several", "text", child=one.n, base=one.bases.unnest())
    each = some.filter(many)
    each = each.select("several", child=each.n, both=each.bases.zip(_names(each.text)).unnest())
    each = each.select("several", "child", base=each.both["f1"], text=each.both["f2"].fill_null(""))
    names = ("child", "base", "text", "several")
    found = one.select(*names).union(each.select(*names))
    return found.filter(found.base.notnull() & (found.base != ""))


def edges(engine: Engine, names: tuple[str, ...], found: "ibis.Table") -> "ibis.Table":
    """The same with relation, its number; where none is stated the Hub's: a merge of several, a fine-tune of one."""
    import ibis  # noqa: PLC0415

    known = found.join(relation_numbers(engine, names, found), "text")
    hub = ibis.ifelse(known.several, names.index("merge"), names.index("finetune"))
    relation = ibis.ifelse(known.stated == LIKE_THE_HUB, hub, known.stated).cast("int64")
    return known.select("child", "base", "several", relation=relation)


def key(name: Any) -> Any:
    """A name as names are compared; spaces are rare, and taking them off takes longer than a look for them."""
    import ibis  # noqa: PLC0415

    return ibis.ifelse(name.contains(" "), name.strip(), name).lower()


def joined(pairs: "ibis.Table", by_name: "ibis.Table") -> "ibis.Table":
    """Edges by number: child, parent, relation, several, own (the parent's licence), base where nobody knows it."""
    import ibis  # noqa: PLC0415

    left = pairs.mutate(key=key(pairs.base))
    found = left.left_join(by_name, "key")
    base = ibis.ifelse(found.n.isnull(), found.base, ibis.null())
    return found.select("child", "relation", "several", parent=found.n.fill_null(_LOST), base=base,
                        own=found.own.fill_null(MISSING))  # fmt: skip
