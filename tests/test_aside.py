"""What stands right behind the name of a licence: where and whose says nothing, whatever else leaves a doubt."""

import pytest
from shelf import CATALOG, fingerprints

from compliance.references import pointing

NAMES = pointing.Names(fingerprints(), CATALOG)


def _reason(text):
    return pointing.pointers(text, len(text.split()), NAMES).reason


@pytest.mark.parametrize(
    "text",
    [
        "License: MIT (hobbyists)",
        "license: mit # pay what is due",
        "| Part | License |\n|---|---|\n| code | MIT (no banks) |",
        '## License\n\n[MIT](LICENSE "Banks may not run it.")',
        "## License\n\nMIT[^1]\n\n[^1]: Firms with more than ten employees must buy a seat.",
        "## License\n\nMIT <!-- the weights are kept under separate terms -->",
        "---\nlicense: mit\nlicense_note: firms pay\n---\n# Orchard\n\nA model.",
        "---\nlicense: mit\nextra_gated_prompt: You agree to pay us.\n---\n# Orchard\n\nA model.",
        "![License: MIT, no banks](https://img.shields.io/badge/license-MIT-green)",
        '[![MIT](https://img.shields.io/badge/license-MIT-green "Banks may not run it.")](LICENSE)',
        "![license](https://img.shields.io/badge/license-MIT%20no%20banks-green)",
        "SPDX-License-Identifier: MIT (hobbyists)",
        "Licensed under the MIT License.\n\nUsage réservé à la recherche.",
    ],
)
def test_words_behind_a_name_that_say_more_than_where_and_whose_leave_a_doubt(text):
    assert _reason(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "License: MIT (see the LICENSE file for details)",
        "## License\n\n[MIT](LICENSE) (c) 2024 Ada Lovelace",
        "## License\n\n[Apache 2.0](LICENSE 'full text')",
        "Licensed under the MIT License (https://opensource.org/licenses/MIT).",
        "[![License: MIT](https://img.shields.io/badge/License-MIT-yellow.svg)](LICENSE)",
        "SPDX-License-Identifier: MIT (see LICENSE)",
        "## License\n\nMIT (详见 LICENSE)",
        "---\nlicense: mit\nlicense_link: LICENSE\n---\n# Orchard\n\nA model.",
    ],
)
def test_words_behind_a_name_that_say_where_or_whose_leave_none(text):
    assert _reason(text) is None
