"""RTF: words as a reader sees them, without what says how they look."""

import pytest

from compliance.texts import words


@pytest.mark.parametrize(
    ("rich", "plain"),
    [
        (r"\b pears\b0  may be \ul eaten\ul0\cf0 .", "pears may be eaten."),
        (r"\ldblquote pears\rdblquote\emdash and\line\line quinces\par", "pears and quinces"),
        ((r"see {\field{\*\fldinst{HYPERLINK " '"http://a.example/"' r"}}{\fldrslt{http://a.example/\ul0}}}\f0\fs20 ."),
         "see http://a.example/."),
        (r"no\b n-commercial", "non-commercial"),
        (r"the \'93pears\'94 of r\'e9my, \u8212?yes", "the pears of rémy, yes"),
    ],
)  # fmt: skip
def test_rtf_has_the_words_that_a_reader_sees(rich, plain):
    head = r"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}{\colortbl ;\red0\green0\blue255;}" + "\n\\pard "
    assert words.read(head + rich + "}").words == words.read(plain).words
