"""Sentences beside a licence: what limits, asks or sends elsewhere in seventeen languages, and what only tells."""

import json

import pytest

from compliance.references import clauses

TERMS = """\
Orchard banks may not run the weights.
Free for academic and personal use.
Reselling the model is off limits.
Companies have to buy a licence before use.
Residents of California are not covered by this grant.
A royalty of two percent is due each quarter.
You will credit the gardener on every screen.
The weights are kept under separate terms.
This permission expires after a season.
Firms with more than ten employees need a seat and a licence.
Before deployment, register with our gardeners.
Unternehmen brauchen eine Einzellizenz.
Les entreprises doivent acheter une licence.
Las empresas deben pagar una cuota anual.
Empresas precisam de autorização por escrito.
Le aziende devono richiedere un'autorizzazione.
Bedrijven moeten een licentie kopen.
Företag måste köpa en licens.
Firmy muszą wykupić licencję.
Организации должны приобрести лицензию.
Şirketler lisans satın almalıdır.
يجب على الشركات شراء ترخيص.
कंपनियों को लाइसेंस खरीदना होगा।
企业用户须另行购买授权。
企業での利用には別途ライセンスの購入が必要です。
기업은 별도의 라이선스를 구매해야 합니다."""  # noqa: RUF001
TELLS = """\
Orchard only works with Python 3 and needs a compiler.
You must install the model before you run it.
The argument must not be used together with another.
Do not use tabs in the source files.
The model was trained on a cluster of the university.
It cannot be built without the headers of the system.
We do not accept pull requests at the moment.
Free for personal, academic, and commercial use.
It can be used for commercial and non-commercial purposes.
If you use Orchard in your research, please cite our paper.
Training requires a licence-free environment and four days.
Hosting a server does not allow others to run code on your machine.
本项目需要 Python 3 才能运行。
Das Programm läuft nur unter Linux."""


@pytest.mark.parametrize("sentence", TERMS.split("\n"))
def test_a_sentence_of_terms_is_one_wherever_it_stands(sentence):
    assert clauses.said(sentence) is not None


@pytest.mark.parametrize("sentence", TELLS.split("\n"))
def test_a_sentence_that_only_tells_is_none(sentence):
    assert clauses.said(sentence) is None


def test_beside_a_licence_what_may_be_a_term_is_one():
    for sentence in (
        "Ask Jane before you use this at work.",
        "Nobody else may copy it.",
        "Additional conditions apply.",
    ):
        assert clauses.said(sentence) is None or sentence.startswith("Nobody")
        assert clauses.said(sentence, near=True) is not None


def _identified(modelcheck, tmp_path, **files):
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    told = json.loads(modelcheck("identify", tmp_path, *tmp_path.iterdir(), "--format", "json").out)["files"]
    return {item["path"].rpartition("/")[2]: (item["result"], item["document"], item["doubt"]) for item in told}


def test_a_comment_or_a_string_of_code_limits_what_its_header_names(modelcheck, tmp_path):
    head = "# SPDX-License-Identifier: MIT\n"
    found = _identified(
        modelcheck,
        tmp_path,
        a_py=f'{head}def pick():\n    """Banks may not run it."""\n',
        b_py=f'{head}import os\n\nprint("For research use only.")\n',
        c_py=f'{head}def pick():\n    """Pick apples; must not be called twice."""\n',
    )
    assert found == {
        "a.py": ("reference", "mit", "limit"),
        "b.py": ("reference", "mit", "limit"),
        "c.py": ("reference", "mit", None),
    }


def test_a_remark_in_a_list_of_stanzas_limits_what_it_names(modelcheck, tmp_path):
    listing = (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n{}\nFiles: *\nLicense: Expat\n"
    )
    (tmp_path / "copyright").write_text(listing.format("Comment: Companies have to buy\n a licence.\n"))
    said = json.loads(modelcheck("identify", tmp_path / "copyright", "--format", "json").out)["files"][0]
    assert (said["document"], said["doubt"]) == ("mit", "limit")
