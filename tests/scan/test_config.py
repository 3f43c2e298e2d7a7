"""Configuration is read through its keys, with the line of the value."""

from collections.abc import Callable

import pytest

from compliance.model import Reference, Unread


def seen(references: list[Reference]) -> set[tuple[int, str, str | None]]:
    """Where and what the gate sees."""
    return {(item.location.line, item.text, item.resolved) for item in references if item.gate}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "llm:\n  model: acme/base\n", (2, "acme/base", "hf:acme/base")),
        ("a.yaml", "model: ${MODEL:acme/base}\n", (1, "acme/base", "hf:acme/base")),
        ("a.yaml", "openai:\n  model: gpt-4o # not gpt-4\n", (2, "gpt-4o", "openai:gpt-4o")),
        ("a.yaml", "ollama:\n  llm_model: llama3.1\n", (2, "llama3.1", "ollama:llama3.1")),
        ("a.yaml", "azopenai:\n  llm_model: gpt-35-turbo\n", (2, "gpt-35-turbo", "azure:gpt-35-turbo")),
        ("a.yaml", "image: ollama/ollama:latest\n", (1, "ollama/ollama", "docker:ollama/ollama")),
        ("a.yaml", "environment:\n  - LLM=${LLM-llama2}\n# ollama\n", (2, "llama2", "ollama:llama2")),
        ("a.yaml", "env:\n- name: MODEL_ID\n  value: acme/base\n", (3, "acme/base", "hf:acme/base")),
        ("a.yaml", "args:\n- --model\n- acme/base\n", (3, "acme/base", "hf:acme/base")),
        ("a.yaml", "command: serve --lora_weights 'acme/lora'\n", (1, "acme/lora", "hf:acme/lora")),
        ("a.yaml", "run: |\n  ollama pull mistral\n", (2, "mistral", "ollama:mistral")),
        ("a.yaml", "datasets:\n  - path: acme/data\n", (2, "acme/data", "hf-dataset:acme/data")),
        ("a.yaml", "url: hf://acme/base\n", (1, "hf://acme/base", "hf:acme/base")),
        ("a.yaml", "engine: x\nurl: ollama://gemma2:2b\n", (2, "ollama://gemma2:2b", "ollama:gemma2:2b")),
        ("a.yaml", "kind: Model\nspec:\n  url: s3://b/opt\n", (3, "s3://b/opt", "s3://b/opt")),
        ("a.yaml", "openai:\n  models:\n    gpt-4o-mini:\n      max: 1\n", (3, "gpt-4o-mini", "openai:gpt-4o-mini")),
        ("a.yaml", "models:\n  llama3.1-70b:\n    max: 1\n", (2, "llama3.1-70b", "gateway:llama3.1-70b")),
        ("a.yaml", "storageUri: hf://acme/base\n", (1, "hf://acme/base", "hf:acme/base")),
        (
            "a.yaml",
            "repo_id: acme/base-GGUF\nmodel_file: base-Q4.gguf\n",
            (2, "base-Q4.gguf", "hf:acme/base-GGUF#base-Q4.gguf"),
        ),
        ("a.yaml", "a: &x\n  model: acme/base\nb:\n  <<: *x\n", (2, "acme/base", "hf:acme/base")),
        ("config.json", '{\n "_name_or_path": "acme/base",\n "x": NaN\n}', (2, "acme/base", "hf:acme/base")),
        ("config.json", '{"auto_map": {"A": "acme/base--modeling.Model"}}', (1, "acme/base--modeling", "hf:acme/base")),
        ("a.yaml", "x: &x acme/base\nllm:\n  model: *x\n", (1, "acme/base", "hf:acme/base")),
        ("a.yaml", "x: &x [acme/base]\nmodels: *x\n", (1, "acme/base", "hf:acme/base")),
        ("a.yaml", "x: &x {name: acme/base}\nmodel:\n  <<: [*x]\n", (1, "acme/base", "hf:acme/base")),
        ("a.toml", '[llm]\nmodel = "acme/base" # here\n', (2, "acme/base", "hf:acme/base")),
        ("a.ini", '[llm]\nmodel = acme/base ; the "fast" one\n', (2, "acme/base", "hf:acme/base")),
        ("a.conf", 'command=vllm serve acme/base --host "0.0.0.0"\n', (1, "acme/base", "hf:acme/base")),
        ("a.properties", "x.open-ai.chat-model.model-name=gpt-4o\n", (1, "gpt-4o", "openai:gpt-4o")),
        ("a.properties", "x.azure-open-ai.deployment-name=gpt-4o\n", (1, "gpt-4o", "azure:gpt-4o")),
        (".env", "MODEL_ID=acme/base\n", (1, "acme/base", "hf:acme/base")),
        ("env.example", "LLM=llama2 #or gpt-4, of Ollama\n", (1, "llama2", "ollama:llama2")),
        ("chart.yaml", "{{- if .x }}\nmodel: acme/base\n{{- end }}\n", (2, "acme/base", "hf:acme/base")),
    ],
)
def test_a_model_under_its_key_is_found_with_its_line(
    see: Callable[..., list[Reference]], name: str | None, text: str | bytes, expected: tuple[int, str, str]
) -> None:
    assert expected in seen(see(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "prompt_style: llama3\n"),
        ("a.yaml", "user: neo4j:neo4j\nimage: neo4j:5.26\n"),
        ("a.yaml", "uses: actions/checkout@v4\nmodel_type: bert\n"),
        ("a.yaml", "output_dir: data/acme-7b\nhub_model_id: acme/base-7b-new\n"),
        ("a.yaml", "volumes:\n  - models:/root/.cache\n"),
        ("a.yaml", "llm_endpoint_name: huggingface-pytorch-tgi-inference-2023-09-25\n"),
        ("a.yaml", "llm:\n  mode: llamacpp\n"),
        ("pyproject.toml", '[tool.poetry.extras]\nmistral = ["acme"]\n'),
    ],
)
def test_settings_beside_models_are_none(
    see: Callable[..., list[Reference]], name: str | None, text: str | bytes
) -> None:
    assert seen(see(name, text)) == set()


def test_a_remark_behind_a_value_is_no_value(see: Callable[..., list[Reference]]) -> None:
    assert seen(see("a.toml", 'model = "gpt-4o" # was "gpt-4o-mini"\n')) == {(1, "gpt-4o", "openai:gpt-4o")}


def test_a_commented_key_is_a_comment(see: Callable[..., list[Reference]]) -> None:
    found = see("a.yaml", "# tokenizer: meta-llama/Llama-3.1-8B\n")
    assert [(item.location.role, item.gate) for item in found] == [("comment", False)]


def test_what_is_switched_off_is_an_option(see: Callable[..., list[Reference]]) -> None:
    found = see("a.yaml", "rerank:\n  enabled: false\n  model: acme/base\n")
    assert [(item.location.role, item.gate) for item in found] == [("option", True)]


def test_aliases_that_expand_without_end_are_noted(
    see: Callable[..., list[Reference]], unread: Callable[..., list[Unread]]
) -> None:
    bomb = "model: acme/base\na: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "aliases expand" in unread("a.yaml", bomb)[0].reason
    assert seen(see("a.yaml", bomb)) == {(1, "acme/base", "hf:acme/base")}


def test_depth_has_an_end(unread: Callable[..., list[Unread]]) -> None:
    assert "deeper" in unread("a.json", '{"model": ' + "[" * 5000)[0].reason
    assert "deeper" in unread("a.yaml", "model: " + "[" * 5000)[0].reason


def test_a_command_of_a_configuration_fetches_what_its_url_says(see: Callable[..., list[Reference]]) -> None:
    text = (
        "steps:\n  - run: curl -L -o a.gguf https://huggingface.co/acme-lab/models/resolve/main/a.gguf\n"
        "  - run: |\n      wget -q \\\n        https://huggingface.co/acme-lab/other/resolve/main/b.gguf\n"
        "  - run: echo see https://huggingface.co/acme-lab/third for the model\n"
    )
    found = [(item.resolved, item.location.line) for item in see("ci.yml", text) if item.gate]
    assert found == [("hf:acme-lab/models#a.gguf", 2), ("hf:acme-lab/other#b.gguf", 5)]


@pytest.mark.parametrize("key", ["cmds", "setup_cmds", "startCommand", "entry", "post_start"])
def test_a_key_that_holds_a_command_holds_it_word_by_word_in_every_language(
    see: Callable[..., list[Reference]], key: str
) -> None:
    see("job.yaml", f"job:\n  {key}: [ollama, pull, mistral]\n")
    found = see("job.py", f'job({key}=["ollama", "pull", "mistral"])\n')
    assert [(item.location.path, item.resolved, item.gate) for item in found] == [
        ("job.py", "ollama:mistral", True),
        ("job.yaml", "ollama:mistral", True),
    ]


def test_the_host_of_the_hub_is_a_scheme(see: Callable[..., list[Reference]]) -> None:
    found = see(
        "A.java", 'var options = ChatOptions.builder().model("hf.co/acme-lab/base-GGUF:Q4_K_M").build(); // model\n'
    )
    assert [(item.text, item.resolved) for item in found if item.gate] == [
        ("hf.co/acme-lab/base-GGUF:Q4_K_M", "hf:acme-lab/base-GGUF#Q4_K_M")
    ]
