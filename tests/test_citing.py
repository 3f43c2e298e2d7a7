"""Clauses are cited as counsel cites them: by what the text calls its parts, and by what names itself."""

import pytest

from compliance.citing import place


@pytest.mark.parametrize(
    ("section", "parts", "cited"),
    [
        ("5(1)(b)", "article", "Article 5(1)(b)"),
        ("53(1)(a), (b)", "article", "Article 53(1)(a), (b)"),
        ("13, 14", "article", "Articles 13, 14"),
        ("15 to 21", "article", "Articles 15 to 21"),
        ("22, as it stood", "article", "Article 22, as it stood"),
        ("s. 164A of the Act of 2018", "article", "s. 164A of the Act of 2018"),
        ("164.308, 164.312", "§", "§§ 164.308, 164.312"),
        ("202.303", "§", "§ 202.303"),
        ("SB 243, § 22602(a)", "§", "SB 243, § 22602(a)"),
        ("6.a", "clause", "Clause 6.a"),
        ("2.a, Definitions", None, "section 2.a, Definitions"),
        ("III.a; IV.b", None, "sections III.a; IV.b"),
        ("二、4", None, "section 二、4"),
        ("(iv)", None, "section (iv)"),
        ("Exhibit A, 2", None, "Exhibit A, 2"),
        ("Attachment A", None, "Attachment A"),
        ("first paragraph", None, "first paragraph"),
        ("Protect people", None, 'section "Protect people"'),
        ("A few definitions", None, 'section "A few definitions"'),
        ("Prohibited Uses, last paragraph", None, "Prohibited Uses, last paragraph"),
        (None, None, ""),
    ],
)
def test_a_part_of_a_text_is_cited_as_the_text_calls_it(section, parts, cited):
    assert place(section, parts) == cited


def test_an_article_is_an_article_in_every_output(modelcheck):
    use = ["check", "mistralai/Mistral-7B-v0.1", "--policy", "gdpr", "--fact", "personal_data=true"]
    use += ["--fact", "organization_country=DE", "--fact", "fields_of_use=none", "--fact", "legal_basis=none"]
    for form in ("terminal", "markdown", "html", "json"):
        told = modelcheck(*use, "--format", form).out
        assert "section 6" not in told
        assert ('"section": "6(1)"' if form == "json" else "Article 6") in " ".join(told.split())
    assert "Article 28(3)" in modelcheck("show", "gdpr").out
    assert "section: Article 6(1)" in modelcheck("show", "gdpr#public-authority-basis").out
