"""Files that other files hold as texts are read as what they would be, each name where it stands."""

import json

import pytest

CONFIG_MAP = """\
kind: ConfigMap
data:
  main.py: |
    from transformers import pipeline
    pipe = pipeline("text-generation", model="acme/odd-name")
  Modelfile: |
    FROM mistral
    PARAMETER temperature 0.1
  app.conf: |
    model = gpt-4.1-mini
  notes.txt: |
    from transformers import pipeline
    pipe = pipeline("text-generation", model="acme/only-a-note")
"""

LAMBDA = """\
Code:
  ZipFile: |
    import boto3
    boto3.client("bedrock-runtime").invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0")
"""

WRITTEN = """\
write_files:
  - path: /opt/serve.py
    content: |
      from vllm import LLM
      llm = LLM(model="acme/served")
  - path: /opt/notes.txt
    content: |
      from vllm import LLM
      llm = LLM(model="acme/only-told")
"""

STEP = """\
steps:
  - run: |
      set -e
      python3 - <<'END'
      from transformers import pipeline
      pipe = pipeline("text-generation", model="acme/piped")
      END
"""

SHELL = """\
cat > /tmp/Modelfile <<EOF
FROM llama3.1
PARAMETER num_ctx 8192
EOF
cat <<'YAML' | tee -a app.yaml
llm:
  model_name: acme/of-yaml
YAML
python3 - <<END
from transformers import pipeline
pipe = pipeline("text-generation", model="acme/piped")
END
echo "FROM mistral" > Modelfile
echo "Usage: run.py --model meta-llama/Llama-2-7b-hf"
x=$((1<<4))
ollama pull phi3
"""

SEED = """\
INSERT INTO settings (key, value) VALUES ('llm', '{"provider": "openai",
  "model": "gpt-4o-mini"}');
INSERT INTO configs VALUES (1, '{"repo_id": "acme/of-sql"}'::jsonb);
"""

NODE = {"nodes": [{"parameters": {"jsCode": 'const e = new OllamaEmbeddings({\n  model: "nomic-embed-text"\n});'}}]}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("map.yaml", CONFIG_MAP, {(5, "hf:acme/odd-name"), (7, "ollama:mistral"), (10, "openai:gpt-4.1-mini")}),
        ("cfn.yaml", LAMBDA, {(4, "bedrock:anthropic.claude-3-haiku-20240307-v1:0")}),
        ("cloud.yaml", WRITTEN, {(5, "hf:acme/served")}),
        (".github/workflows/ci.yml", STEP, {(6, "hf:acme/piped")}),
        ("run.sh", SHELL, {(2, "ollama:llama3.1"), (7, "hf:acme/of-yaml"), (11, "hf:acme/piped"),
                           (13, "ollama:mistral"), (16, "ollama:phi3")}),
        ("seed.sql", SEED, {(2, "openai:gpt-4o-mini"), (3, "hf:acme/of-sql")}),
        ("flow.json", json.dumps(NODE), {(1, "ollama:nomic-embed-text")}),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)  # fmt: skip
def test_a_file_that_another_holds_is_read_as_what_it_would_be(name, text, expected, see):
    assert {(item.location.line, item.resolved) for item in see(name, text) if item.gate} == expected
