"""A value that refers to others names what the document puts in, and is told where nothing does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

KNOWN = {
    "a variable of the document": ("c.yaml", "size: 7b\nmodel_id: acme/base-${size}\n", "hf:acme/base-7b"),
    "a key by its path": (
        "c.yaml",
        "data:\n  split: law\ndataset_name: acme/text-${data.split}\n",
        "hf-dataset:acme/text-law",
    ),
    "a key beside it": ("c.yaml", "run:\n  size: 7b\n  model_id: acme/base-${.size}\n", "hf:acme/base-7b"),
    "a default within the value": ("c.yaml", "model_id: acme/base-${SIZE:-7b}\n", "hf:acme/base-7b"),
    "a whole value under another key": ("c.yaml", "base: acme/base-7b\nmodel_id: ${base}\n", "hf:acme/base-7b"),
    "a matrix of a workflow": (
        ".github/workflows/ci.yml",
        "jobs:\n  a:\n    strategy: {matrix: {which: [acme/base-7b]}}\n    env: {MODEL_ID: '${{ matrix.which }}'}\n",
        "hf:acme/base-7b",
    ),
    "the default of an input": (
        ".github/workflows/ci.yml",
        "on: {workflow_dispatch: {inputs: {which: {default: acme/base-7b}}}}\nenv:\n  MODEL_ID: ${{ inputs.which }}\n",
        "hf:acme/base-7b",
    ),
    "a variable of Terraform": (
        "main.tf",
        'variable "owner" {\n  default = "acme"\n}\nresource "x" "y" {\n  model_id = "${var.owner}/base-7b"\n}\n',
        "hf:acme/base-7b",
    ),
    "a property": ("a.properties", "own.size=7b\nown.model-id=acme/base-${own.size}\n", "hf:acme/base-7b"),
}
OPEN = [
    ("c.yaml", "model_name: ${VLLM_MODEL}\n"),
    ("c.yaml", "model: ${VLLM_MODEL}\n"),
    ("c.yaml", 'model_id: "${ORG}/base-7b"\n'),
    ("c.yaml", "pretrained_model_name_or_path: acme/base-${split}_target\n"),
    ("c.yaml", "dataset_name: acme/text-${split}\n"),
    ("c.yaml", "model_id: ${a}\na: ${b}\nb: ${a}\n"),
    ("c.yaml", "model_id: ${a}\na: ???\n"),
    ("chart/templates/a.yaml", "args:\n  modelId: {{ .Values.engine.modelId }}\n"),
    ("k8s.yaml", "args:\n  - --model-id\n  - $(MODEL_ID)\n"),
    ("compose.yaml", "services:\n  a:\n    environment:\n      MODEL_ID: $OWN_MODEL\n"),
]


@pytest.mark.parametrize("case", KNOWN, ids=str)
def test_what_the_document_gives_is_put_in(case: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    name, text, resolved = KNOWN[case]
    write(name, text)
    assert [item.resolved for item in scan(tmp_path)[0]] == [resolved]


@pytest.mark.parametrize(("name", "text"), OPEN)
def test_what_nothing_gives_is_told_once(name: str, text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write(name, text)
    (found,) = scan(tmp_path)[0]
    assert found.resolved is None
    assert found.how[0].endswith(("has no value here", "is empty here"))


def test_a_variable_that_another_file_sets_is_no_riddle(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("compose.yaml", "services:\n  a:\n    environment:\n      MODEL_ID: ${OWN_MODEL}\n")
    write(".env.example", "OWN_MODEL=acme/base-7b\n")
    write("chart/templates/a.yaml", "modelId: {{ .Values.engine.modelId }}\n")
    write("chart/values.yaml", "engine:\n  modelId: acme/base-7b\n")
    assert {item.resolved for item in scan(tmp_path)[0]} == {"hf:acme/base-7b"}


@pytest.mark.parametrize(
    "text",
    [
        "model_path: ${paths.root}/last.ckpt\n",
        "model_path: ${output_dir}\n",
        "dataset_path: ${DATA}/train\n",
        "model: ${model}\n",
        "defaults:\n  name: base\n  layers: two\nmodel_config: ${defaults}\nmodel_name: ${defaults}\n",
        "output_model: ${name}-tuned\n",
        "model_name: ${project}-${run}\n",
        "api:\n  repo_name: ${{ secrets.REPO_NAME }}\n",
        "title: A ${model_name} for all\n",
    ],
)
def test_places_objects_and_names_being_made_are_no_riddle(
    text: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("c.yaml", text)
    assert scan(tmp_path)[0] == []


def test_commands_of_a_configuration_use_what_their_lines_set(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("ci.yml", "steps:\n  - run: |\n      owner=acme\n      hf download $owner/base-7b\n      ollama pull $1\n")
    assert [(item.resolved, item.location.line) for item in scan(tmp_path)[0]] == [("hf:acme/base-7b", 4), (None, 5)]


def test_values_that_refer_to_each_other_without_end_take_no_time(tmp_path: Path, write: Callable[..., Path]) -> None:
    lines = "".join(f"k{at}: ${{k{at + 1}}}/${{k{at + 1}}}\n" for at in range(400))
    write("c.yaml", f"{lines}k400: x\nmodel_id: ${{k0}}\n" + "model_name: " + "${a}" * 2000 + "\n")
    found, unread = scan(tmp_path)
    assert {item.resolved for item in found} == {None}
    assert unread == []
