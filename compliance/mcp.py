"""The assistant's door: a server of the Model Context Protocol over standard input and output."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from compliance import __version__, api
from compliance.model import InputError
from compliance.report import json as report_json

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = """Ask `check` before you add or recommend an AI model, dataset or model API: it says whether the use is
permitted, under which clause, and what is owed. State the facts of the use that you know and no others; a fact that
nobody stated is unknown, and `undetermined` names the questions to put to the user. Clauses are cited; this is no legal
advice."""


def server() -> "MCPServer":
    """The server with its tools. Raises InputError where the extra is not installed."""
    try:
        from mcp.server import MCPServer  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(["this needs an extra: pip install 'modelcheck[mcp]' (mcp 2 or newer)"]) from None
    made = MCPServer("modelcheck", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")
    for tool in (check, identify, compare, lineage):
        made.tool(structured_output=True)(_told(tool))
    return made


async def serve(made: "MCPServer") -> None:
    """Serve until standard input ends; what is no message of the protocol is answered as such, not passed over."""
    from mcp.server.stdio import stdio_server  # noqa: PLC0415 - an extra

    async with stdio_server() as (read, write):
        low = made._lowlevel_server  # noqa: SLF001 - the server under it takes the streams of a transport
        await low.run(_Answering(read, write), write, low.create_initialization_options())


class _Answering:
    """A stream of messages from which what was no message is taken out and answered."""

    def __init__(self, read: Any, write: Any) -> None:
        self._read, self._write = read, write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._read, name)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        import anyio  # noqa: PLC0415 - of the extra

        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def receive(self) -> Any:
        """The next message."""
        while isinstance(item := await self._read.receive(), Exception):
            if (told := _refusal(item)) is not None:
                await self._write.send(told)
        return item

    async def __aenter__(self) -> Self:
        await self._read.__aenter__()
        return self

    async def __aexit__(self, *raised: object) -> Any:
        return await self._read.__aexit__(*raised)


_OF_THE_WHOLE = 2
"""Steps to what a message lacks itself: the kind of message, and the key."""


def _refusal(problem: Exception) -> Any:
    """The error of JSON-RPC for what was no message, with the id of a request that had one; None for a blank line."""
    import mcp_types as types  # noqa: PLC0415 - an extra
    from mcp.shared.message import SessionMessage  # noqa: PLC0415 - an extra

    found: list[Any] = problem.errors() if hasattr(problem, "errors") else []
    if found and isinstance(found[0]["input"], str) and not found[0]["input"].strip():
        return None
    is_json = bool(found) and found[0]["type"] != "json_invalid"
    told = (types.INVALID_REQUEST, "Invalid Request") if is_json else (types.PARSE_ERROR, "Parse error")
    whole = [one["input"] for one in found if one["type"] == "missing" and len(one["loc"]) == _OF_THE_WHOLE]
    name = whole[0].get("id") if whole else None
    return SessionMessage(
        types.JSONRPCError(
            jsonrpc="2.0",
            id=name if isinstance(name, (int, str)) and not isinstance(name, bool) else None,
            error=types.ErrorData(code=told[0], message=told[1]),
        )
    )


def check(models: list[str], facts: dict[str, Any] | None = None, as_of: str | None = None) -> dict[str, Any]:
    """Say whether models may be used in this way: verdict, deciding clauses, duties, missing facts, what would pass.

    `models` are Hugging Face ids (`google/gemma-2-9b`) or API models (`gpt-4o`). `facts` are of the use by their names,
    for example {"commercial": true, "distribution": ["hosted-service"], "organization_country": "DE"}. `as_of` is a
    date, YYYY-MM-DD. Verdicts: permitted, conditional (duties), undetermined (facts missing), prohibited.
    """
    return report_json.tree(api.check(*_some(models), facts=facts, as_of=as_of))


def identify(path: str | None = None, text: str | None = None) -> dict[str, Any]:
    """Say which licence a file or a text is: exact, modified (and where), composite, a reference, or unknown."""
    if (path is None) == (text is None):
        raise InputError(["identify takes either `path` or `text`"])
    found = api.identify_text(text or "") if path is None else api.identify(_place(path), found=True)
    return {"schema": "modelcheck/identify/1", "files": [msgspec.to_builtins(found)]}


def compare(models: list[str], facts: dict[str, Any] | None = None, as_of: str | None = None) -> dict[str, Any]:
    """Hold several models and services against one use, side by side: terms, verdict, duties, privacy, outputs."""
    columns = [
        {name: value if isinstance(value, str) else list(value) for name, value in column.items()}
        for column in api.compare(*_some(models), facts=facts, as_of=as_of)
    ]
    return {"schema": "modelcheck/compare/2", "models": columns}


def lineage(model: str, facts: dict[str, Any] | None = None, as_of: str | None = None) -> dict[str, Any]:
    """Say what a model was made from, with licences and verdicts, and where its licence and theirs disagree."""
    tree = api.lineage(model, facts=facts, as_of=as_of)
    plain = {"schema": "modelcheck/lineage/1", **msgspec.to_builtins(tree)}
    plain["drift"] = [msgspec.to_builtins(item) for item in tree.drift]
    return plain


def _place(path: str) -> Path:
    """A path as an assistant writes it. Raises InputError."""
    try:
        return Path(path).expanduser()
    except RuntimeError as problem:
        raise InputError([f"{path}: {problem}"]) from None


def _some(models: list[str]) -> list[str]:
    """At least one name: a report on nothing would tell an assistant nothing."""
    if not [name for name in models if name.strip()]:
        raise InputError(["name at least one model, for example google/gemma-2-9b or gpt-4o"])
    return models


_TURN = threading.Lock()


def _told(tool: Any) -> Any:
    """A tool whose mistakes of input reach the assistant in our words; calls at once take turns, and load once."""
    import functools  # noqa: PLC0415

    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415 - an extra

    @functools.wraps(tool)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            with _TURN:
                return tool(*args, **kwargs)
        except InputError as problem:
            raise ToolError("; ".join(problem.problems)) from None

    return call
