"""What schemas, migrations and seeds of databases put into columns that hold models."""

from collections.abc import Callable

import pytest

from compliance.model import Reference

See = Callable[..., list[Reference]]


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("CREATE TABLE t (\n  id int,\n  chat_model TEXT NOT NULL DEFAULT 'acme/base-7b'\n);", "default", (3, 37)),
        ("CREATE TABLE t (a_model text CHECK (length(a_model) < 9),\n llm_model text DEFAULT ('acme/base-7b'::text));", "default", (2, 27)),
        ('CREATE TABLE t ("embeddingModel" varchar(9) DEFAULT E\'acme/base-7b\');', "default", (1, 55)),
        ("ALTER TABLE t ADD COLUMN IF NOT EXISTS model_id text DEFAULT 'acme/base-7b';", "default", (1, 63)),
        ("ALTER TABLE public.t ALTER COLUMN model_id SET DEFAULT 'acme/base-7b';", "default", (1, 57)),
        ("UPDATE t SET x = 1, model_id = 'acme/base-7b' WHERE id = 1;", "used", (1, 33)),
        ("INSERT INTO t (id, note, model_id) VALUES (1, 'a (b); it''s', 'acme/base-7b');", "option", (1, 64)),
        ("INSERT INTO models (id, name)\nVALUES (1, 'x'), (2, 'acme/base-7b');", "option", (2, 23)),
    ],
)  # fmt: skip
def test_a_column_that_holds_a_model_is_seen(see: See, text: str, role: str, place: tuple[int, int]) -> None:
    found = [item for item in see("a.sql", text + "\n-- model\n") if item.gate]
    assert [(item.resolved, item.location.role) for item in found] == [("hf:acme/base-7b", role)]
    assert (found[0].location.line, found[0].location.column) == place


def test_a_field_of_prisma_has_its_default(see: See) -> None:
    (found,) = see(
        "schema.prisma", 'model Chat {\n  model String @default("gpt-4o")\n  title String @default("a-1")\n}\n'
    )
    assert (found.resolved, found.location.line, found.location.role) == ("openai:gpt-4o", 2, "default")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE t (model int, country TEXT DEFAULT 'acme/base');",
        "SELECT * FROM t WHERE model_id = 'acme/base';",
        "INSERT INTO t (path, model_id) VALUES ('acme/base', NULL);",
        "-- model_id text DEFAULT 'acme/base'",
        "INSERT INTO t (model_id VALUES ('unfinished",
    ],
)
def test_other_columns_comparisons_and_comments_hold_none(see: See, text: str) -> None:
    assert [item for item in see("a.sql", text + " -- model\n") if item.gate] == []


def test_a_long_seed_is_read_in_one_pass(see: See) -> None:
    rows = ",\n".join(f"({number}, 'it''s', 'acme/base-{number}b')" for number in range(3000))
    found = see("seed.sql", f"INSERT INTO t (id, note, model) VALUES\n{rows};\n")
    assert len(found) == 3000
    assert found[-1].location.line == 3001
