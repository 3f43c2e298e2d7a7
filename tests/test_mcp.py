"""The assistant's door, asked by a real client over standard input and output."""

import sys
from pathlib import Path

import pytest

mcp = pytest.importorskip("mcp")
anyio = pytest.importorskip("anyio")

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
    import json

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
