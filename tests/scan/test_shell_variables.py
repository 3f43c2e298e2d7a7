"""Variables of scripts: what the lines before set is put in, and what they do not is never cut to another name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

KNOWN = {
    "a loop": (
        "for size in 1b 7b; do\n  model_path=acme/base-${size}\ndone\n",
        {"hf:acme/base-1b", "hf:acme/base-7b"},
    ),
    "an array over lines": (
        'sizes=(\n  "1b" # small\n  "7b"\n)\nfor s in "${sizes[@]}"; do\n  MODEL_ID="acme/base-$s"\ndone\n',
        {"hf:acme/base-1b", "hf:acme/base-7b"},
    ),
    "an option": ("owner=acme\nvllm serve --model $owner/base-7b\n", {"hf:acme/base-7b"}),
    "a default": ("MODEL_ID=acme/base-${SIZE:-7b}\n", {"hf:acme/base-7b"}),
    "an address of weights": (
        'BASE="https://files.example.org/v1"\nsmall="${BASE}/small.pth"\nwget -q $small\nwget ${BASE}/large.pth\n',
        {"https://files.example.org/v1/small.pth", "https://files.example.org/v1/large.pth"},
    ),
    "an address of the Hub": (
        "R=acme/base-gguf\ncurl -LO https://huggingface.co/$R/resolve/main/base.gguf\n",
        {"hf:acme/base-gguf#base.gguf"},
    ),
    "a name that is pulled": (
        "for m in llama3.2 qwen3; do\n  ollama pull $m\ndone\n",
        {"ollama:llama3.2", "ollama:qwen3"},
    ),
    "a later value": ("owner=old\nowner=acme\nMODEL_ID=$owner/base-7b\n", {"hf:acme/base-7b"}),
}
OPEN = [
    "MODEL_ID=acme/base-${SIZE}\n",
    "python train.py --model_name_or_path acme/base-$1\n",
    "ollama pull $1\n",
    'vllm serve "$WHICH" --port 8000\n',
    "wget ${SITE}/large.pth\n",
    "curl -L https://huggingface.co/$REPO/resolve/main/$FILE -o model.gguf\n",
]


@pytest.mark.parametrize("case", KNOWN, ids=str)
def test_what_the_lines_before_set_is_put_in(case: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    text, resolved = KNOWN[case]
    write("run.sh", text)
    found = scan(tmp_path)[0]
    assert {item.resolved for item in found} == resolved
    assert len(found) == len(resolved)


@pytest.mark.parametrize("text", OPEN)
def test_what_no_line_sets_is_told_and_nothing_else(text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write("run.sh", f"# a model\n{text}")
    (found,) = scan(tmp_path)[0]
    assert found.resolved is None
    assert " says what " in found.how[0]


@pytest.mark.parametrize(
    "text",
    [
        "MODEL_PATH=$HOME/models/own\n",
        "model_path=${OUTPUT_DIR}/last\n",
        "MODEL=$1\npython train.py --model $MODEL\n",
        "output_model=acme/base-${SIZE}\n",
        "wget https://example.org/a.zip -O ${DIR}/weights.pth\n",
        "ADD a.pth ${APP_ROOT}/checkpoints/a.pth\n",
        "task_name=tofu_${model}_${split}\n",
    ],
)
def test_places_and_names_of_other_things_are_no_riddle(text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write("run.sh", f"# a model\n{text}")
    assert [item for item in scan(tmp_path)[0] if item.location.role != "comment"] == []


def test_a_variable_that_another_file_sets_is_no_riddle(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("run.sh", 'vllm serve "$SERVED_MODEL"\n')
    write(".env", "SERVED_MODEL=acme/base-7b\n")
    assert [item.resolved for item in scan(tmp_path)[0]] == ["hf:acme/base-7b"]


def test_variables_that_grow_without_end_take_no_time(tmp_path: Path, write: Callable[..., Path]) -> None:
    lines = "a0='1 2'\n" + "".join(f"a{at + 1}=$a{at}$a{at}$a{at}\n" for at in range(300))
    loops = (
        "for x in 1 2 3 4 5 6 7 8 9; do\nfor y in $x$x$x$x$x$x$x$x $x; do\nmodel_id=acme/b-$x$y$x$y$x$y$x$y$x\ndone\n"
    )
    write("run.sh", lines + loops * 30 + "model_id=$" * 900 + "\n" + "${a" * 3000 + "\n" + "--model $x" * 900 + "\n")
    assert not any("seconds" in item.reason for item in scan(tmp_path)[1])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.sh", "for m in {names}\ndo\n  ollama pull $m\ndone\n"),
        ("a.sh", "for m in {names}\ndo\n  hf download acme/$m\ndone\n"),
        ("a.yaml", "matrix:\n  size: [{listed}]\nMODEL_ID: acme/${{{{ matrix.size }}}}\n"),
    ],
)
@pytest.mark.parametrize(("count", "is_open"), [(30, False), (70, True)])
def test_of_more_values_than_are_followed_the_rest_is_told(see, name, text, count, is_open):
    names = [f"tuned{number}:7b" if "ollama" in text else f"tuned-{number}b" for number in range(count)]
    found = see(name, text.format(names=" ".join(names), listed=", ".join(names)))
    assert len({item.resolved for item in found if item.gate}) == min(count, 64 if name == "a.sh" else 32)
    assert ["more than" in item.how[-1] for item in found if item.resolved is None] == [True] * is_open
