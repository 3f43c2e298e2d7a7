"""Core metadata of Python's packages: the fields state the licence, the page below them may only limit it."""

import pytest
from orchard import OURS, OWN

from compliance import api, identify

HEAD = "Metadata-Version: 2.4\nName: pippin\nVersion: 1.0\n"
PAGE = "\n\n# Pippin\n\nPippin presses apples. It was written for people who like juice and for nobody else in particular.\n"
FOLDED = OWN.replace("\n", "\n        ")
VERSIONLESS = "Classifier: License :: OSI Approved :: BSD License\n"


@pytest.mark.parametrize(
    ("fields", "expression"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense-File: LICENSE\n", "mit OR apache-2.0"),
        ("License-Expression: ISC\nClassifier: License :: OSI Approved :: BSD License\n", "isc"),
        ("License: MIT\nClassifier: License :: OSI Approved :: MIT License\n", "mit"),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\n", "mit"),
        ("Classifier: License :: OSI Approved :: MIT License\nClassifier: Topic :: GPL\n", "mit"),
    ],
)
@pytest.mark.parametrize("page", ["", PAGE])
def test_the_fields_state_the_licence_whatever_the_page_tells_of_the_work(fields, expression, page):
    found = api.identify_text(HEAD + fields + page, "METADATA")
    assert (found.result, found.expression, found.reason) == ("reference", expression, None)


def test_a_text_in_the_field_is_that_text_on_its_own_lines():
    found = identify.identify_text(f"{HEAD}License: {FOLDED}\nAuthor: Ann{PAGE}", "PKG-INFO", OURS, api.load())
    assert (found.result, found.document, found.documents[0].line) == ("exact", "orchard", 4)


@pytest.mark.parametrize(
    ("fields", "page", "doubt"),
    [
        ("License: MIT\n", "\n\nPippin may not be used for commercial purposes.\n", "limit"),
        ("License: MIT\n", "\n\nPippin is licensed under the AGPL-3.0.\n", "parts"),
        (VERSIONLESS, PAGE, "version"),
        (VERSIONLESS, "\n\n## License\n\nPippin is under the BSD 2-Clause License, and its data under CC-BY-4.0.\n", "version"),
    ],
)  # fmt: skip
def test_a_page_that_limits_or_names_another_licence_leaves_a_doubt(fields, page, doubt):
    found = api.identify_text(HEAD + fields + page, "METADATA")
    assert found.doubt == doubt


def test_a_page_that_limits_what_a_field_says_in_lines_leaves_nothing_known():
    field = "License: Pippin is licensed\n        under the MIT License.\n"
    assert api.identify_text(f"{HEAD}{field}{PAGE}", "METADATA").document == "mit"
    found = api.identify_text(f"{HEAD}{field}\n\nPippin may not be used for commercial purposes.\n", "METADATA")
    assert (found.result, "may limit" in (found.reason or "")) == ("unknown", True)


def test_a_page_tells_the_version_that_a_classifier_leaves_open():
    page = "\n\n## License\n\nPippin is under the BSD 2-Clause License.\n"
    found = api.identify_text(HEAD + VERSIONLESS + page, "METADATA")
    assert (found.expression, found.reason) == ("bsd-2-clause", None)


def test_fields_that_state_nothing_leave_it_to_the_page():
    found = api.identify_text(
        f"{HEAD}License-File: LICENSE\n\n\nPippin is licensed under the MIT License.\n", "METADATA"
    )
    assert (found.result, found.expression) == ("reference", "mit")


def test_a_name_that_nobody_knows_is_told():
    found = api.identify_text(f"{HEAD}License-Expression: LicenseRef-Pippin{PAGE}", "METADATA")
    assert (found.result, "LicenseRef-Pippin" in (found.reason or "")) == ("unknown", True)


def test_a_version_that_a_page_tells_does_not_hide_what_it_limits():
    head = "Metadata-Version: 2.1\nName: pip\nClassifier: License :: OSI Approved :: BSD License\n\n# Pip\n\nPip is under the BSD-3-Clause license.\n"
    assert api.identify_text(head, "METADATA").doubt is None
    assert api.identify_text(f"{head}\nIt may not be used for commercial purposes.\n", "METADATA").doubt == "limit"
