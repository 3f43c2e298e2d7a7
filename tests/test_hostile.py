"""A project whose every name, field and reason is an attack: no output of any command carries one of them out."""

import csv
import io
import json
import re
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import harmless, notice
from compliance.cli import main
from compliance.model import Document, Rule
from compliance.report import FORMATS

STEER = "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\\x1b[2J\x9b31m\x07\x7f\u202e\u061c\xad\ufeff"
HTML = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg/onload=a>"
MARKDOWN = "[c](javascript:alert(1))![i](http://evil/p.png)|`x`~~$y$"
ORDERS = "\n::error::x\n  ::stop-commands::x\r::add-mask::permitted\n##[error]x ##vso[task.setvariable variable=a]b ##teamcity[x]"
ALL = HTML + MARKDOWN + STEER + ORDERS
IDS = [f"evil/{ALL}", "=cmd|calc!A1", "+evil/x", "@SUM(A1)", "-x", " =x", "\uff1dx", "../../../etc/passwd", "::error::x/y", "evil/..\\..\\x",
       "a\x00b/c", f"evil/{'L' * 300}", "##vso[task.x]y/z"]  # fmt: skip
FILES = ["e<img src=x onerror=alert(1)>|`[c](javascript:x)\x1b[2J\x9b31m\u202e\n::error::pwned\r::x", "=cmd", "-x", "@y", "::error::f",
         "##vso[task.complete]f", "a,line=9,title=x", "%0A::error", "x\nuse: {commercial: false}\n#"]  # fmt: skip
AT = ("--as-of", "2026-11-24")
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
DATA = {"json", "jsonl", "sarif", "gitlab", "cyclonedx", "spdx", "spdx3"}


def _bom():
    def part(name, **more):
        return {"type": "machine-learning-model", "bom-ref": ALL + name, "name": name, "group": ALL, "version": ALL, "publisher": ALL,
                "licenses": [{"license": {"name": ALL, "url": "javascript:alert(1)"}}], "description": ALL,
                "externalReferences": [{"type": "website", "url": "javascript:alert(1)"}], **more}  # fmt: skip

    parts = [part("google/gemma-2-9b", purl="pkg:huggingface/google/gemma-2-9b"), part(ALL), part("=cmd"), part("../../etc/passwd"),
             part("x", purl="pkg:huggingface/evil/%1b%5b2J%0a::error::x%3Cb%3E")]  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"type": "application", "name": ALL}},
        "components": parts,
    }


def _settings():
    licenses = ("MIT", "Apache-2.0", "gemma-terms-2024-04-01", "deepseek-model-1.0")
    models = [{"id": name, "license": licenses[place % 4], "because": ALL} for place, name in enumerate(IDS)]
    models += [{"id": f"own{place}/{name.replace('/', '_')}", "use": {"derivative_name": ALL + str(place)},
                "parents": [{"id": name, "relation": "finetune"}, {"id": f"nowhere/{name}", "relation": "merge"}]}
               for place, name in enumerate(IDS)]  # fmt: skip
    waiver = {"rule": "mit#notice", "subject": IDS[0], "reason": f"={ALL}", "owner": f"@{ALL}", "until": "2099-01-01"}
    return {"use": {"commercial": True, "distribution": ["weights", "hosted-service"], "organization_country": "DE"}, "models": models,
            "policies": ["default", "own.yaml"], "waivers": [waiver]}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    told = {"effect": "prohibition", "summary": ALL, "remedy": ALL}
    rules = [
        {"id": "bad", "disputed": ALL, **told},
        {**told, "id": "dd", "effect": "duty", "summary": f"={ALL}", "section": ALL},
    ]
    card = {
        "license": "other",
        "license_name": ALL,
        "license_link": "javascript:alert(1)",
        "base_model": ["google/gemma-2-9b"],
        "model_name": ALL,
    }
    report = {"schema": "modelcheck/report/1", "findings": [], "unresolved": [], "unread": [], "assessments": [
        {"subject": ALL, "access": "weights", "verdict": "permitted", "rules": [], "review": [], "locations": []}]}  # fmt: skip
    texts = {
        "project/modelcheck.yaml": json.dumps(_settings()),
        "project/own.yaml": json.dumps({"id": "own", "title": ALL, "kind": "policy", "rules": rules}),
        "project/cfg.yaml": f"model_name: {json.dumps('nobody/' + ALL)}\nmodel_id: google/gemma-2-9b\n",
        "project/README.md": "---\n" + json.dumps(card) + "\n---\n# " + ALL,
        "project/m/README.md": "---\n" + json.dumps(card) + "\n---\n",
        "project/m/adapter_config.json": '{"base_model_name_or_path": "nobody/<b>x", "peft_type": "LORA"}',
        "project/m/LICENSE": "Gemma is provided under and subject to the Gemma Terms of Use " + ALL,
        "project/bom.json": json.dumps(_bom()), "bom.json": json.dumps(_bom()),
        "bare/app.py": "AutoModel.from_pretrained('google/gemma-2-9b')\nAutoModel.from_pretrained('nobody/<b>x')\n",
        "use.yaml": "use: {commercial: true, distribution: [hosted-service]}\n",
        "bad.yaml": json.dumps({"use": {ALL: ALL}, "models": [{"id": ALL, "z" + ALL: 1}], "waivers": [{ALL: ALL}]}),
        "badpolicy.yaml": json.dumps({"id": ALL, "title": ALL, "kind": ALL, "rules": [{"id": ALL, "effect": ALL, "when": {ALL: ALL}}]}),
        "cases.yaml": f"cases:\n- {{case: {json.dumps(ALL)}, license: mit, facts: {{commercial: true}}, action: run, verdict: prohibited}}\n",
        "old.json": json.dumps(report), "new.json": json.dumps(report).replace('"permitted"', '"prohibited"'),
    }  # fmt: skip
    for name in FILES:
        texts[f"project/{name}.py"] = texts[f"bare/{name}.py"] = "AutoModel.from_pretrained('nobody/zz')\n"
        texts[f"project/{name}/LICENSE"] = f"MIT License {ALL}\n\nPermission is hereby granted, free of charge {ALL}\n"
        texts[f"project/{name}.json"] = "{"
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture
def run(world, monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.chdir(world)
        monkeypatch.setattr(sys, "argv", ["modelcheck", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        assert end.value.code in {None, 0, 1, 2, 3}, told.err
        assert _leaks("terminal", told.err) == []
        return told.out

    return run


def _leaks(form, text, *, log=True):
    """What of the attacks a text lets through; orders count where it stands in a log."""
    found = []
    if form not in DATA and (sign := UNSEEN.search(text)):
        found.append(f"a control character: {text[max(0, sign.start() - 60) : sign.end()]!r}")
    if log and form != "github":
        found += [f"an order: {line[:80]!r}" for line in text.split("\n") if line.lstrip().startswith("::")]
        found += re.findall(r"##[\w.-]*\[.*", text)
    elif log and not all(
        re.match(r"::(error|warning|notice) file=[^,:]*,line=\d+,title=[^,:]*::|modelcheck: ", line)
        for line in text.splitlines()
    ):
        found.append("an annotation of others")
    if form in {"html", "markdown"}:
        found += [tag for tag in ("<img", "<script>alert", "<svg/") if tag in text]
        found += re.findall(r'(?:href|src)="(?!https?://|#)[^"]*', text)
    if form == "markdown":
        found += re.findall(r"(?<!\\)\[[ci]\\?\]\(.*", re.sub(r"`[^`]*`", "", text))
    if form == "csv":
        found += [
            cell[:40] for row in csv.reader(io.StringIO(text)) for cell in row if re.match(r"\s*[=+@\uff1d-]", cell)
        ]
    if form == "sarif":
        found += [
            uri
            for uri in re.findall(r'"(?:uri|helpUri)": "([^"]*)"', text)
            if re.match(r"(javascript|file|data):|/|\.\./|.*\\", uri)
        ]
    if form in DATA - {"jsonl"}:
        assert json.loads(text)
    return found


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_format_of_a_report_lets_an_attack_through(run, form):
    for target in ("project", "bom.json") if form in {"json", "terminal"} else ("project",):
        out = run("audit", target, *AT, "--format", form)
        assert "gemma-2-9b" in out
        assert _leaks(form, out) == []


@pytest.mark.parametrize("form", ["cyclonedx", "spdx", "spdx3"])
def test_no_bill_lets_an_attack_through(run, form):
    assert _leaks(form, run("bom", "project", *AT, "--format", form)) == []


@pytest.mark.parametrize(
    ("arguments", "forms"),
    [
        (["identify", "project"], ("terminal", "json")),
        (["scan", "project"], ("terminal", "json")),
        (["diff", "old.json", "new.json"], ("terminal", "json")),
        (["lineage", "own0/" + IDS[0].replace("/", "_"), "--project", "project"], ("terminal", "json", "dot", "mermaid")),
        (["compare", "google/gemma-2-9b", IDS[0], "--policy", "project/own.yaml", *AT], ("terminal", "markdown", "html", "json")),
        (["policy", "diff", "default", "project/own.yaml", "project"], ("terminal", "json")),
        (["catalog", "verify", "--texts", "project/m"], ("terminal", "json")),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_no_format_of_the_other_commands_lets_an_attack_through(run, arguments, forms):
    for form in forms:
        out = run(*arguments, "--format", form)
        assert out
        assert _leaks(form, out) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "bad.yaml"], ["audit", ALL], ["identify", ALL], ["show", ALL], ["check", "x", "--fact", f"{ALL}=1"], [ALL], ["audit", f"--{ALL}"],
        ["check", "x", "--as-of", ALL], ["policy", "lint", "badpolicy.yaml"], ["test", "cases.yaml"], ["catalog", "search", ALL],
        ["waive", f"x{ALL}", "y", "--reason", "r", "--owner", ALL, "--until", ALL],
    ],
    ids=lambda arguments: arguments[0][:8] if arguments[0] != ALL else "a command",
)  # fmt: skip
def test_no_message_lets_an_attack_through(run, arguments):
    assert _leaks("terminal", run(*arguments)) == []


@pytest.mark.parametrize(
    "arguments",
    [["check", "\udcff/x"], ["show", "\udcff"], ["lineage", "\udcff/x"], ["catalog", "search", "\udcff"],
     ["check", "Z" * 5000], ["check", "Z" * 300, "--model-dir", "project"], ["check", "acme/long", "--model-dir", "models"]],
    ids=lambda arguments: ascii(arguments[1][:9]),
)  # fmt: skip
def test_a_name_that_is_no_text_or_too_long_for_a_folder_is_no_fault_of_ours(run, world, monkeypatch, arguments):
    (world / "models" / "acme" / "long").mkdir(parents=True, exist_ok=True)
    (world / "models" / "acme" / "long" / "README.md").write_text(f"---\nlicense: mit\nbase_model: {'Z' * 5000}\n---\n")
    (world / "hub").mkdir(exist_ok=True)
    monkeypatch.setenv("HF_HUB_CACHE", str(world / "hub"))
    run(*arguments)


def test_no_notice_lets_an_attack_through_or_leaves_its_folder(run, world):
    run("notice", "project", "-o", "notices", *AT)
    made = [path for path in (world / "notices").rglob("*") if path.is_file()]
    assert {path.name for path in made} >= {"OWED.md"}
    for path in made:
        assert (
            _leaks({".md": "markdown", ".html": "html"}.get(path.suffix, "terminal"), path.read_text(), log=False) == []
        )


def test_no_name_of_a_file_writes_into_the_project_file_that_init_makes(run, world):
    import yaml

    run("init", "bare")
    text = (world / "bare" / "modelcheck.yaml").read_text()
    assert _leaks("terminal", text) == []
    assert yaml.safe_load(text) == {"use": None, "models": None, "policies": ["default"]}
    assert "google/gemma-2-9b" in run("audit", "bare", *AT)


def test_notices_and_settings_are_not_written_through_a_link_that_leads_elsewhere(run, world, tmp_path):
    (world / "linked").mkdir()
    (world / "linked" / "OWED.md").symlink_to(tmp_path / "elsewhere.md")
    run("notice", "project", "-o", "linked", *AT)
    (world / "trap").mkdir()
    (world / "trap" / "modelcheck.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    run("init", "trap")
    assert not list(tmp_path.iterdir())


def test_two_models_of_one_name_have_copies_of_their_own():
    rule = Rule(id="copy", document="mit", effect="duty", summary="Ship a copy.", produces={"kind": "license-copy"})
    mit = Document(id="mit", title="MIT", kind="license", rules=(rule,))
    made = notice.files(
        [notice.Owed(rule=rule, document=mit, subjects=("one/same", "two/same"))], lambda _, subject: subject
    )
    assert {text for name, text in made.items() if name.startswith("licenses/")} == {"one/same", "two/same"}


@pytest.mark.parametrize(
    "secret",
    [
        "hf_0123456789abcdefSECRET\n",
        "root:x:0:0:SECRET\n" * 30,
        "- SECRET\n",
        "token: SECRET\n",
        "[SECRET",
        "a: b: SECRET",
    ],
)
def test_a_project_file_that_is_a_link_to_a_secret_tells_nothing_of_it(modelcheck, tmp_path, secret):
    (tmp_path / "secret").write_text(secret)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "modelcheck.yaml").symlink_to(tmp_path / "secret")
    ran = modelcheck("audit", tmp_path / "project")
    assert ran.code == 2
    assert "SECRET" not in ran.out + ran.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device without an end")
def test_a_project_file_that_is_a_link_to_a_device_ends(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").symlink_to("/dev/zero")
    ran = modelcheck("audit", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "more than 5000000 bytes" in ran.err


def test_a_million_comments_that_nobody_closes_are_read_in_one_go(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(
        "use: {distribution: [weights]}\nmodels: [{id: meta-llama/Llama-3.1-8B}]\n"
    )
    (tmp_path / "NOTICE").write_text("<!--" * 60_000 + "/*" * 60_000 + "{{!--" * 60_000)
    start = time.process_time()
    assert modelcheck("audit", tmp_path).code in {1, 3}
    assert time.process_time() - start < 10


@settings(max_examples=60)
@given(
    st.text(
        st.sampled_from(
            ["#", ":", "[", "a", "-", " ", "\n", "\t", "\x1b", "\u202e", "\u061c", "\xad", "\U000e0041", '"', "\\"]
        ),
        max_size=30,
    )
)
def test_json_reads_the_same_after_it_was_made_harmless(text):
    made = json.dumps({"a": text}, ensure_ascii=False)
    assert json.loads(harmless.json(made)) == {"a": text}
    assert "##" not in harmless.json(made)
    assert not UNSEEN.search(harmless.json(made))


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_a_line_is_one_line_that_says_nothing_unseen(text):
    assert harmless.line(text).isprintable()
    assert len(harmless.printable(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("::error::x", ": :error::x"), ("  ::error::x", "  : :error::x"), ("a\n::x", "a\n: :x"), ("a ::b", "a ::b"), ("std::string", "std::string"),
        ("##[x]", "# #[x]"), ("a ##vso[x]", "a # #vso[x]"), ("## Heading", "## Heading"), ("### [x]", "### [x]"),
    ],
)  # fmt: skip
def test_only_what_a_service_would_take_for_an_order_is_broken(text, told):
    assert harmless.log(text) == told


def test_the_attacks_are_in_the_files(world):
    names = {path.name for path in (world / "project").iterdir()}
    assert {f"{name}.py" for name in FILES} <= names
