"""From the columns of a file to numbered rows and edges, as Ibis expressions."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from compliance.bulk.engines import ROW, Engine
from compliance.bulk.licences import MISSING
from compliance.bulk.written import Table, columns, ibis, kind
from compliance.model import InputError, Vocabulary
from compliance.project import is_of_the_subject
from compliance.source import near

COLUMNS = ("id", "license", "license_name", "base_model", "base_model_relation", "use")
"""What is read; beside them `fact.NAME` for every fact of the vocabulary, and nothing else."""
CARD = "cardData"
OF_A_CARD = ("license", "license_name", "base_model", "base_model_relation")
"""Read from the field of that name in CARD, where there is no such column."""
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


def check(raw: Table, vocabulary: Vocabulary, shown: str) -> None:
    """Refuse a table without ids, with a column called almost as one, and with facts that are not a row's to state.

    Raises InputError.
    """
    names = tuple(name for name in columns(raw) if name != ROW)
    problems = [] if "id" in names else [f"{shown}: no column `id`; the columns are {', '.join(names)}"]
    problems += _of_card(raw, shown)
    for name in names:
        fact, whole = name.removeprefix(FACT), name.rpartition("_")[0]
        if name in COLUMNS or name.startswith(FACT):
            problems += _of_a_type(name, kind(raw[name]), shown)
        if name in COLUMNS:
            continue
        if name.startswith(FACT) and fact not in vocabulary.facts:
            problems.append(f"{shown}: column {name}: no fact {fact!r}{near(fact, vocabulary.facts)}")
        elif name.startswith(FACT) and is_of_the_subject(fact, vocabulary) and fact not in OF_CARDS:
            told = "follows from the licences and the catalogue, and no row overrides it; remove the column"
            problems.append(f"{shown}: column {name}: {fact} {told}")
        elif whole.casefold() in COLUMNS and name[len(whole) + 1 :].isdecimal():  # so readers call a second one
            problems.append(f"{shown}: column {whole}: is there twice; keep one, whatever the case of its letters")
        elif not name.startswith(FACT) and (meant := _meant(name)) is not None:
            told = f"is not read; call it `{meant}`, or something else where it is none"
            problems.append(f"{shown}: column {name}: {told}")
    if problems:
        raise InputError(problems)


def _stated(raw: Table, name: str) -> Any:
    """A column, else the field of that name in a card as the Hub has it beside an id; None where there is none."""
    if name in columns(raw):
        return raw[name]
    card = kind(raw[CARD]) if name in OF_A_CARD and CARD in columns(raw) else None
    if card is None or not (card.is_json() or (card.is_struct() and name in card.names)):
        return None
    return raw[CARD][name]


def _of_card(raw: Table, shown: str) -> list[str]:
    """What is wrong with the types of fields of a card that are read in place of columns."""
    fields = {name: _stated(raw, name) for name in OF_A_CARD if name not in columns(raw)}
    there = {name: kind(field) for name, field in fields.items() if field is not None}
    return [line for name, held in there.items() for line in _of_a_type(name, held, shown, of=f"{CARD}.")]


def lacking(raw: Table) -> Iterator[str]:
    """What a user should know of a table that says less than it could."""
    if _stated(raw, "license") is None and _stated(raw, "license_name") is None:
        yield "no column `license`: only models of the catalogue have any"
    if _stated(raw, "base_model") is None:
        yield "no column `base_model`: what a row inherits is not known, but for models of the catalogue"


def _of_a_type(name: str, found: Any, shown: str, of: str = "") -> list[str]:
    """What is wrong with the type of a column that is read, or of a field `of` one."""
    lists = found.is_array() and name not in {"id", "use"}
    held = found.value_type if lists else found
    named = name in {"id", "base_model"}  # by a fraction, a truth or a day nothing is called
    plain = not (held.is_array() or held.is_struct() or held.is_map())
    if plain and not (named and (held.is_floating() or held.is_boolean() or held.is_temporal())):
        return []
    wanted = "text, or a list of texts" if name not in {"id", "use"} else "text"
    return [f"{shown}: column {of}{name}: holds {str(found).replace('!', '')}; what is read is {wanted}"]


def _text(column: Table) -> Any:
    """A column as text; several licences all bind."""
    held = kind(column)
    if held.is_array():
        texts = column.cast("array<string>")
        return _together(texts.join(" AND "), texts.join(") AND ("))
    text: Any = column.cast("string")
    if held.is_json():
        text = text.re_replace(r"^\[|\]$|\"", "").nullif("null")
        return _together(text.replace(",", " AND "), text.replace(",", ") AND ("))
    return text


def _together(plain: Any, apart: Any) -> Any:
    """What several licences say together; a choice among them stays one choice."""
    return plain.upper().contains(" OR ").ifelse("(" + apart + ")", plain)


def _bases(column: Table) -> Any:
    """A column of bases or relations as a list or as text."""
    if kind(column).is_array():
        return column.cast("array<string>")
    text: Any = column.cast("string")
    return text.nullif("null") if kind(column).is_json() else text


def _id(column: Table) -> Any:
    """An id as text; where rows have it as texts and as numbers, the texts stand in quotes."""
    text: Any = column.cast("string")
    return text.re_replace(r"^\"|\"$", "") if kind(column).is_json() else text


def _names(column: Any) -> Any:
    """A text of one or several names, which never hold spaces, quotes, commas or semicolons."""
    return column.re_replace(r"[\[\]\"'\s]+", "").replace(";", ",").split(",")


def _listed(column: Table, between: str) -> Any:
    """A list as one text, in which what is null keeps its place."""
    texts: Any = column.cast("array<string>")
    return texts.map(ibis._.fill_null("")).join(between)


def rows(raw: Table) -> Table:
    """One row per row: id, license, license_name, use, bases and relations (each a text or a list), facts; its number.

    What the file lacks is null.
    """
    null: Any = ibis.null().cast("string")
    made: dict[str, Any] = {"n": raw[ROW]} if ROW in columns(raw) else {}
    made["id"] = _id(raw["id"])
    for name in ("license", "license_name", "use"):
        column = _stated(raw, name)
        made[name] = null if column is None else _text(column)
    for name, stated in (("bases", "base_model"), ("relations", "base_model_relation")):
        column = _stated(raw, stated)
        made[name] = null if column is None else _bases(column)
    made["facts"] = _facts(raw)
    return raw.select(**made)


def stated_bases(rows: Table) -> Any:
    """Whether something is stated of the bases of a row."""
    return rows.bases.notnull() & (rows.bases.length() > 0)


def some_bases(rows: Table) -> Any:
    """Whether what is stated there may name a base: not `[]`, nor a list of nothing."""
    if not kind(rows.bases).is_array():
        return stated_bases(rows) & (rows.bases.length() > len("[]"))
    return ibis.ifelse(rows.bases.length() == 1, rows.bases[0].fill_null("") != "", stated_bases(rows))


def _facts(raw: Table) -> Any:
    """What the columns `fact.NAME` state, each on a line as after `--fact`."""
    made: Any = ibis.literal("")
    for name in sorted(name for name in columns(raw) if name.startswith(FACT)):
        column = raw[name]
        listed = kind(column).is_array()
        value = _listed(column, ",") if listed else _names(column.cast("string")).join(",")
        made += (ibis.literal(f"{name.removeprefix(FACT)}=") + value + "\n").fill_null("")
    return made


def relation_numbers(engine: Engine, names: tuple[str, ...], pairs: Table) -> Table:
    """Each spelling of a relation with its number; LIKE_THE_HUB where none is stated, beyond the last where unknown."""
    places = {name: number for number, name in enumerate(names)}
    places |= dict.fromkeys(("", "null", "none"), LIKE_THE_HUB)
    texts = sorted({row["text"] or "" for row in engine.rows(pairs.select("text").distinct())})
    plain = [text.strip("[]\"' \t").lower() for text in texts]
    columns = {"text": texts, "stated": [places.get(text, len(names)) for text in plain]}
    return engine.small(columns, {"text": "string", "stated": "int64"})


def pairs(lines: Table) -> Table:
    """One row per parent of a line of bases: line, base, text (of the relation), several (whether there are more)."""
    bases = lines.bases if kind(lines.bases).is_array() else _names(lines.bases)
    text = _listed(lines.relations, ",") if kind(lines.relations).is_array() else lines.relations
    some = lines.select("line", bases=bases, text=text.fill_null(""))
    some = some.mutate(several=some.bases.length() > 1)
    many = some.text.contains(",")
    one = some.filter(~many)
    one = one.select("line", "several", "text", base=one.bases.unnest())
    each = some.filter(many)
    each = each.select("line", "several", both=each.bases.zip(_names(each.text)).unnest())
    each = each.select("line", "several", base=each.both["f1"], text=each.both["f2"].fill_null(""))
    names = ("line", "base", "text", "several")
    found = one.select(*names).union(each.select(*names))
    return found.filter(found.base.notnull() & (found.base != ""))


def edges(engine: Engine, names: tuple[str, ...], found: Table) -> Table:
    """The same with relation, its number; where none is stated the Hub's: a merge of several, a fine-tune of one."""
    known = found.join(relation_numbers(engine, names, found), "text")
    hub = ibis.ifelse(known.several, names.index("merge"), names.index("finetune"))
    relation = ibis.ifelse(known.stated == LIKE_THE_HUB, hub, known.stated).cast("int64")
    return known.select("line", "base", relation=relation)


def trimmed(name: Any) -> Any:
    """A name without the spaces around it; they are rare, and taking them off takes longer than a look for them."""
    return ibis.ifelse(name.contains(" "), name.strip(), name)


def key(name: Any) -> Any:
    """A name as names are compared."""
    return trimmed(name).lower()


def joined(pairs: Table, by_name: Table) -> Table:
    """Edges by number: line, parent, above (the parent's line), relation, own (the parent's licence).

    `base` is what a parent that nobody knows is called.
    """
    left = pairs.mutate(key=key(pairs.base))
    found = left.left_join(by_name.rename(above="line"), "key")
    base = ibis.ifelse(found.n.isnull(), found.base, ibis.null())
    return found.select("line", "relation", "above", parent=found.n.fill_null(_LOST), base=base,
                        own=found.own.fill_null(MISSING))  # fmt: skip
