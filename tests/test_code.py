"""Files of code: what their comments hold or name counts, whatever the code says; remarks on the file change nothing."""

import pytest
from orchard import OWN, library_of
from shelf import CATALOG, fingerprints

from compliance import identify
from compliance.references import pointing, remarks

LIBRARY = fingerprints()
NAMES = pointing.Names(LIBRARY, CATALOG)


def _of(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return identify.identify(path, name, LIBRARY, lambda: CATALOG)


@pytest.mark.parametrize(
    "row",
    [
        "/* $OpenBSD: pear.c,v 1.35 2026/07/06 14:29:10 jane Exp $ */",
        "/* $Id$ */",
        "# Copyright (c) 2024 Jane Doe",
        "# File author: Jane Doe",
        " * Red Hat Author(s): Jane Doe, Ada Lovelace",
        " * This is part of Pippin, a text shaping library.",
        "// pear.c",
        "# SPDX-License-Identifier: MIT",
        "# MIT License",
        " * @license MIT",
        "__license__ = 'MIT'",
        '    license="MIT",',
        '        "License :: OSI Approved :: MIT License",',
        "# -*- coding: utf-8 -*-",
        "// vim: set ts=4 sw=4 et:",
        "# Script to train pears in an orchard",
        " *",
    ],
)
def test_a_remark_says_whose_or_which_file_it_is(row):
    assert remarks.are_of_code(row, "mit", NAMES)


@pytest.mark.parametrize(
    "row",
    [
        "// members only",
        "# File author: Jane Doe, not for banks",
        " * This is part of Pippin, a commercial library.",
        "/* $Id: for research only $ */",
        "# SPDX-License-Identifier: GPL-3.0-only",
        "// The table below was bought and is not yours to pass on.",
        "# Property of Acme Pears",
        "# Helper for evaluation in orchards",
        "# 仅供研究",
        "# vim: for research only",
        "# -*- members only -*-",
        "__license__ = 'GPL-3.0'",
        "license = 'MIT for students'",
        " * @license for members",
        '"License :: Other/Proprietary License",',
        '"License :: Free for non-commercial use",',
    ],
)
def test_what_else_stands_beside_a_text_is_more_than_a_remark(row):
    assert not remarks.are_of_code(row, "mit", NAMES)


@pytest.mark.parametrize(
    ("name", "text", "document"),
    [
        ("Makefile", "# Licensed under the MIT License.\n" + "all:\n\tcc pear.c\n" * 300, "mit"),
        ("pears.pl", "#!/usr/bin/perl\n# Licensed under the Apache License, Version 2.0\nuse strict;\nmy $x = 1;\n", "apache-2.0"),
        ("pear.m", "function pear\n%PEAR grows\n% SPDX-License-Identifier: Apache-2.0\nx = 1;\n", "apache-2.0"),
        (
            "pear.go",
            ("// This program is free software: you can redistribute it and/or modify it under the terms of the GNU Affero\n"
            "// General Public License as published by the Free Software Foundation, either version 3 of the License, or\n"
            "// (at your option) any later version.\n//\n// See the GNU Affero General Public License for more details.\n\n"
            'package pear\n\nvar License = "GNU AGPL v3"\n'),
            "AGPL-3.0-or-later",
        ),
    ],
)  # fmt: skip
def test_the_comments_of_a_file_of_code_name_its_licence(tmp_path, name, text, document):
    found = _of(tmp_path, name, text)
    assert (found.result, found.expression, found.reason) == ("reference", document, None)


def test_what_code_sets_once_so_and_once_so_is_the_licence_of_many_things(tmp_path):
    models = (
        'MODELS = [\n    {"name": "pear", "license": "apache-2.0"},\n    {\n        "license": "gpl-3.0",\n    },\n]\n'
    )
    assert _of(tmp_path, "models.py", models).result == "unknown"
    assert _of(tmp_path, "models.py", f"# Licensed under the MIT License.\n{models}").expression == "mit"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup.py", 'from setuptools import setup\n\nsetup(name="pear", license="MIT", packages=["pear"])\n'),
        ("Dockerfile", "FROM pear\nLABEL org.opencontainers.image.licenses=MIT\n"),
    ],
)
def test_what_code_sets_beside_other_things_is_read(tmp_path, name, text):
    assert _of(tmp_path, name, text).expression == "mit"


def test_the_notice_of_a_licence_that_nobody_knows_is_no_copy_of_one_with_like_words(tmp_path):
    notice = """// Licensed under the Pippin Community License (the "License"); you may not use this file except in compliance with
// the License. You may obtain a copy of the License at https://pippin.example/license
//
// Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
// an "AS IS" BASIS, WITHOUT WARRANTIES OF ANY KIND, either express or implied. See the License for the specific
// language governing permissions and limitations under the License.
"""
    found = _of(tmp_path, "Pear.java", f"{notice}\nclass Pear {{}}\n")
    assert found.result == "unknown"
    assert "Pippin" in (found.reason or "")


@pytest.mark.parametrize(
    ("form", "result"),
    [
        ("{text}\nint x; // counts the pears\n", "exact"),
        ('{text}\nchar *x = "for internal use";\n', "exact"),
        ("{text}\nint x; // not for commercial use\n", "modified"),
        ('{text}\nchar *x = "for students only";\n', "modified"),
        ("{text}\nint x;\n/* Companies must pay a fee. */\n", "modified"),
    ],
)
def test_a_limit_in_code_changes_the_text_that_its_comments_hold(tmp_path, form, result):
    """The text goes by the id of one that leaves nothing to limit."""
    path = tmp_path / "pear.c"
    rows = [" * " + row for row in OWN.replace("<year> <owner>", "2024 Jane Doe").splitlines()]
    path.write_text(form.format(text="\n".join(("/*", *rows, " */"))), encoding="utf-8")
    found = identify.identify(path, path.name, library_of(mit=OWN), lambda: CATALOG)
    assert found.result == result
    assert [change.line > len(rows) for change in found.changes] == [True] * (result == "modified")
