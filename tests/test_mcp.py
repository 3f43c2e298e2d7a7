"""The assistant's door, asked by a real client over standard input and output."""

import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest

mcp = pytest.importorskip("mcp")
anyio = pytest.importorskip("anyio")

from compliance import mcp as door  # noqa: E402
from compliance.model import InputError  # noqa: E402

ROOT = Path(__file__).parent.parent
COMMAND = mcp.StdioServerParameters(command=sys.executable, args=["-m", "compliance", "mcp"], cwd=str(ROOT))


def _ask(*calls):
    """What the server offers, and its answers to calls of (tool, arguments)."""

    async def talk():
        async with mcp.Client(mcp.stdio_client(COMMAND)) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(talk)


def test_an_assistant_is_told_what_the_command_line_says(modelcheck):
    facts = {"commercial": True, "distribution": ["hosted-service"], "monthly_active_users": 250_000}
    tools, (check, compare, lineage, identify) = _ask(
        ("check", {"models": ["deepseek-ai/DeepSeek-V3"], "facts": facts, "as_of": "2026-11-23"}),
        ("compare", {"models": ["BAAI/bge-m3", "gpt-4o"], "facts": {"commercial": True}}),
        ("lineage", {"model": "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"}),
        ("identify", {"text": "SPDX-License-Identifier: MIT"}),
    )
    assert sorted(tool.name for tool in tools) == ["check", "compare", "identify", "lineage"]
    assert all(tool.description and tool.input_schema["properties"] for tool in tools)
    stated = ["commercial=true", "distribution=hosted-service", "monthly_active_users=250000"]
    told = modelcheck("check", "deepseek-ai/DeepSeek-V3", *(part for fact in stated for part in ("--fact", fact)),
                      "--as-of", "2026-11-23", "--format", "json").out  # fmt: skip
    assert check.structured_content == json.loads(told)
    assert json.loads(check.content[0].text) == json.loads(told)
    assert [column["model"] for column in compare.structured_content["models"]] == ["BAAI/bge-m3", "openai:gpt-4o"]
    assert lineage.structured_content["drift"]
    assert identify.structured_content["files"][0]["document"] == "mit"


def test_a_mistake_of_the_assistant_is_explained_to_it_and_the_server_goes_on():
    _, answers = _ask(
        ("check", {"models": ["gpt-4o"], "facts": {"comercial": True}}),
        ("identify", {}),
        ("lineage", {"model": "nobody/knows-this"}),
        ("identify", {"path": "/no/such/file"}),
        ("check", {"models": ["nobody/knows-this"]}),
        ("check", {"models": []}),
        ("compare", {"models": [" "]}),
    )
    assert [answer.is_error for answer in answers] == [True, True, True, False, False, True, True]
    assert "name at least one model" in answers[5].content[0].text
    assert "did you mean" in answers[0].content[0].text
    assert "Traceback" not in "".join(answer.content[0].text for answer in answers)
    assert answers[3].structured_content["files"][0]["result"] == "unknown"
    assert answers[4].structured_content["verdict"] == "undetermined"


def test_without_the_extra_the_command_says_what_to_install(modelcheck, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    ran = modelcheck("mcp")
    assert ran.code == 2
    assert "modelcheck[mcp]" in ran.err


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ("{", -32700, None), ("\xff", -32700, None), ("[" * 10_000, -32700, None), ("[]", -32600, None), ("1", -32600, None),
        ('{"jsonrpc":"2.0","id":3}', -32600, 3), ('{"jsonrpc":"2.0","id":"s","method":5}', -32600, "s"),
        ('{"jsonrpc":"2.0","id":6,"method":"tools/call","params":[]}', -32600, 6), ('{"id":{},"method":"ping"}', -32600, None),
        ('{"id":true}', -32600, None), ('{"jsonrpc":"2.0","id":7,"method":"x","params":{"y":"\\ud800"}}', -32700, None),
        ("", None, None), (" \n", None, None), ('{"jsonrpc":"2.0","id":8,"method":"ping"}', None, None),
    ],
)  # fmt: skip
def test_what_is_no_message_is_answered_with_an_error_and_the_next_message_is_read(line, code, name):
    """The library under it passes over such lines, and their senders wait for ever."""
    from mcp_types import jsonrpc_message_adapter

    lines, said = [line, '{"jsonrpc":"2.0","id":"next","method":"ping"}'], []

    class Read:
        async def receive(self):
            if not lines:
                raise anyio.EndOfStream
            try:
                return jsonrpc_message_adapter.validate_json(lines.pop(0), by_name=False)
            except ValueError as problem:  # as the library hands it on
                return problem

    class Write:
        async def send(self, item):
            said.append(item.message)

    async def talk():
        return [item.id async for item in door._Answering(Read(), Write())]  # noqa: SLF001

    assert anyio.run(talk) == (["next"] if code or not line.strip() else [8, "next"])
    assert [(one.id, one.error.code) for one in said] == ([(name, code)] if code else [])


def test_a_pipe_a_device_and_the_wire_itself_are_not_read_for_a_licence(tmp_path):
    os.mkfifo(tmp_path / "LICENSE")
    (tmp_path / "link").symlink_to("LICENSE")
    for path in (tmp_path / "LICENSE", tmp_path / "link", "/dev/zero", "/dev/tty"):
        (found,) = door.identify(path=str(path))["files"]
        assert found["reason"].startswith("cannot be read (")
    with pytest.raises(InputError, match="home directory"):
        door.identify(path="~nobody-of-that-name/LICENSE")


def test_calls_at_once_take_turns():
    """Each would load the catalogue for itself, which in a checkout takes a processor some seconds."""
    inside, most = [], []

    @door._told  # noqa: SLF001
    def tool():
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()

    calls = [threading.Thread(target=tool) for _ in range(8)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert most == [1] * 8


@pytest.mark.parametrize(("problem", "code"), [(BrokenPipeError(), 141), (ValueError("x"), 70)])
def test_an_assistant_that_leaves_is_no_fault_of_ours(modelcheck, monkeypatch, problem, code):
    async def serve(_):
        raise ExceptionGroup("of tasks", [ExceptionGroup("of tasks", [problem])])

    monkeypatch.setattr(door, "serve", serve)
    ran = modelcheck("mcp")
    assert (ran.code, ran.err == "") == (code, code == 141)
