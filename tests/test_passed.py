"""An audit says what it passed over: no project file, nested ones, folders of others, submodules that are absent."""

import json
import subprocess

import pytest

LOAD = 'AutoModel.from_pretrained("deepseek-ai/DeepSeek-V3")\n'
PROJECT = "use: {commercial: true, distribution: [internal]}\n"


def told(modelcheck, root):
    report = json.loads(modelcheck("audit", root, "--format", "json").out)
    return {item["rule"]: item["summary"] for item in report["findings"]}


def test_without_a_project_file_it_says_which_command_writes_one(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text(LOAD)
    assert "modelcheck init" in told(modelcheck, tmp_path)["no-project-file"]
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    assert told(modelcheck, tmp_path) == {}


def test_in_a_folder_of_a_project_it_names_the_file_above_and_asks_for_no_second_one(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "src" / "app").mkdir(parents=True)
    (tmp_path / "src" / "app" / "app.py").write_text(LOAD)
    said = told(modelcheck, tmp_path / "src" / "app")["no-project-file"]
    assert "../../modelcheck.yaml states that of its own folder: give --use" in said
    assert "modelcheck init" not in said
    (tmp_path / "src" / ".git").mkdir()
    assert "modelcheck init" in told(modelcheck, tmp_path / "src" / "app")["no-project-file"]


def test_of_a_single_file_it_names_the_project_file_above_that_does_not_count(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "llm.py").write_text(LOAD)
    said = told(modelcheck, tmp_path / "app" / "llm.py")["no-project-file"]
    assert "../modelcheck.yaml states that of its own folder: give --use" in said


def test_no_part_of_a_project_is_green_by_itself_without_the_file_that_speaks_for_it(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + "policies: [./own.yaml]\n")
    rule = "{id: none, effect: prohibition, actions: any, when: {publisher: baai}, summary: No model of theirs.}"
    (tmp_path / "own.yaml").write_text(f"id: own\nkind: policy\ntitle: Ours\nrules:\n- {rule}\n")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text('AutoModel.from_pretrained("BAAI/bge-m3")\n')
    assert modelcheck("audit", tmp_path).code == 1
    for part in (tmp_path / "src", tmp_path / "src" / "app.py"):
        for stated in ((), ("--fact", "commercial=true", "--fact", "distribution=internal")):
            found = modelcheck("audit", part, *stated)
            assert found.code == 3
            assert "../modelcheck.yaml: a project file that was not applied" in found.out
        assert modelcheck("audit", part, "--use", tmp_path / "modelcheck.yaml").code == 1
    (tmp_path / "src" / ".git").mkdir()
    stated = ("--fact", "commercial=true", "--fact", "distribution=internal")
    assert modelcheck("audit", tmp_path / "src", *stated).code == 0


def test_what_begins_as_a_report_of_ours_is_named_as_not_looked_at(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "app.py").write_text('AutoModel.from_pretrained("BAAI/bge-m3")\n')
    text = '{"schema": "modelcheck/scan/1", "references": [], "model": "facebook/nllb-200-distilled-600M"}'
    (tmp_path / "settings.json").write_text(text)
    said = told(modelcheck, tmp_path)["own-reports"]
    assert said == "not looked at, as reports of modelcheck: settings.json"


def test_an_exclude_that_leaves_nothing_out_is_named(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + 'exclude: [old/**, "*.bak.py", none/**, "!keep.py", typo.py]\n')
    (tmp_path / "app.py").write_text(LOAD)
    (tmp_path / "a.bak.py").write_text(LOAD)
    (tmp_path / "old" / "deep").mkdir(parents=True)
    (tmp_path / "old" / "deep" / "app.py").write_text(LOAD)
    said = told(modelcheck, tmp_path)["exclude-unused"]
    assert said == "`exclude:` in modelcheck.yaml names what is not there: none/**, typo.py"


def test_reports_of_ours_in_any_form_name_nothing_that_is_used_and_own_bills_are_named_as_left_out(
    modelcheck, tmp_path
):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "app.py").write_text('AutoModel.from_pretrained("BAAI/bge-m3")\n')
    asked = ("check", "deepseek-ai/DeepSeek-V3", "mistralai/Mistral-7B-v0.1")
    for form, name in {"csv": "r.csv", "jsonl": "r.jsonl", "json": "r.json", "terminal": "r.txt"}.items():
        modelcheck(*asked, "--format", f"{form}={tmp_path / name}")
    shown = modelcheck("show", "deepseek-ai/DeepSeek-V3", "--format", "json").out
    (tmp_path / "shown.json").write_text(shown)
    assert json.loads(shown)["schema"] == "modelcheck/show/1"
    modelcheck("bom", tmp_path, "-o", tmp_path / "bom.cdx.json")
    report = json.loads(modelcheck("audit", tmp_path, "--format", "json").out)
    assert [item["subject"] for item in report["assessments"]] == ["BAAI/bge-m3"]
    said = {item["rule"]: item["summary"] for item in report["findings"]}
    assert "names-listed" not in said
    assert said["own-bills"].startswith("not looked at: bom.cdx.json: ")
    (tmp_path / "r.csv").write_text("name\ndeepseek-ai/DeepSeek-V3\n")
    assert "deepseek-ai/DeepSeek-V3" in told(modelcheck, tmp_path)["names-listed"]


def test_a_configuration_that_begins_as_a_report_of_ours_in_text_is_still_read(modelcheck, tmp_path):
    for name, setting in {"llm.ini": "[llm]\nmodel = {}", "llm.properties": "model={}", "llm.conf": "model={}"}.items():
        said = f"PERMITTED  x  (use)\n{setting.format('mistralai/Mistral-7B-v0.1')}\n"
        (tmp_path / name).write_text(said)
    found = json.loads(modelcheck("scan", tmp_path, "--format", "json").out)
    places = {item["path"] for item in found["references"]}
    assert places == {"llm.ini", "llm.properties", "llm.conf"}


def test_a_project_file_in_a_folder_below_is_named_as_one_that_does_not_count(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text(LOAD)
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "modelcheck.yaml").write_text(PROJECT)
    assert "part/modelcheck.yaml" in told(modelcheck, tmp_path)["project-file-nested"]


def test_an_audit_of_the_project_file_is_that_of_its_folder(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('AutoModel.from_pretrained("mistralai/Mistral-7B-v0.1")\n')
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + "exclude: [left/**]\n")
    for path in ("models/mistralai__Mistral-7B-v0.1/LICENSE", "left/app.py"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("You may look at this and do nothing else with it.\n")
    of_folder, of_file = (modelcheck("audit", tmp_path / name, "--format", "json") for name in ("", "modelcheck.yaml"))
    assert (of_file.code, of_file.out) == (of_folder.code, of_folder.out) == (3, of_folder.out)


def test_code_that_is_committed_where_tools_put_theirs_is_named(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    for folder in ("dist", "env", "node_modules"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "app.py").write_text(LOAD)
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    assert "folders-left-out" not in told(modelcheck, tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-f", "dist", "env"], cwd=tmp_path, check=True)
    assert "wrote: dist/, env/;" in told(modelcheck, tmp_path)["folders-left-out"]


def test_a_vendored_folder_is_named_unless_git_ignores_it_or_the_project_excludes_it(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "src" / "vendor").mkdir(parents=True)
    (tmp_path / "src" / "vendor" / "app.py").write_text(LOAD)
    assert "src/vendor/" in told(modelcheck, tmp_path)["folders-left-out"]
    (tmp_path / ".gitignore").write_text("vendor/\n")
    assert set(told(modelcheck, tmp_path)) == {"nothing-found"}
    (tmp_path / ".gitignore").unlink()
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + "exclude: [src/vendor]\n")
    assert told(modelcheck, tmp_path)["excluded"] == "not looked at, as `exclude:` in modelcheck.yaml says: src/vendor/"


def test_a_link_to_a_folder_that_hides_references_is_named_once_and_one_to_what_is_read_is_not(modelcheck, tmp_path):
    (tmp_path / "p" / "src").mkdir(parents=True)
    (tmp_path / "p" / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "p" / "src" / "app.py").write_text("x = 1\n")
    for folder, name in (("vendor/models", "app.py"), ("dist", "logo.png"), ("node_modules/x", "a.ts")):
        (tmp_path / "p" / folder).mkdir(parents=True)
        (tmp_path / "p" / folder / name).write_text(LOAD)
    for link, target in {"again": "src", "self": ".", "pictures": "dist"}.items():
        (tmp_path / "p" / link).symlink_to(target)
    assert "links-left-out" not in told(modelcheck, tmp_path / "p")
    for link, target in {"up": "..", "models": "vendor/models", "src/x": "../node_modules/x"}.items():
        (tmp_path / "p" / link).symlink_to(target)
    said = "links to folders that are not looked at: models, src/x, up; audit these by themselves"
    assert told(modelcheck, tmp_path / "p")["links-left-out"] == said


def test_a_submodule_that_is_not_checked_out_was_not_read_unless_it_is_excluded_or_of_others(modelcheck, tmp_path):
    def unread():
        return [item["path"] for item in json.loads(modelcheck("audit", tmp_path, "--format", "json").out)["unread"]]

    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    stanza = '[submodule "a"]\n\tpath = {}\n\turl = {}\n'
    paths = {"libs/a": "https://example.com/a.git", "third_party/b": "../b.git", "m": "https://hf.co/BAAI/bge-m3"}
    (tmp_path / ".gitmodules").write_text("".join(stanza.format(*item) for item in paths.items()))
    assert unread() == ["libs/a"]
    assert modelcheck("audit", tmp_path).code == 3
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + "exclude: [libs/]\n")
    assert unread() == []
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / ".gitmodules").write_text(stanza.format("libs/a", "https://example.com/a.git"))
    (tmp_path / "libs" / "a").mkdir(parents=True)
    (tmp_path / "libs" / "a" / "x.py").write_text("")
    assert set(told(modelcheck, tmp_path)) == {"nothing-found"}


def test_a_project_that_excludes_everything_is_told_so(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text(LOAD)
    (tmp_path / "modelcheck.yaml").write_text(PROJECT + 'exclude: ["**"]\n')
    ran = modelcheck("audit", tmp_path)
    assert ran.code == 4
    assert "nothing here names a model" in ran.out
    assert "as `exclude:` in modelcheck.yaml says: app.py\n" in ran.out


def test_models_in_lists_that_no_code_names_are_told_and_change_no_verdict(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text(LOAD)
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "models.csv").write_text("id,task\nacme/unheard-of,x\ndeepseek-ai/DeepSeek-V3,x\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "all.txt").write_text("black-forest-labs/FLUX.1-dev\n")
    assert told(modelcheck, tmp_path) == {}
    (tmp_path / "ids.txt").write_text("x\nblack-forest-labs/FLUX.1-dev\n")
    ran = modelcheck("audit", tmp_path, "--format", "github")
    assert ran.code == 0
    assert "::notice file=ids.txt,line=2,title=names-listed::named in lists" in ran.out


def test_what_could_not_be_resolved_or_read_is_counted_at_the_end(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text("import os\nAutoModel.from_pretrained(os.environ['M'])\n")
    (tmp_path / "config.yaml").write_text("model: [unclosed\n")
    assert "1 not resolved, 1 not read" in " ".join(modelcheck("audit", tmp_path).out.split())


def test_a_summary_in_markdown_says_what_was_waived_and_what_was_assumed(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('AutoModel.from_pretrained("google/gemma-3-27b-it")\n')
    waiver = "rule: gemma-terms#license-copy-hosted, subject: google/gemma-3-27b-it, owner: legal, until: 2026-12-31"
    use = "use: {distribution: [hosted-service]}\n"
    (tmp_path / "modelcheck.yaml").write_text(use + f"waivers: [{{{waiver}, reason: read by counsel}}]\n")
    told = modelcheck("audit", tmp_path, "--format", "markdown", "--as-of", "2026-11-28").out
    line = next(line for line in told.splitlines() if "#license-copy-hosted" in line)
    assert line.startswith("- **waived**: ")
    assert "by legal until 2026-12-31: read by counsel" in line
    assert "disputed: " in line
    assert "assumed, as nobody stated it: " in told
    assert "False" not in told


@pytest.mark.parametrize("name", ["modelcheck.yml", ".modelcheck.yaml"])
def test_a_project_file_by_another_name_is_no_project_file_and_stops_the_audit(modelcheck, tmp_path, name):
    (tmp_path / "app.py").write_text(LOAD)
    (tmp_path / name).write_text(PROJECT)
    ran = modelcheck("audit", tmp_path)
    assert ran.code == 2
    assert "is called modelcheck.yaml" in ran.err


def test_a_pointer_of_git_lfs_in_place_of_code_was_not_read(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    for name in ("app.py", "tokenizer.json"):
        (tmp_path / name).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    report = json.loads(modelcheck("audit", tmp_path, "--format", "json").out)
    assert [item["path"] for item in report["unread"]] == ["app.py"]


def test_a_service_in_a_bill_of_materials_is_open_until_a_model_of_it_is_named(modelcheck, tmp_path):
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    service = {"name": "chat", "endpoints": ["https://api.openai.com/v1"]}
    (tmp_path / "bom.json").write_text(json.dumps(bill | {"services": [service, {"name": "mail"}]}))
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    report = json.loads(modelcheck("audit", tmp_path, "--format", "json").out)
    assert [item["resolved"] for item in report["unresolved"]] == ["service:openai"]
    (tmp_path / "app.py").write_text('client.chat.completions.create(model="gpt-4o")\n')
    assert json.loads(modelcheck("audit", tmp_path, "--format", "json").out)["unresolved"] == []


def test_a_bill_of_materials_that_says_another_licence_than_the_catalogue_is_told(modelcheck, tmp_path):
    part = {"type": "machine-learning-model", "name": "bge-m3", "purl": "pkg:huggingface/BAAI/bge-m3"}
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    for license_, is_told in (("CC-BY-NC-4.0", True), ("MIT", False), ("LicenseRef-ours", False)):
        parts = [part | {"licenses": [{"license": {"id": license_}}]}]
        (tmp_path / "bom.json").write_text(
            json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": parts})
        )
        assert ("drift-bill" in told(modelcheck, tmp_path)) is is_told, license_


def test_what_only_documentation_or_tests_name_is_told_where_nothing_is_in_use(modelcheck, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "app.py").write_text(LOAD)
    assert "which do not count: deepseek-ai/DeepSeek-V3" in told(modelcheck, tmp_path)["nothing-found"]
    assert modelcheck("audit", tmp_path).code == 4


def test_a_client_of_a_service_of_which_no_model_is_seen_is_a_warning(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text(PROJECT)
    (tmp_path / "app.py").write_text('SentenceTransformer("BAAI/bge-m3")\n')
    (tmp_path / "requirements.txt").write_text("openai>=1\nhuggingface-hub\n")
    assert "was seen: openai;" in told(modelcheck, tmp_path)["client-without-model"]
    assert modelcheck("audit", tmp_path).code == 0
    (tmp_path / "ask.py").write_text('client.chat.completions.create(model="gpt-4o", messages=[])\n')
    assert "client-without-model" not in told(modelcheck, tmp_path)
