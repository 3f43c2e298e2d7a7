"""Longer files that point to licences: source code, cards, pages, lists of parts."""

import pytest
from orchard import OURS, OWN

from compliance import api, identify

TALK = "The quick model reads many words and answers all questions well. " * 200
CODE = "\n".join(f"def function_{n}(alpha, beta):\n    return alpha + beta * {n}\n" for n in range(100))


def _said(tmp_path, name, text, *, ours=False):
    path = tmp_path / name
    path.write_text(text)
    found = identify.identify(path, name, OURS, api.load) if ours else api.identify(path)
    return found.result, [part.id for part in found.documents], [part.line for part in found.documents]


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("app.py", "#!/usr/bin/env python\n# Licensed under the MIT license.\n" + CODE, "mit"),
        ("app.c", "/* Released under the BSD 3-Clause License. */\n" + CODE, "bsd-3-clause"),
        ("app.py", '"""Nothing.\n\nLicensed under the Apache License, Version 2.0.\n"""\n' + CODE, "apache-2.0"),
        ("README.md", f"---\nlanguage: en\nlicense: mit\n---\n# Pippin\n{TALK}", "mit"),
        ("README.md", f"---\r\nlicense:\r\n- apache-2.0\r\n---\r\n# Pippin\r\n{TALK}", "apache-2.0"),
        ("card.md", f"# Pippin\n\n- **Model type:** ViT\n- **License:** CC BY-NC 4.0\n\n{TALK}", "cc-by-nc-4.0"),
        ("card.md", f"# Pippin\n\n{TALK}\n\n**License** Pippin stands under the MIT License.\n\n{TALK}", "mit"),
        ("card.md", f"# Pippin\n\n> **License Notice**  \n> Released under the MIT License.\n\n{TALK}", "mit"),
        ("notes.md", f"Pippin is released under the MIT license (see CODE).\n\nIts parts:\n{TALK}", "mit"),
        ("README.md", f"<!--\nLicensed under the MIT License.\n-->\n# Pippin\n\n{TALK}", "mit"),
        (
            "page.md",
            f"# Pippin\n\n{TALK}\n\nAll of the Pippin data is released under the\n[CC BY 4.0](x) license.\n{TALK}",
            "cc-by-4.0",
        ),
        ("pippin.gemspec", 'Gem::Specification.new do |spec|\n  spec.license = "MIT"\n' + CODE, "mit"),
        ("legal.dox", "// legal.dox\n\n// Licensed under the MIT License.\n\n" + TALK, "mit"),
        ("grow.zap", "; Licensed under the MIT License.\n; It grows.\n" + CODE, "mit"),
        ("card.md", f"# Pippin\n\n## Use\n\n{TALK}\n\nThis model is released under the MIT License.\n\n{TALK}", "mit"),
        ("card.md", f"# Pippin\n\n{TALK}\n![](https://img.shields.io/badge/License-MIT-green)\n{TALK}", "mit"),
        ("page.md", f"# Pippin\n{TALK}\n\n## Meta\n\n[CONTRIBUTING](/C.md)\n\n[LICENSE (MIT)](/LICENSE)\n", "mit"),
        ("page.md", f"# Pippin\n{TALK}\n\n---\n\nLicense Apache-2.0\n", "apache-2.0"),
        ("page.md", f"# Pippin\n{TALK}\n\n## License\n\nPippin is under the MIT License.\n\n## Use\n{TALK}", "mit"),
    ],
)
def test_what_a_longer_file_states_as_its_licence_is_read(tmp_path, name, text, named):
    result, documents, _ = _said(tmp_path, name, text)
    assert (result, documents) == ("reference", [named])


@pytest.mark.parametrize(
    "text",
    [
        f"# Guidelines on licences\n\nWe take works under the MIT License.\n\n{TALK}",
        f"# Pippin\n{TALK}\n## Changes\n\nPippin once stood under the MIT License.\n",
        "# License\n\nThe Licensor hereby grants. The Licensee shall not. Herein: MIT License.\n\n" + TALK,
    ],
)
def test_a_longer_text_that_only_speaks_of_licences_states_none(tmp_path, text):
    assert _said(tmp_path, "page.md", text)[0] == "unknown"


def test_what_strings_of_code_name_is_nobodys_licence(tmp_path):
    text = "fn main() {\n" + '    say("Pippin is licensed under the MIT License");\n' * 9 + "}\n"
    assert _said(tmp_path, "main.rs", text)[:2] == ("unknown", [])


def test_code_below_a_text_is_no_change_of_it(tmp_path):
    commented = f"/*\n{OWN}*/\nint main(void) {{ return 0; }}\n"
    assert _said(tmp_path, "app.c", commented, ours=True) == ("exact", ["orchard"], [2])
    assert _said(tmp_path, "app.c", commented.replace("300 million", "3 million"), ours=True)[0] == "modified"


def test_what_describes_the_code_below_a_text_is_no_change_of_it(tmp_path):
    head = "# -*- coding: utf-8 -*-\n\n" + "".join(f"# {line}\n" for line in OWN.splitlines())
    text = head + '\n"""Smooth the grids of an orchard."""\n\nimport re\n'
    assert _said(tmp_path, "app.py", text, ours=True) == ("exact", ["orchard"], [3])
    for said in ("Only for research.", "Not for sale.", "Nur für die Forschung.", "Licence: see NOTES."):
        other = text.replace("Smooth the grids of an orchard.", said)
        assert _said(tmp_path, "app.py", other, ours=True)[0] != "exact", said


def test_terms_in_a_later_comment_are_not_passed_over(tmp_path):
    text = f"# Licensed under the MIT license.\n{CODE}\n# The rest is under the license CC BY-NC 4.0.\n"
    assert _said(tmp_path, "app.py", text)[1] == ["mit", "cc-by-nc-4.0"]


def test_commands_of_a_container_below_a_text_are_no_change_of_it(tmp_path):
    text = "".join(f"# {line}\n" for line in OWN.split("\n")) + "FROM pear\nRUN pip install quince\n"
    assert _said(tmp_path, "Dockerfile", text, ours=True)[:2] == ("exact", ["orchard"])


BODY = "".join(f" {line or '.'}\n" for line in OWN.split("\n"))
LIST = f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pippin

Files: *
Copyright: 2016, 2018, Anna Apple
           2017, Paula Pear <pear@example.org>
License: Orchard

License: Orchard
{BODY}"""


def test_a_list_of_stanzas_with_one_text_is_that_text(tmp_path):
    assert _said(tmp_path, "copyright", LIST, ours=True)[:2] == ("exact", ["orchard"])


PACKAGED = "License: Orchard\n\nFiles: debian/*\nCopyright: written in 2013-2014 by Robert Pear\n"


@pytest.mark.parametrize(
    ("stanza", "result"),
    [
        ("License: Orchard\nComment: Debian packaging is licensed under the same terms as upstream", "exact"),
        ("License: Orchard\nComment:\n The packaging is under the same license\n as upstream.", "exact"),
        ("License: Orchard\nComment: Packaging is under the same terms as the original package.", "exact"),
        ("License: Orchard\nComment: Packaging is under the same terms as the non-commercial source.", "modified"),
        ("License: Orchard\nCopyright: Dedicated to the public domain (CC0) by Jane Doe", "exact"),
        ("License: Orchard\nCopyright: Dedicated to the public domain by Jane Doe, for research", "modified"),
        ("License: Orchard\nComment: Packaging is under the same terms as upstream, for students.", "modified"),
        ("License: Orchard\nComment: Packaging is not under the same terms as upstream", "modified"),
        ("License: Orchard\nComment: Packaging is under the same terms as upstream\n but not for sale", "modified"),
        ("License: public-domain\n released to public domain by author", "composite"),
        ("License: public-domain\n released to public domain by author for research", "composite"),
        ("License: public-domain\n released to public domain by author\n .\n Not for sale.", "composite"),
    ],
)
def test_what_a_list_says_of_the_packaging_changes_nothing_unless_it_says_more(tmp_path, stanza, result):
    text = LIST.replace("License: Orchard\n\n", f"{PACKAGED}{stanza}\n\n", 1)
    assert _said(tmp_path, "copyright", text, ours=True)[0] == result


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [
        ("for any purpose", "for any private purpose", "modified"),
        ("2016, 2018, Anna Apple", "2016, 2018, Anna Apple; not for sale", "modified"),
        ("Upstream-Name: pippin", "Upstream-Name: pippin\nLimits: not for sale", "modified"),
        ("License: Orchard\n\n", "License: Orchard\n\nFiles: a/*\nLicense: GPL-3.0-only\n\n", "composite"),
        ("License: Orchard\n\n", "License: Orchard\n\nFiles: a/*\nLicense: Garden-Only\n\n", "composite"),
    ],
)
def test_what_a_list_of_stanzas_says_beside_its_text_is_told(tmp_path, old, new, result):
    assert _said(tmp_path, "copyright", LIST.replace(old, new, 1), ours=True)[0] == result


def test_a_list_names_what_its_files_are_under_and_leaves_the_choices_that_its_stanzas_leave():
    head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
    both = "Files: *\nLicense: MIT or GPL-2+\n\nFiles: a/*\nLicense: Zlib\n\n"
    told = "License: GPL-2+\n See /usr/share/common-licenses/GPL-2.\n"
    for rest, expression in ((both, "(mit OR GPL-2.0-or-later) AND zlib"),
                             (both + "Files: b/*\nLicense: GPL-2+\n\n", "(mit OR GPL-2.0-or-later) AND zlib AND GPL-2.0-or-later")):  # fmt: skip
        assert api.identify_text(head + rest + told, "copyright").expression == expression


PAGE = "# Pippin\n\nPippin presses apples.\n\n## Use\n\nPress it.\n\n## License\n\n```\n{}\n```\n\n## Thanks\n\n{}\n"


def _paged(said, own=OWN, name="README.md"):
    found = identify.identify_text(PAGE.format(own, said), name, OURS, api.load())
    return found.result, [part.id for part in found.documents], found.doubt


def test_a_page_that_holds_a_licence_to_the_word_names_it_and_may_say_more():
    assert _paged("To all who grow apples.") == ("reference", ["orchard"], "text")
    assert _paged("The pictures are licensed under CC-BY-NC-4.0.")[1] == ["orchard", "cc-by-nc-4.0"]


def test_a_page_with_a_changed_licence_and_a_licence_file_with_prose_are_changed_texts():
    changed = OWN.replace("any purpose", "any private purpose")
    assert _paged("To all who grow apples.", changed)[0] == "modified"
    assert _paged("To all who grow apples.", name="LICENSE.md")[0] in {"modified", "composite"}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Its tests are under the GNU LGPL version 3, and its press is under the GNU GPL version 3.", ["lgpl-3.0", "gpl-3.0"]),
        ("Its tests are under the BSD-3-Clause-Clear license, and its press is under the BSD-3-Clause license.",
         ["bsd-3-clause-clear", "bsd-3-clause"]),
    ],
)  # fmt: skip
def test_beside_a_text_no_licence_is_lost_whose_name_is_a_part_of_anothers(said, names):
    found = identify.identify_text(f"{OWN}\n\n{said}\n", "LICENSE", OURS, api.load())
    assert [part.id for part in found.documents if part.result == "reference"] == names
