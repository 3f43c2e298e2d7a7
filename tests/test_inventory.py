"""What is assessed: a file of a repository is under the repository's terms, its bare name only beside it."""

import json

import pytest

TAKE = 'hf_hub_download(repo_id="bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", filename="{}")\n'
FILE = "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf"


@pytest.fixture
def audited(modelcheck, tmp_path):
    def audit(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text("from huggingface_hub import hf_hub_download\n" + text)
        report = json.loads(modelcheck("audit", tmp_path, "--fact", "commercial=true", "--format", "json").out)
        return [item["subject"] for item in report["assessments"]], [item["text"] for item in report["unresolved"]]

    return audit


def test_a_file_of_a_known_repository_is_held_to_its_terms(audited):
    assert audited(app=TAKE.format(FILE)) == (["bartowski/Meta-Llama-3.1-8B-Instruct-GGUF"], [])


def test_its_bare_name_beside_it_is_the_same_file(audited):
    assert audited(app=TAKE.format(FILE) + f'MODEL = "{FILE}"\n')[1] == []


def test_a_file_of_that_name_elsewhere_may_be_another(audited):
    name = "other-7b-q4_k_m.gguf"
    known, unresolved = audited(app=TAKE.format(name), other=f'MODEL = "{name}"\n')
    assert (known, unresolved) == (["bartowski/Meta-Llama-3.1-8B-Instruct-GGUF"], [name])


def test_a_file_of_a_repository_that_is_not_known_stays_unresolved(audited):
    known, unresolved = audited(app='hf_hub_download(repo_id="acme/tuned-gguf", filename="tuned.gguf")\n')
    assert (known, len(unresolved) > 0) == ([], True)
