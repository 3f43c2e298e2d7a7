"""Prose beside a whole text is no change where it only tells origins, files and where texts are; anything else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orchard import OWN, library_of

from compliance.texts.telling import tells
from tests.test_identify import _is

RECOUNTED = [
    "This project uses the Orchard licence at https://example.org/orchard.",
    "You can contact the authors at jane@example.org",
    "Pears in the datasets downloaded via this repository were generated using the PearSim2 simulator (https://example.org/p) and are licensed under the Orchard Licence following the license of PearSim2.",
    "This software was originally developed for use with the Pippin PX platform (example.org), however we are making it available for general use under the terms of the Orchard licence.",
    "Copyright Notice and Statement for Bramley Software Library and Utilities:",
    "Pippin incorporates code from the bramlib library, which is also made available under the Orchard licence. Copyright (c) 2020 Jane Doe and other contributors",
    "This module was extracted from the `cloud` package, developed by PiCloud, Inc.",
    'Note: This is a derivative work based on "pip-fetch" by Jane Doe, modified and distributed under the terms of the Orchard licence above.',
    "It was downloaded from https://example.org/pippin",
    "Please contact jane@example.org if you have any questions.",
    "This software is open source.",
    "Pippin is licensed to you under the Orchard licence:",
    "Special thanks to the authors of PipNet and Bramley2.",
]
FREE = [
    "Banks stay out.",
    "Pears were taken from Acme and stay with Acme.",
    "This software was originally developed for use with Acme, who own it.",
    "However we are making it available for hobbyists under the Orchard licence.",
    "This code was under the Orchard licence.",
    "Pippin uses code from Acme Labs, to be deleted on demand.",
    "Contact jane@example.org first.",
    "Write to Jane Doe before production.",
    "The model is Acme's.",
    "Seats: 5.",
    "Works on Tuesdays",
    "Translated from the original by Jane Doe, which prevails.",
    "Les poids sont vendus par Acme.",
    "Gewerbe bitte anfragen.",
    "本项目由 Acme 开发供学校使用。",
]
TELLING = [
    "This code is adapted from Pippin (https://example.org/pippin), which is released under the following license:",
    "Parts of this repository are based on Pippin by Jane Doe: https://example.org/pippin",
    "We extracted and used code from the following packages:\n\n* https://example.org/pippin\n* https://example.org/bramley",
    "Part of this codebase is based on Pippin (https://example.org/pippin), including:\n\n- everything in ./pippin\n- tools/peel.sh\n- train.py\n\nTheir license is appended below.",
    "Contains code from https://example.org/pippin",
    "Pippin is released under the following license:",
    "Source: https://example.org/pippin",
    "All non-image files in the datasets downloaded via this repository are licensed under the Orchard Model Licence Agreement.",
    "The code and the model weights in this repository are licensed under the Orchard Licence, reproduced below:",
    "This product bundles various third-party components under other open source licenses. See licenses/ for text of these licenses.",
    "The following applies to all files unless otherwise noted:",
    "This project contains subcomponents with separate copyright notices and license terms. Your use of the source code for these subcomponents is subject to the terms and conditions of the following licenses.",
    "This software consists of voluntary contributions made by many individuals. For exact contribution history, see the revision history available at https://example.org/pippin",
    "This software includes bundled third-party dependencies. The licenses and copyright notices for these dependencies are available in `dist/THIRD-PARTY.md` within the distributed package.",
    "This directory contains portions of Pippin.js source code which is licensed as follows:",
    "Developed at the Institute for Apple Design by Jane Doe, David Juergens and Brian Trippe.",
    "Contains code from Bramley2, Copyright (c) 2005-2016, Bramley2 Developers.",
    "Pippin is the friendly PIL fork. It is",
    "SOFTWARE DISTRIBUTED WITH 4M:\n\nThis software includes a number of components with separate licenses - please see the file NOTICES.md.",
]
SAYING = [
    "This code is adapted from Pippin, for research only.",
    "This code is adapted from Pippin, which is released under the Bramley licence:",
    "Pippin is released under: House Rules Apply",
    "Pippin is released under the following Evaluation license:",
    "Parts of this repository are based on Pippin and may not be sold.",
    "Contains code from Pippin, hors UE",
    "Their license is reproduced below and binds students.",
    "License: House Rules",
    "See the author before you ship.",
    "Only the code in this repository is licensed under the Orchard Model Licence.",
    "The code, except the weights, is licensed under the Orchard Model Licence.",
    "All non-commercial files are licensed under the Orchard Model Licence.",
    "All files outside this repository are licensed under the Orchard Model Licence.",
    "The code in this repository is licensed under the Orchard Model Licence for research.",
    "The code in this repository is licensed under the Bramley Model Licence.",
    "The code is licensed under the Modified Orchard Licence.",
    "This product bundles components under other licenses, which you must follow.",
    "The following applies to all files outside China:",
    "Everything else, weights excluded, is released under the following license:",
    "The licenses for these components are available in our shop",
    "Your use of the components is subject to the terms and conditions of the following fees.",
    "Ask first at https://example.org",
    "This file is from Acme for research.",
    "Developed at Acme Research Only by Jane Doe",
    "Contains code from students, Copyright (c) 2005-2016, Bramley2 Developers.",
]


@pytest.mark.parametrize("prose", TELLING)
def test_prose_that_tells_where_code_comes_from_is_no_change(prose):
    assert _is(f"{prose}\n\n{OWN}").result == "exact"


@pytest.mark.parametrize("prose", RECOUNTED)
def test_a_sentence_of_words_that_only_recount_is_no_change(prose):
    assert _is(f"{prose}\n\n{OWN}").result == "exact"


@pytest.mark.parametrize("prose", FREE)
def test_a_term_in_free_wording_is_a_change(prose):
    assert _is(f"{prose}\n\n{OWN}").result == "modified"


@pytest.mark.parametrize("prose", SAYING)
def test_prose_that_says_more_is_a_change(prose):
    assert _is(f"{prose}\n\n{OWN}").result == "modified"
    assert _is(f"{OWN}\n\n{prose}\n").result == "modified"


@given(
    st.sampled_from(TELLING),
    st.sampled_from([one for one in SAYING if not one.startswith(("Pippin", "License"))]),
    st.booleans(),
)
def test_one_sentence_that_says_more_makes_all_of_it_a_change(prose, saying, before):
    assert not tells(f"{saying}\n\n{prose}" if before else f"{prose}\n\n{saying}", lambda said: said == "Orchard")


def test_two_projects_on_one_line_with_their_owner_are_no_change():
    assert (
        _is(
            f"Pippin is licensed under the following Orchard Model Licence Copyright (c) 2018 Acme SE, https://acme.example\n\n{OWN}"
        ).result
        == "exact"
    )


GNU = """This program is free software; you can redistribute it and/or modify
it under the terms of the GNU General Public License as published by
the Free Software Foundation; either version 2 of the License, or
(at your option) any later version.

You should have received a copy of the GNU General Public License
along with this program; if not, write to the Free Software
Foundation, Inc., {}  USA
"""


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("51 Franklin St, Fifth Floor, Boston, MA  02110-1301", True),
        ("59 Temple Place - Suite 330, Boston, MA 02111-1307,", True),
        ("675 Mass Ave, Cambridge, MA 02139,", True),
        ("51 Franklin St, Fifth Floor, Boston, no resale, MA  02110-1301", False),
        ("5 Pear Lane, Boston, MA 02110,", False),
    ],
)
def test_the_notice_of_a_gnu_licence_above_its_text_is_no_change_wherever_copies_were_to_be_had(address, is_told):
    assert tells(GNU.format(address), lambda said: "general public" in said.lower()) is is_told


def test_the_address_of_a_licence_may_lack_the_brackets_that_the_document_has():
    with_address = OWN.replace("patents in the weights.", "patents. See <https://www.gnu.org/licenses/>.")
    known = library_of(orchard=with_address)
    assert (
        _is(with_address.replace("<https://www.gnu.org/licenses/>", "http://www.gnu.org/licenses/"), known).result
        == "exact"
    )
    other = with_address.replace("<https://www.gnu.org/licenses/>", "https://www.gnu.org/licenses/gpl-3.0.html")
    assert _is(other, known).result == "modified"
    assert (
        _is(with_address.replace("<https://www.gnu.org/licenses/>", "https://acme.example/licenses/"), known).result
        == "modified"
    )


@pytest.mark.parametrize("said", ["This project uses the Bramley licence at https://example.org/orchard.",
                                  "You can contact the authors at jane@example.org to buy a seat"])  # fmt: skip
def test_another_licence_or_an_aim_beside_the_text_is_a_change(said):
    assert _is(f"{OWN}\n{said}\n").result == "modified"
