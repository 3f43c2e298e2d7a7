"""Whatever lies in a folder beside a model, a run ends, in words, and never with a better verdict than can be known."""

import inspect
import json
import os
import sys

import pytest

from compliance import files

CARD = "---\nlicense: mit\n---\n"
NAMES = ("LICENSE", "NOTICE", "config.json", "adapter_config.json", "w.gguf", "w.safetensors", "mergekit_config.yml")


@pytest.fixture
def check(modelcheck, tmp_path):
    folder = tmp_path / "acme" / "m"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(CARD)

    def run():
        ran = modelcheck("check", "acme/m", "--model-dir", tmp_path, "--fact", "commercial=true", "--format", "json")
        return ran.code, json.loads(ran.out)["findings"]

    return folder, run


def test_pipes_devices_and_folders_in_place_of_files_are_waited_for_by_nobody(check):
    folder, run = check
    for name in NAMES:
        os.mkfifo(folder / name)
    assert run()[0] == 0
    for name in NAMES:
        (folder / name).unlink()
        (folder / name).symlink_to("/dev/zero")
    assert run()[0] == 0
    for name in NAMES:
        (folder / name).unlink()
        (folder / name).mkdir()
    assert run()[0] == 0


@pytest.mark.parametrize("name", ["LICENSE", "adapter_config.json", "mergekit_config.yml"])
@pytest.mark.parametrize("target", ["../../blobs/gone", "itself"])
def test_what_is_there_and_cannot_be_read_leaves_nothing_permitted(check, name, target):
    folder, run = check
    assert run()[0] == 0
    (folder / name).symlink_to(name if target == "itself" else target)
    code, findings = run()
    assert code == 3
    assert any(item["level"] == "warning" for item in findings)


def test_folders_may_lie_deeper_than_calls_of_python(tmp_path):
    at = tmp_path
    for _ in range(300):
        at = at / "d"
        at.mkdir()
    (at / "LICENSE").write_text("x")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(files.licences((tmp_path,)))
    finally:
        sys.setrecursionlimit(before)
    assert found == [(at / "LICENSE", True)]


def test_folders_are_walked_in_one_order_and_links_to_folders_are_not_entered(tmp_path):
    for name in ("b/LICENSE", "a/z/LICENSE", "a/LICENSE", "COPYING", "node_modules/LICENSE"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "c").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path, _ in files.licences((tmp_path,))]
    assert found == ["COPYING", "a/LICENSE", "a/z/LICENSE", "b/LICENSE"]
