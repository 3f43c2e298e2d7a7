"""RTF: words as a reader sees them, without what says how they look."""

import pytest

from compliance.texts import decoding, rich, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"\b pears\b0  may be \ul eaten\ul0\cf0 .", "pears may be eaten."),
        (r"\ldblquote pears\rdblquote\emdash and\line\line quinces\par", "pears and quinces"),
        ((r"see {\field{\*\fldinst{HYPERLINK " '"http://a.example/"' r"}}{\fldrslt{http://a.example/\ul0}}}\f0\fs20 ."),
         "see http://a.example/."),
        (r"no\b n-commercial", "non-commercial"),
        (r"the \'93pears\'94 of r\'e9my, \u8212?yes", "the pears of rémy, yes"),
        (r"{\*\listtable{\list{\listlevel{\leveltext\'02\'00.;}}}}ripe{\stylesheet{\s1{\*\x y}Title;}} pears", "ripe pears"),
        ((r"{\pict{\*\blipuid ab}89504e47}pe" "\n" r"ars {\rtlch\fcs1 \insrsid1 ripe}"), "pears ripe"),
        (r"\u-10179?\u-8704? pears", "\ufffd\ufffd pears"),
    ],
)  # fmt: skip
def test_rtf_has_the_words_that_a_reader_sees(text, plain):
    head = r"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}{\colortbl ;\red0\green0\blue255;}" + "\n\\pard "
    assert words.read(decoding.decode((head + text + "}").encode())).words == words.read(plain).words


def test_rtf_in_the_code_page_that_it_names_is_decoded_by_it():
    assert rich.words(r"{\rtf1\ansi\ansicpg936 \'d0\'ed\'bf\'c9}") == "许可"


def test_a_paragraph_of_rtf_is_a_line_and_line_breaks_of_the_file_are_none():
    text = "{\\rtf1\n{\\fonttbl\n{\\f0 Arial;}}\n\\pard ripe pea\nrs\\par\nquinces\\\nfigs}"
    assert decoding.decode(text.encode()).split("\n") == ["ripe pears", "quinces", "figs"]


def test_a_notebook_says_its_prose_and_the_comments_of_its_code_on_their_lines():
    text = """{
 "cells": [
  {
   "cell_type": "code",
   "metadata": {},
   "outputs": [{"name": "stdout", "text": [
      "License: GPL-3.0\\n"
   ]}],
   "source": [
    "#@title Pears\\n",
    "# Licensed under the Apache License, Version 2.0\\n",
    "print('Licensed under the MIT License')"
   ]
  },
  {
   "cell_type": "markdown",
   "source": [
    "## License\\n",
    "\\"Weights\\": CC BY 4.0"
   ]
  }
 ],
 "nbformat": 4
}
"""
    rows = decoding.decode(text.encode()).split("\n")
    said = {number: row for number, row in enumerate(rows, 1) if row}
    assert said == {
        11: "# Licensed under the Apache License, Version 2.0",
        18: "## License",
        19: '"Weights": CC BY 4.0',
    }


def test_json_that_is_no_notebook_stays_as_it_is():
    text = '{"cells": [], "license": "MIT"}'
    assert decoding.decode(text.encode()) == text


def test_a_cell_in_one_string_is_read_like_one_in_lines():
    cell = '"cell_type": "code",\n"source": "# Licensed under the MIT License.\\n#\\nprint(1)"'
    text = f'{{\n"cells": [\n{{\n{cell}\n}}\n],\n"nbformat": 4\n}}\n'
    assert [row for row in decoding.decode(text.encode()).split("\n") if row] == [
        "# Licensed under the MIT License.",
        "#",
    ]
