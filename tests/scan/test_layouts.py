"""Files of any tool in which a project names a model, and commands that its programs run."""

from collections.abc import Callable

import pytest

from compliance.model import Reference

NAME = "acme/tuned-7b"
GET = f"huggingface-cli download {NAME}"
FILES = [
    (".envrc", f"export EMBEDDING_MODEL={NAME}\n", 1),
    ("app.hocon", f'embedding.model = "{NAME}"\n', 1),
    ("App.xcconfig", f"MODEL_ID = {NAME}\n", 1),
    ("train.gin", f"build.model_name = '{NAME}'\n", 1),
    ("GNUmakefile", f"get:\n\t{GET}\n", 2),
    ("crontab", f"0 0 * * * {GET}\n", 1),
    ("user-data", f"#cloud-config\nruncmd:\n  - {GET}\n", 3),
    ("tool.cwl", f"cwlVersion: v1.2\nbaseCommand: [huggingface-cli, download, {NAME}]\n", 2),
    ("Snakefile", f"rule get:\n    shell: '{GET}'\n", 2),
    ("Tiltfile", f"local_resource('get', '{GET}')\n", 1),
    ("SConstruct", f"Command('m', [], '{GET}')\n", 1),
    ("Rakefile", f"sh '{GET}'\n", 1),
    ("meson.build", f"run_command('huggingface-cli', 'download', '{NAME}')\n", 1),
    ("main.nf", f'process get {{\n  script:\n  """\n  {GET}\n  """\n}}\n', 4),
    ("nextflow.config", f"params.model = '{NAME}'\n", 1),
    (".pre-commit-config.yaml", f"repos:\n- hooks:\n  - id: a\n    entry: python -m app --model {NAME}\n", 4),
    (".travis.yml", f"script:\n  - {GET}\n", 2),
    ("deno.json", f'{{"tasks": {{"get": "{GET}"}}}}\n', 1),
    ("m.dvc", f"deps:\n- path: https://huggingface.co/{NAME}/resolve/main/model.bin\n", 2),
]
RUN = [
    ("a.py", "from airflow.operators.bash import BashOperator\nBashOperator(bash_command='{get}')\n", 2),
    ("noxfile.py", "def lint(session):\n    session.run('huggingface-cli', 'download', '{name}')\n", 2),
    ("a.js", "execSync('{get}');\n", 1),
    ("a.js", "spawn('huggingface-cli', ['download', '{name}'], {{ stdio: 'inherit' }});\n", 1),
    ("a.ts", "await $`{get}`;\n", 1),
    ("a.js", "fetch(`https://router.huggingface.co/hf-inference/models/{name}`);\n", 1),
    ("a.rs", 'Command::new("huggingface-cli").arg("download").arg("{name}").spawn();\n', 1),
    ("a.go", 'exec.CommandContext(ctx, "huggingface-cli", "download", "{name}").Run()\n', 1),
    ("A.java", 'new ProcessBuilder(List.of("huggingface-cli", "download", "{name}")).start();\n', 1),
    ("A.cs", 'Process.Start("huggingface-cli", "download {name}");\n', 1),
    ("a.rb", "system('huggingface-cli', 'download', '{name}')\n", 1),
    ("a.php", "<?php\nshell_exec('{get}');\n", 2),
    ("a.jl", "run(`{get}`)\n", 1),
]


@pytest.mark.parametrize(("name", "text", "line"), FILES)
def test_a_file_of_a_tool_is_read(name: str, text: str, line: int, see: Callable[..., list[Reference]]) -> None:
    found = {(one.resolved.partition("#")[0], one.location.line) for one in see(name, text) if one.gate}
    assert found == {(f"hf:{NAME}", line)}


@pytest.mark.parametrize(("name", "text", "line"), RUN)
def test_a_command_that_a_program_runs_is_read(
    name: str, text: str, line: int, see: Callable[..., list[Reference]]
) -> None:
    found = [one for one in see(name, text.format(get=GET, name=NAME)) if one.gate]
    assert [one.location.line for one in found] == [line]
    assert all((one.resolved or "").endswith(NAME) for one in found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.js", f"console.log('{GET}');\n// execSync('{GET}')\n"),
        ("a.go", f'fmt.Println("{GET}")\n'),
        ("a.rb", f"puts '{GET}'\n"),
        ("a.py", f"print('{GET}')\n"),
    ],
)
def test_a_command_that_is_only_said_is_no_use(name: str, text: str, see: Callable[..., list[Reference]]) -> None:
    assert [one for one in see(name, text) if one.gate] == []


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        ("subprocess.run(['vllm', 'serve', os.environ['WHICH']])", "the environment variable WHICH has no default"),
        ("subprocess.run(f'ollama pull {sys.argv[1]}', shell=True)", "the command line decides"),
        ("os.system('huggingface-cli download ' + settings.name)", "nothing that was read says what settings.name is"),
    ],
)
def test_a_command_that_loads_what_nothing_says_is_unresolved(
    run: str, reason: str, see: Callable[..., list[Reference]]
) -> None:
    found = see("app.py", f"import os, subprocess, sys\n{run}\nsubprocess.run(['git', 'clone', sys.argv[2]])\n")
    assert [(one.resolved, one.location.line, one.how[-1]) for one in found] == [(None, 2, reason)]


def test_a_command_that_loads_what_stands_elsewhere_is_followed(see: Callable[..., list[Reference]]) -> None:
    text = f"import subprocess\nNAME = '{NAME}'\ndef get(which):\n    subprocess.run(['vllm', 'serve', which])\nget(NAME)\n"
    assert [one.resolved for one in see("app.py", text) if one.gate] == [f"hf:{NAME}"]
