"""Manifests of packages: what they state as their licence counts, and nothing that stands beside it."""

import pytest

from compliance import api

LOCK = '{"name": "x", "lockfileVersion": 3, "packages": {"": {%s}, "node_modules/y": {"license": "GPL-3.0"}}}'


@pytest.mark.parametrize(
    ("name", "text", "expression"),
    [
        ("package.json", '{"license": "(MIT OR Apache-2.0)", "description": "checks GPL-3.0 licensed code"}', "mit OR apache-2.0"),
        ("web/package.json", '{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}', "mit OR gpl-2.0"),
        ("composer.json", '{"license": ["LGPL-2.1-only", "MIT"]}', "LGPL-2.1-only OR mit"),
        ("package.json", '{"license": ["MIT", "GPL-2.0"]}', "mit AND gpl-2.0"),
        ("package.json", '{"license": "Business Source License 1.1", "keywords": ["mit license"]}', "busl-1.1"),
        ("pyproject.toml", '[project]\nlicense = "MIT AND CC-BY-NC-4.0"', "mit AND cc-by-nc-4.0"),
        ("pyproject.toml", '[tool.poetry]\nlicense = "Apache-2.0"', "apache-2.0"),
        (
            "pyproject.toml",
            '[project]\nlicense = {file = "LICENSE"}\nclassifiers = ["License :: OSI Approved :: MIT License"]',
            "mit",
        ),
        ("Cargo.toml", '[package]\nlicense = "MIT/Apache-2.0"', "mit OR apache-2.0"),
        (
            "pom.xml",
            ("<project><licenses><license><name>Apache License, Version 2.0</name></license>"
            "<license><name>EPL-2.0</name></license></licenses></project>"),
            "apache-2.0 OR epl-2.0",
        ),
        ("pom.xml", "<!--\n  SPDX-License-Identifier: Apache-2.0\n-->\n<project><name>x</name></project>", "apache-2.0"),
        ("pyproject.toml", '# SPDX-License-Identifier: MIT\n\n[project]\nlicense = {file = "LICENSE"}', "mit"),
        ("Cargo.toml", '# SPDX-License-Identifier: MIT\n[package]\nlicense = "GPL-3.0-only"', "GPL-3.0-only AND mit"),
        (
            "setup.cfg",
            ("# Licensed under the Apache License, Version 2.0\n[metadata]\nclassifiers =\n"
             "    License :: OSI Approved :: Apache Software License"),
            "apache-2.0",
        ),
        ("setup.cfg", "[metadata]\nname = x\nlicense = MIT\ndescription = a must for research", "mit"),
        ("CITATION.cff", 'message: "If you use it in research, please cite it"\nlicense:\n  - MIT\n  - Apache-2.0', "mit AND apache-2.0"),
        ("CITATION.cff", "# Made with cffinit.\n# Visit pears.example\ntitle: x\nlicense: Apache-2.0\n", "apache-2.0"),
        ("LICENSE", "MIT\n", "mit"),
        ("LICENSE-MODEL.md", "**GPL-2.0**\n", "gpl-2.0"),
        ("x.nuspec", '<package><license type="expression">MIT</license><title>$title$</title></package>', "mit"),
        ("x.cabal", "name: x\nlicense:   MIT\nlicense-file: LICENSE\nbuild-depends: base", "mit"),
        ("conda/meta.yaml", "package:\n  name: x\nabout:\n  license: MIT\n  summary: research", "mit"),
        ("0001.json", '{"name": "x", "version": "1.0.0", "license": "MIT"}', "mit"),
        ("x.csproj", "<Project><PackageLicenseExpression>Apache-2.0</PackageLicenseExpression></Project>", "apache-2.0"),
        ("x.podspec", "Pod::Spec.new do |s|\n  s.license = { :type => 'MIT', :file => 'LICENSE' }\nend", "mit"),
        ("package-lock.json", LOCK % '"license": "MIT"', "mit"),
        ("Project.toml", '[project]\nname = "x"\nlicense = "MIT"', "mit"),
    ],
)  # fmt: skip
def test_a_manifest_points_to_the_licence_that_it_states(name, text, expression):
    found = api.identify_text(text, name)
    assert (found.result, found.expression, found.reason) == ("reference", expression, None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("build.gradle", 'pom {\n  licenses {\n    license {\n      name = "MIT License"\n    }\n  }\n}\n'),
        ("mix.exs", 'defp package do\n  [licenses: ["MIT"], links: %{}]\nend\n'),
        ("pippin.rb", 'class Pippin < Formula\n  desc "Apples"\n  license "MIT"\nend\n'),
        (
            "setup.py",
            'setup(name="pippin",\n    classifiers=[\n        ("License :: OSI Approved :: MIT License"),\n    ])\n',
        ),
        ("pippin.spec", "Name: pippin\nLicense: MIT\n%description\nApples.\n"),
    ],
)
def test_a_program_that_describes_a_package_states_its_licence(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    found = api.identify(tmp_path / name)
    assert (found.result, found.document, found.reason) == ("reference", "mit", None)


@pytest.mark.parametrize("many", [1, 3_000])
def test_what_a_lock_file_says_of_what_a_package_needs_is_no_licence_of_it(many):
    needed = ", ".join(f'"node_modules/x{n}": {{"license": "GPL-3.0", "version": "1"}}' for n in range(many))
    text = LOCK.replace('"node_modules/y": {"license": "GPL-3.0"}', needed) % '"name": "x"'
    assert api.identify_text(text, "package-lock.json").result == "unknown"


def test_of_a_pom_the_elements_are_read_and_not_its_comments(tmp_path):
    licenses = "<licenses><license><name>EPL-2.0</name></license></licenses>"
    path = tmp_path / "pom.xml"
    path.write_text(f'<?xml version="1.0"?>\n<project><!-- copyright -->{licenses}</project>\n')
    assert api.identify(path).document == "epl-2.0"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("package.json", '{"license": "SEE LICENSE IN TERMS.md", "description": "MIT licensed"}', "TERMS.md"),
        ("package.json", '{"license": "UNLICENSED"}', "UNLICENSED"),
        ("Cargo.toml", "[package]\nlicense.workspace = true", "workspace"),
        ("pyproject.toml", '[project]\nlicense = {file = "LICENSE"}', "LICENSE"),
        ("pyproject.toml", '[project]\nlicense-files = ["COPYING"]', "COPYING"),
        ("package.json", '{"license": "SEE COPYING.md"}', "COPYING.md"),
        ("x.csproj", "<Project><PackageLicenseFile>TERMS.txt</PackageLicenseFile></Project>", "TERMS.txt"),
        ("x.nuspec", '<package><license type="file">TERMS.txt</license></package>', "TERMS.txt"),
    ],
)
def test_a_manifest_that_names_no_licence_says_where_to_look(name, text, reason):
    found = api.identify_text(text, name)
    assert found.result == "unknown"
    assert reason in (found.reason or "")


def test_what_a_manifest_binds_with_a_licence_that_nobody_knows_is_told():
    found = api.identify_text('{"license": "MIT AND LicenseRef-Pippin"}', "package.json")
    assert found.document == "mit"
    assert "LicenseRef-Pippin" in (found.reason or "")


@pytest.mark.parametrize("text", ["{", "[1, 2", '{"license": ' + "[" * 5000, "[project\n"])
def test_a_manifest_that_is_broken_is_read_as_any_text(text):
    for name in ("package.json", "pyproject.toml", "Cargo.toml"):
        assert api.identify_text(text, name).result == "unknown"


@pytest.mark.parametrize(
    ("name", "text", "doubt"),
    [
        ("package.json", '{"license": "BSD"}', "version"),
        ("LICENSE-MODEL.md", "**GPL**\n", "version"),
        ("Cargo.toml", '[package]\nlicense = "MIT"\n# For academic research only.', "limit"),
        ("CITATION.cff", "license: MIT # not for commercial use", "limit"),
    ],
)
def test_what_limits_a_manifest_or_leaves_its_licence_open_is_told(name, text, doubt):
    found = api.identify_text(text, name)
    assert (found.result, found.doubt) == ("reference", doubt)


@pytest.mark.parametrize(
    ("text", "result", "doubt"),
    [
        ("CC-BY-NC", "reference", "version"),
        ("proprietary", "unknown", None),
        ("See LICENSE.md", "unknown", None),
        ("Copyright 2024 Jane Doe", "unknown", None),
    ],
)
def test_a_file_of_a_licence_that_is_no_more_than_a_name_is_read_as_that(text, result, doubt):
    found = api.identify_text(f"{text}\n", "LICENSE")
    assert (found.result, found.document, found.doubt) == (result, None, doubt)


def test_a_comment_that_names_the_file_of_a_models_terms_leaves_a_manifest_in_doubt():
    pom = "<project>\n<!-- {} -->\n<licenses><license><name>MIT License</name></license></licenses></project>"
    assert api.identify_text(pom.format("Weights: see LICENSE-MODEL."), "pom.xml").doubt == "name"
    assert api.identify_text(pom.format("Code: see LICENSE."), "pom.xml").doubt is None


def test_a_version_that_a_classifier_leaves_open_is_open_where_the_header_tells_another_licence():
    setup = (
        "# Licensed under the {}\n[metadata]\nclassifiers =\n    License :: OSI Approved :: Apache Software License\n"
    )
    assert api.identify_text(setup.format("Apache License, Version 2.0"), "setup.cfg").doubt is None
    assert api.identify_text(setup.format("MIT License"), "setup.cfg").doubt == "version"


LIMITED = {
    "a comment behind the name": ("pyproject.toml", '[project]\nlicense = "MIT" # academic\n'),
    "a licence behind the name": ("Cargo.toml", '[package]\nlicense = "MIT" # weights CC-BY-NC\n'),
    "what it is for": (
        "pyproject.toml",
        '[project]\nlicense = "MIT"\ndescription = "Pears, for non-commercial use only"\n',
    ),
    "a field of its own": ("package.json", '{"license":"MIT","licenseNote":"research only","main":"a.js"}'),
    "how it is cited": ("CITATION.cff", "title: x\nlicense: MIT\nmessage: For non-commercial use only\n"),
    "an element": (
        "x.nuspec",
        '<package><license type="expression">MIT</license><description>For research only</description></package>',
    ),
    "a comment of cabal": ("x.cabal", "name: x\nlicense: MIT\n-- for research only\n"),
    "a summary": ("METADATA", "Metadata-Version: 2.1\nSummary: For non-commercial use only\nLicense: MIT\n\nPears\n"),
}


@pytest.mark.parametrize(("name", "text"), LIMITED.values(), ids=LIMITED)
def test_what_a_manifest_says_in_any_line_against_its_licence_leaves_that_in_doubt(name, text):
    assert api.identify_text(text, name).doubt == "limit"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[project]\nlicense = "MIT"  # see LICENSE\ndescription = "Tools for research in pears"\n'),
        (
            "package.json",
            '{"license":"MIT","description":"Finds code that is for non-profit pears","keywords":["commercial"]}',
        ),
        (
            "METADATA",
            "Metadata-Version: 2.1\nSummary: Pears for science\nLicense: MIT\n\n## License\n\nMIT, see LICENSE.\n",
        ),
    ],
)
def test_what_a_manifest_says_of_its_use_takes_nothing_from_its_licence(name, text):
    assert api.identify_text(text, name).doubt is None


def test_a_manifest_that_lists_the_terms_of_a_models_weights_leaves_its_licence_in_doubt():
    listed = '[project]\nlicense = "MIT"\nlicense-files = ["LICENSE", "{}"]\n'
    assert api.identify_text(listed.format("LICENSE-WEIGHTS"), "pyproject.toml").doubt == "name"
    assert api.identify_text(listed.format("NOTICE"), "pyproject.toml").doubt is None
