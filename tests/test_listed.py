"""Lists of stanzas: what stands below each name is known by itself, as a text, a notice that points on, or neither."""

import pytest
from msgspec import structs
from orchard import OURS, OWN

from compliance import api, identify, listed
from compliance.references import stanzas
from compliance.texts import recognise, words

HEAD = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
BODY = "".join(f" {line or '.'}\n" for line in OWN.split("\n"))
GPL = """ This program is free software; you can redistribute it and/or modify it under
 the terms of the GNU General Public License as published by the Free Software
 Foundation; either version 2 of the License, or (at your option) any later
 version. On Debian systems, the full text is in /usr/share/common-licenses/GPL-2.
"""


def _said(text):
    found = identify.identify_text(HEAD + text, "copyright", OURS, api.load())
    return found.result, [(part.id, part.result) for part in found.documents], found


def test_a_notice_of_another_stanza_is_no_change_of_a_text():
    text = f"Files: *\nCopyright: 2020 Ann\nLicense: Orchard\n{BODY}\nFiles: a/*\nCopyright: 2020 Ann\nLicense: GPL-2\n{GPL}"
    result, parts, found = _said(text)
    assert (result, parts, found.changes) == (
        "composite",
        [("orchard", "exact"), ("gpl-2.0", "reference")],
        (),
    )


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (
            "You may press apples with it and shall tell nobody of the juice.",
            [("orchard", "exact"), ("unknown", "unknown")],
        ),
        (
            "This file is under the MIT License, for non-commercial use only.",
            [("orchard", "exact"), ("unknown", "unknown")],
        ),
        ("This file is under the MIT License.", [("orchard", "exact"), ("mit", "reference")]),
    ],
)
def test_what_stands_below_a_name_that_nobody_knows_is_a_part_of_its_own(said, parts):
    text = f"Files: *\nCopyright: 2020 Ann\nLicense: Orchard\n{BODY}\nFiles: a/*\nCopyright: 2020 Ann\nLicense: Orchardly\n {said}\n"
    assert _said(text)[1] == parts


def test_below_a_name_that_is_known_few_words_may_limit_nothing():
    name = "Files: *\nCopyright: 2020 Ann\nLicense: MIT\n {}\n"
    assert _said(name.format("As the whole."))[2].reason is None
    for said in ("Not for sale.", "Only for students.", "Free for academic use."):
        assert "none that is known" in (_said(name.format(said))[2].reason or "")


def test_a_list_of_mere_notices_names_what_they_point_to():
    text = f"{HEAD}Files: *\nCopyright: 2020 Ann\nLicense: Orchardly\n\nLicense: Orchardly\n{GPL}"
    found = api.identify_text(text, "copyright")
    assert (found.result, found.expression, found.reason) == ("reference", "GPL-2.0-or-later", None)


def test_the_owners_of_the_files_under_a_name_are_those_of_what_stands_below_it():
    text = (
        "Files: *\nCopyright: 2020 Ann\n  2021 Bea\nLicense: Pip or MIT\n\nFiles: a/*\nCopyright: Cid\nLicense: MIT\n\n"
    )
    found = {body.name: body.owners for body in stanzas.written(f"{HEAD}{text}License: Pip\n x\n\nLicense: MIT\n y\n")}
    ann, bea, cid = (f"Copyright (c) {name}" for name in ("2020 Ann", "2021 Bea", "Cid"))
    assert found == {"Pip": (ann, bea), "MIT": (ann, bea, cid)}


def test_a_remark_changes_a_text_whatever_else_the_list_holds():
    text = f"Comment: For students alone.\n\nFiles: *\nCopyright: 2020 Ann\nLicense: Orchard\n{BODY}\nFiles: a/*\nLicense: GPL-2\n{GPL}"
    assert _said(text)[1] == [("orchard", "modified"), ("gpl-2.0", "reference")]


def test_texts_keep_the_lines_on_which_they_stand():
    text = (
        HEAD
        + f"Files: *\nCopyright: 2020 Ann\nLicense: GPL-2+\n{GPL}\nLicense: Orchard\n{BODY}\nLicense: Orchard~2\n{BODY}"
    )
    rows = text.split("\n")
    found = identify.identify_text(text, "copyright", OURS, api.load())
    assert [rows[part.line - 1][:14] for part in found.documents if part.result == "exact"] == [" ORCHARD MODEL"] * 2


def test_an_exception_that_a_notice_states_in_its_own_words_is_no_text_of_a_licence():
    changed = f"{OWN}\nApples are not for sale in winter."
    found = recognise.recognise(words.read(changed), OURS)
    assert (found.result, listed.is_text(found)) == ("modified", True)
    entry = structs.replace(found.matches[0].entry, id="Orchard-exception-2.0")
    found = structs.replace(found, matches=(structs.replace(found.matches[0], entry=entry),))
    assert not listed.is_text(found)
