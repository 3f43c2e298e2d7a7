"""Models that a project has without naming one: those of libraries, of registries, in archives, behind paths."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.model import Reference
from compliance.scan import scan

See = Callable[..., list[Reference]]
Write = Callable[[str, str | bytes], Path]
HEAD = "import os\nfrom pathlib import Path\nfrom transformers import AutoModel\n"
NAME = "acme/tuned-7b"


def _told(found: list[Reference]) -> list[tuple[str, str | None, int]]:
    """What gates or is open, each with its line."""
    return [
        (one.text, one.resolved, one.location.line)
        for one in found
        if one.gate or (one.resolved is None and one.location.role == "used")
    ]


@pytest.mark.parametrize(
    ("text", "name", "resolved", "line"),
    [
        ("from nudenet import NudeDetector\nNudeDetector()\n", "nudenet", None, 1),
        ("import os\nimport face_alignment\n", "face_alignment", None, 2),
        ("from df.enhance import init_df\nfrom df.enhance import enhance\n", "df.enhance", None, 1),
        ("from f5_tts.api import F5TTS\nF5TTS()\n", "f5_tts.api", "hf:SWivid/F5-TTS", 1),
        ("from birdnetlib.analyzer import Analyzer\n", "birdnetlib", None, 1),
        ("from deepface import DeepFace\nDeepFace.extract_faces('a.jpg')\n", "extract_faces()", None, 2),
        ("from txtai import Embeddings\nEmbeddings()\n", "Embeddings()", None, 2),
    ],
)
def test_a_library_that_comes_with_weights_is_told_once_where_it_is_imported(
    text: str, name: str, resolved: str | None, line: int, see: See
) -> None:
    assert _told(see("a.py", text)) == [(name, resolved, line)]


@pytest.mark.parametrize(
    "text",
    [
        "from .bark import preload_models\n",
        "def bark():\n    return 'woof'\nbark()\n",
        "from mmdet.apis import init_detector\n",
        "from own.nudenet import NudeDetector\n",
    ],
)
def test_what_is_only_called_like_such_a_library_is_none(text: str, see: See) -> None:
    assert _told(see("a.py", text)) == []


def test_a_library_that_is_the_project_itself_is_not_told(see: See, write: Write) -> None:
    write("src/demucs/apply.py", "from demucs.states import load\n")
    assert _told(see("run.py", "import demucs\n"))
    assert _told(see("src/demucs/__init__.py", "")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import wandb\nwandb.use_artifact('a/p/llm:v3').download()\n", "a/p/llm:v3"),
        ("import wandb\nwandb.Api().artifact('a/p/llm:v3')\n", "a/p/llm:v3"),
        ("import wandb\nwandb.init().use_artifact(f'{team}/llm:v3')\n", "use_artifact()"),
        ("import mlflow\nmlflow.pyfunc.load_model('models:/translator/Production')\n", "models:/translator/Production"),
        ("from clearml import InputModel\nInputModel(model_id='ab12')\n", "ab12"),
        ("import comet_ml\ncomet_ml.API().get_model('w', 'translator')\n", "translator"),
    ],
)
def test_what_a_registry_of_models_keeps_is_told(text: str, name: str, see: See) -> None:
    assert [(one, line) for one, _, line in _told(see("a.py", text))] == [(name, 2)]


def test_what_is_only_written_to_a_registry_is_not_told(see: See) -> None:
    text = "import wandb\nrun = wandb.init()\nrun.log_artifact(wandb.Artifact('own', type='model'))\n"
    assert _told(see("a.py", text)) == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("os.path.join('models', 'tuned')", "models/tuned"),
        ("os.path.join('models', choice)", "./models"),
        ("os.path.join(os.path.dirname(__file__), 'models', 'tuned')", "models/tuned"),
        ("Path(__file__).parent / 'models' / 'tuned'", "models/tuned"),
        ("str(Path('models').joinpath('tuned'))", "models/tuned"),
        ("os.path.join(ROOT, 'models', 'tuned')", "models/tuned"),
    ],
)
def test_a_folder_by_a_path_that_code_puts_together_is_told_unless_it_is_there_and_not_ignored(
    path: str, told: str, tmp_path: Path, write: Write
) -> None:
    write("app.py", f"{HEAD}ROOT = Path(__file__).resolve().parent\nAutoModel.from_pretrained({path})\n")
    assert [(name, line) for name, _, line in _told(scan(tmp_path)[0])] == [(told, 5)]
    write("models/tuned/config.json", "{}")
    assert _told(scan(tmp_path)[0]) == []
    write(".gitignore", "models/\n")
    assert [(name, line) for name, _, line in _told(scan(tmp_path)[0])] == [(told, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "out = 'runs'\nTrainer().save_model(os.path.join(out, 'last'))\nAutoModel.from_pretrained(os.path.join(out, 'last'))\n",
        "out = 'runs'\nTrainingArguments(output_dir=out)\nAutoModel.from_pretrained(os.path.join(out, 'last'))\n",
        "AutoModel.from_pretrained(os.path.join(args.folder, 'last'))\n",
        "AutoModel.from_pretrained(Path(tempfile.mkdtemp()) / 'last')\n",
    ],
)
def test_a_path_to_what_the_project_writes_or_a_caller_gives_is_no_riddle(text: str, see: See) -> None:
    assert _told(see("app.py", HEAD + text)) == []


def test_a_name_under_which_something_was_saved_is_no_folder_of_the_same_name_elsewhere(see: See) -> None:
    text = "name = 'tuned'\nm = AutoModel.from_pretrained(os.path.join('models', name))\nm.save_pretrained(name)\n"
    assert [name for name, *_ in _told(see("app.py", HEAD + text))] == ["models/tuned"]


def test_a_file_of_weights_by_such_a_path_is_told_as_if_it_were_written_out(see: See) -> None:
    text = "import os\nimport onnxruntime\nonnxruntime.InferenceSession(os.path.join('weights', 'faces.onnx'))\n"
    assert _told(see("app.py", text)) == [("weights/faces.onnx", "file:weights/faces.onnx", 3)]


HELD = {"pkg/model.safetensors": b"\x02" + b"\0" * 7 + b"{}", "pkg/notes.txt": b"x"}


def _zip(method: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in HELD.items():
            archive.writestr(name, data)
    return made.getvalue()


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in HELD.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wheels/own-1.0-py3-none-any.whl", _zip(zipfile.ZIP_DEFLATED)),
        ("model.zip", _zip(zipfile.ZIP_STORED)),
        ("model.tar", _tar()),
    ],
)
def test_an_archive_shows_the_weights_in_it(name: str, data: bytes, see: See) -> None:
    told = {(text, resolved) for text, resolved, _ in _told(see(name, data))}
    assert told == {("model.safetensors", f"bundled:{name}!/pkg/model.safetensors")}


def test_an_archive_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"an archive was unpacked: {arguments}")

    packed = _zip(zipfile.ZIP_DEFLATED)
    for name in ("decompress", "decompressobj"):
        monkeypatch.setattr(zlib, name, refuse)
    assert _told(see("model.zip", packed))


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 40, b"ustar", b"\0" * 257 + b"ustar" + b"\xff" * 40]
)
def test_an_archive_that_is_broken_or_holds_no_weights_is_quiet(data: bytes, tmp_path: Path, write: Write) -> None:
    write("a.zip", data)
    write("a.tar", data)
    assert scan(tmp_path) == ([], [])


PLACES = [
    ("conf/part.yaml", "name: facebook/nllb-200-distilled-600M\n", ("hf:facebook/nllb-200-distilled-600M", 1)),
    ("app.yaml", "a: 1\nmodel_name: !secret chosen\n", (None, 2)),
    ("notes.org", f"#+begin_src python :tangle a.py\nAutoModel.from_pretrained('{NAME}')\n#+end_src\n", (f"hf:{NAME}", 2)),
    (".vscode/tasks.json", f'{{"tasks": [\n{{"command": "hf download {NAME}"}}]}}\n', (f"hf:{NAME}", 2)),
    ("data/dataset_info.json", '{"own": {\n"hf_hub_url": "acme/talk"}}\n', ("hf-dataset:acme/talk", 2)),
    ("compose.yaml", f"services:\n  a:\n    image: vllm/vllm-openai:v0.11\n    command: >\n      {NAME}\n      --port 80\n",
     (f"hf:{NAME}", 5)),
    ("k8s.yaml", f'containers:\n- image: vllm/vllm-openai\n  args: ["{NAME}", "--port", "80"]\n', (f"hf:{NAME}", 3)),
    ("swap.yaml", "models:\n  a:\n    cmd: llama-server --port ${PORT} -m /models/mistral-7b-q4.gguf\n",
     ("file:mistral-7b-q4.gguf", 3)),
    ("run.sh", "llama-server -m /models/model.gguf\n", (None, 1)),
    ("a.ts", "await replicate.run('acme/sing:0a1b2c3d', {});\n", ("replicate:acme/sing", 1)),
    ("m.sql", f"CREATE MODEL a.b OPTIONS (\nHUGGING_FACE_MODEL_ID = '{NAME}');\n", (f"hf:{NAME}", 2)),
    (".claude/agents/a.md", "---\nname: a\nmodel: opus\n---\nx\n", ("anthropic:opus", 3)),
    ("get.sh", "gdown 1fbE5A0B1C -O inswapper_128.onnx\n", ("file:inswapper_128.onnx", 1)),
    ("a.py", "from cached_path import cached_path\ncached_path('hf://acme/speak-7b/v1/model.safetensors')\n",
     ("hf:acme/speak-7b#v1/model.safetensors", 2)),
    ("a.py", "import ctranslate2\nctranslate2.Translator('models/tuned')\n", ("file:models/tuned", 2)),
    ("a.py", "import instructor\ninstructor.from_provider('ollama/aya-expanse:8b')\n", ("ollama:aya-expanse:8b", 2)),
    ("A.java", "import dev.langchain4j.model.openai.*;\nObject m = OpenAiChatModel.builder().apiKey(k).build();\n",
     (None, 2)),
    ("build_sam.py", "from sam2.build_sam import build_sam2\nbuild_sam2('c.yaml', 'sam2.1_hiera_large.pt')\n",
     ("file:sam2.1_hiera_large.pt", 2)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), PLACES, ids=[name for name, _, _ in PLACES])
def test_a_place_of_today_is_read(name: str, text: str, told: tuple[str | None, int], see: See) -> None:
    assert told in [(resolved, line) for _, resolved, line in _told(see(name, text))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.org", f"#+begin_src python\nAutoModel.from_pretrained('{NAME}')\n#+end_src\n"),
        ("notes.org", f"#+begin_src sh :tangle no\nhf download {NAME}\n#+end_src\n"),
        (
            "A.java",
            "import dev.langchain4j.*;\nObject m = OpenAiChatModel.builder().apiKey(k).modelName(name).build();\n",
        ),
        ("a.yaml", "model_name: !include own.yaml\n"),
        ("a.yaml", "model_name: !ref <chosen>\n"),
        (".vscode/settings.json", '{"editor.tabSize": 2, "python.languageServer": "Pylance"}\n'),
        ("k8s.yaml", 'containers:\n- image: own/vllm\n  command: ["python3", "-m", "own.server"]\n'),
    ],
)
def test_a_place_that_only_shows_or_leads_to_what_is_read_by_itself_is_quiet(name: str, text: str, see: See) -> None:
    assert _told(see(name, text)) == []


def test_a_program_in_a_script_of_a_workflow_is_read_as_far_in_as_it_stands(tmp_path: Path, write: Write) -> None:
    program = f"        python - <<'EOF'\n        import os\n        AutoModel.from_pretrained('{NAME}')\n        EOF\n"
    write(".github/workflows/a.yml", f"jobs:\n  a:\n    steps:\n    - run: |\n{program}")
    found, unread = scan(tmp_path)
    assert unread == []
    assert [(one.resolved, one.location.line, one.location.column) for one in found] == [(f"hf:{NAME}", 7, 36)]


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("a.ts", "const r = await create({\n model: process.env.MODEL!, messages });\n", "process.env.MODEL"),
        ("a.ts", "import 'openai';\nconst m = process.env['LLM_MODEL'];\n", "process.env['LLM_MODEL"),
        ("a.go", 'c := openai.Request{\nModel: os.Getenv("MODEL")}\n', 'os.Getenv("MODEL'),
        ("a.rs", 'use hf_hub::api;\nlet m = std::env::var("MODEL_ID").unwrap();\n', 'env::var("MODEL_ID'),
        ("A.java", 'class A {\nObject m = b.modelName(System.getenv("CHAT_MODEL")); }\n', 'System.getenv("CHAT_MODEL'),
        ("P.cs", 'var c =\nclient.GetChatClient(config["Ai:ChatModel"]);\n', 'config["Ai:ChatModel"]'),
    ],
)
def test_a_setting_that_decides_which_model_is_asked_is_open_until_a_file_says_it(
    name: str, text: str, shown: str, tmp_path: Path, write: Write
) -> None:
    write(name, text)
    assert [(one, line) for one, _, line in _told(scan(tmp_path)[0])] == [(shown, 2)]
    write(".env", f"MODEL={NAME}\nLLM_MODEL={NAME}\nMODEL_ID={NAME}\nCHAT_MODEL={NAME}\n")
    write("appsettings.json", f'{{"Ai": {{"ChatModel": "{NAME}"}}}}\n')
    assert {line for _, resolved, line in _told(scan(tmp_path)[0]) if resolved is None} == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ts", "const m = process.env.EMBEDDING_MODEL || pick();\n"),
        ("a.ts", "const model = process.env.CAR_MODEL;\nconst viewModel = process.env.VIEW;\n"),
        ("a.test.ts", "create({ model: process.env.MODEL });\n"),
        ("a.ts", "// create({ model: process.env.MODEL })\n"),
        ("a.tsx", "const m = ragConfig['Embedder'].components;\n"),
        ("a.rs", '#[cfg(test)]\nmod t { fn f() { std::env::var("LLM_MODEL"); } }\n'),
        ("a.php", "<?php\n$m = env('CHAT_MODEL', pick());\n"),
    ],
)
def test_a_setting_that_has_a_default_or_holds_no_model_is_no_riddle(name: str, text: str, see: See) -> None:
    assert _told(see(name, text)) == []
