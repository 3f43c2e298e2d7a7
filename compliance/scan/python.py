"""Python: calls that load models, names that hold them, and texts that can be nothing else."""

import ast
import re
import warnings
from collections.abc import Callable
from functools import cached_property

from compliance.scan import calls, hub, keys, known, names, prose
from compliance.scan.bindings import Bindings, Scope, called, dotted, keyword, strings
from compliance.scan.calls import CALLS, Sink
from compliance.scan.constants import MENUS, WRAPPERS, Literal, Missing, Resolver
from compliance.scan.files import MAX_PYTHON, NO_MODEL, File, Wanted
from compliance.scan.hub import Name
from compliance.scan.libraries import CALLS as LIBRARY_CALLS
from compliance.scan.libraries import Call, other_library
from compliance.scan.tree import Gathered, documents

RESOLVED = WRAPPERS | MENUS | {"format", "copy", "deepcopy", "dict"}
"""Calls of other names than these, and of functions that the file does not define, have no text as their value."""

Place = Callable[[int, int], tuple[int, int]]

_AZURE = r"^(?!.*openai:(?:Async)?OpenAI\b).*AzureOpenAI"
_CLIENTS = ("groq", "together", "mistralai", "cohere", "fireworks", "anthropic")
_NEEDS = {
    "LLM": r"vllm|crewai",
    "LM": "dspy",
    "completion": "litellm",
    "acompletion": "litellm",
    "Llama": "llama_cpp",
    "Groq": "llama_index|langchain",
    "Bedrock": "llama_index|langchain",
    "Replicate": "llama_index|langchain",
    "create_agent": "langchain",
    "create_react_agent": "langgraph",
    "get_embedding": "openai",
    "Agent": "pydantic_ai|agno",
    "create": _AZURE,
    "parse": _AZURE,
    "DefaultEmbeddingFunction": "chromadb",
    "DiarizationPipeline": "whisperx",
    "load_align_model": "whisperx",
    "Reader": "easyocr",
    "HuggingFaceModel": "bentoml",
}


def find(file: File) -> None:
    """Report the references of a Python file; one that Python 3 cannot parse is searched line by line."""
    search(file, file.text, lambda line, column: (line, column))


def search(file: File, text: str, place: Place) -> None:
    """Report the references of Python text whose lines `place` maps into the file."""
    if len(text) > MAX_PYTHON:
        file.problem(f"more than {MAX_PYTHON} letters of Python, searched line by line")
        prose.lines(file, text, place, role="used", detector="python-lines")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        line = getattr(problem, "lineno", None) or 0
        reason = (
            getattr(problem, "msg", problem) if isinstance(problem, SyntaxError | ValueError) else "nested too deeply"
        )
        file.problem(f"not Python 3{f' (line {place(line, 1)[0]})' if line else ''}: {reason}")
        prose.lines(file, text, place, role="used", detector="python-lines")
        return
    lines = text.splitlines()
    _Reader(file, tree, lines, place).read()
    if "#" not in text:
        return
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith("#") and any(sign in line for sign in "=(:"):
            prose.tokens(file, line, prose.at_place(place, number), role="comment", detector="python-comment")


class _Reader:
    """Reports what a tree holds: first what calls load, then values under telling names, then texts by themselves."""

    def __init__(self, file: File, tree: ast.Module, lines: list[str], place: Place) -> None:
        self.file, self.lines, self.place, self.root = file, lines, place, tree
        self.reasons: set[tuple[str, ...]] = set()
        self.joined: list[tuple[Literal, tuple[str, ...]]] = []
        self.tree = Gathered()
        self.tree.visit(tree)
        self.modules = " ".join(self.tree.modules)

    @cached_property
    def client(self) -> str:
        """The one provider whose client a file imports, where it is one."""
        found = [name for name in _CLIENTS if re.search(rf"(?:^| ){name}\b", self.modules)]
        return found[0] if len(found) == 1 and "litellm" not in self.modules else ""

    @cached_property
    def resolver(self) -> Resolver:
        """Made when an expression is met that is no text itself: a third of the time, and seldom needed."""
        bindings = Bindings()
        bindings.visit(self.root)
        return Resolver(bindings)

    def _texts(self, value: ast.expr, scopes: tuple[Scope, ...]) -> tuple[list[Literal], list[Missing]]:
        """The texts that an expression may be, and what is not known about it."""
        if isinstance(value, ast.Constant):
            return ([Literal(value.value, value, "used")] if isinstance(value.value, str) else []), []
        if isinstance(value, ast.Call) and called(value) not in RESOLVED and called(value) not in self.tree.functions:
            return [], []
        return self.resolver.texts(value, scopes), self.resolver.missing

    def read(self) -> None:
        """Report everything."""
        self._imported()
        for call, scopes in self.tree.calls:
            self._call(call, scopes)
        for bundle in self.tree.bundles:
            found = names.loaded(bundle.attr, "hf")
            if found is not None and found.kind == "torchaudio":
                self._report(Literal(bundle.attr, bundle, "used"), found, "python-attribute")
        for key, value, role, scopes in self.tree.keyed:
            self._keyed(key, value, role, scopes)
        self._joined()
        for node, role in self.tree.free:
            if id(node) not in self.tree.taken:
                self._free(node, role)
        if any(item.gate and (item.resolved or "").startswith("openai:") for item in self.file.found):
            for node, role in self.tree.short:
                text = str(node.value)
                self._report(Literal(text, node, role), Name("api-model", f"openai:{text}"), "python-text")

    def _imported(self) -> None:
        """Models of spaCy that are packages."""
        for item in self.tree.imported:
            found = names.keyed(item.name, "spacy")
            if found is not None and found.kind == "spacy":
                place = self.place(item.lineno, item.col_offset + 1)
                self.file.report(item.name, found, place, role="used", detector="python-import")

    def _joined(self) -> None:
        """Names that were put together, where their parts name no more than the parts by themselves."""
        for text, words in self.joined:
            found = keys.value(text.text, words)
            if found is not None and all(
                item.resolved != found.resolved and not (item.gate and text.text.endswith(f"/{item.text}"))
                for item in self.file.found
            ):
                self._report(text, found, "python-name")

    def _at(self, node: ast.expr, text: str) -> tuple[int, int]:
        """Where a text stands: in a literal of several lines, on the line that holds it."""
        last = node.end_lineno or node.lineno
        for line in range(node.lineno, min(last, node.lineno + 400) + 1):
            source = self.lines[line - 1] if line <= len(self.lines) else ""
            column = source.find(text, node.col_offset if line == node.lineno and source.isascii() else 0)
            if column >= 0:
                return self.place(line, column + 1)
        return self.place(node.lineno, node.col_offset + 1)

    def _report(self, text: Literal, name: Name | None, detector: str) -> None:
        self.tree.taken.add(id(text.node))
        self.file.report(
            text.text, name, self._at(text.node, text.text), role=text.role, detector=detector, how=text.how
        )

    def _call(self, node: ast.Call, scopes: tuple[Scope, ...]) -> None:
        name = called(node)
        sink = CALLS.get(name)
        if sink is not None and name in _NEEDS and not re.search(_NEEDS[name], self.modules):
            sink = None
        if sink is not None:
            self._sink(node, name, sink, scopes)
        elif name == "pipeline" and "transformers" in self.modules:
            self._pipeline(node, scopes)
        elif name in LIBRARY_CALLS:
            call = Call(node, dotted(node.func), lambda value: self._texts(value, scopes)[0])
            for text, found in other_library(call, self.modules):
                self._report(text, found, f"python-call:{name}")

    def _sink(self, node: ast.Call, name: str, sink: Sink, scopes: tuple[Scope, ...]) -> None:
        given = [value for word in sink.by if (value := keyword(node, word)) is not None]
        given += [node.args[at] for at in sink.at if at < len(node.args)]
        if sink.hint == "dataset":
            given += self._data_files(node)
        kind = keyword(node, "repo_type")
        if isinstance(kind, ast.Constant) and kind.value in {"dataset", "space"}:
            sink = sink._replace(hint=str(kind.value))
        reported = False
        for value in given:
            texts, missing = self._texts(value, scopes)
            for text in texts:
                found = _named(text.text, sink.hint)
                if found is not None and self._is_own(text.text):
                    reported = True  # read back what the file itself writes
                    self.tree.taken.add(id(text.node))
                elif found is not None:
                    self._report(text, found, f"python-call:{name}")
                    reported = True
                elif text.text and (reason := _unnamed(text.text, sink.hint)) is not None:
                    at = self._at(text.node, text.text)
                    how = (*text.how, reason)
                    self.file.report(text.text, None, at, role="used", detector=f"python-call:{name}", how=how)
            if not reported:
                self._elsewhere(missing, value, sink.hint, name)
                self._unresolved(missing, name, value)
        starred = any(item.arg is None for item in node.keywords) or any(
            isinstance(item, ast.Starred) for item in node.args
        )
        if not given and sink.default and not starred and not keyword(node, "base_url", "openai_api_base", "api_base"):
            self._default(node, name, sink.default)

    def _data_files(self, node: ast.Call) -> list[ast.expr]:
        files = keyword(node, "data_files")
        if isinstance(files, ast.Dict):
            return list(files.values)
        return [files] if files is not None else []

    def _default(self, node: ast.Call, name: str, default: str) -> None:
        if default.startswith("?"):
            place = self.place(node.lineno, node.col_offset + 1)
            reason = (default[1:],)
            self.file.report(f"{name}()", None, place, role="used", detector=f"python-call:{name}", how=reason)
            return
        kind = "hf-model" if default.startswith("hf:") else "api-model"
        self.file.report(
            f"{name}()",
            Name(kind, default),
            self.place(node.lineno, node.col_offset + 1),
            role="default",
            detector=f"python-call:{name}",
            how=("the library's default",),
        )

    def _is_own(self, text: str) -> bool:
        return text.removeprefix("./").rstrip("/") in self.tree.created

    def _elsewhere(self, missing: list[Missing], value: ast.expr, hint: str, call: str) -> None:
        """Note the names and the callers in other files that decide what a call loads."""
        for item in missing:
            place = self.place(value.lineno, value.col_offset + 1)
            text = ast.unparse(value)[:120] if item.imported or item.parameter else ""
            if item.imported is not None:
                module, name = item.imported
                self.file.wanted.append(Wanted(self.file.path, module, name, hint, call, *place, text))
            elif item.parameter is not None:
                function, at, word = item.parameter
                self.file.wanted.append(Wanted(self.file.path, "", function, hint, call, *place, text, at, word))

    def _unresolved(self, missing: list[Missing], name: str, value: ast.expr) -> None:
        """A call that loads what an option or the environment decides: never silent."""
        reasons = tuple(dict.fromkeys(item.reason for item in missing if item.external))
        if reasons and reasons not in self.reasons:
            self.reasons.add(reasons)
            self.file.report(
                ast.unparse(value)[:120],
                None,
                self.place(value.lineno, value.col_offset + 1),
                role="used",
                detector=f"python-call:{name}",
                how=reasons,
            )

    def _pipeline(self, node: ast.Call, scopes: tuple[Scope, ...]) -> None:
        model = keyword(node, "model") or (node.args[1] if len(node.args) > 1 else None)
        task = keyword(node, "task") or (node.args[0] if node.args else None)
        if model is not None:
            self._sink(node, "pipeline", Sink("hf", (1,), ("model", "tokenizer")), scopes)
        elif isinstance(task, ast.Constant) and task.value in calls.PIPELINE_DEFAULTS:
            self._default(node, "pipeline", calls.PIPELINE_DEFAULTS[str(task.value)])

    def _keyed(self, key: str, value: ast.expr, role: str, scopes: tuple[Scope, ...]) -> None:
        texts = [Literal(str(node.value), node, role) for node in strings(value)]
        if isinstance(value, ast.Call | ast.BoolOp | ast.IfExp | ast.Dict | ast.BinOp | ast.JoinedStr):
            texts = [found for found in self._texts(value, scopes)[0] if not documents(value, found.node)]
        owner = next((scope.name for scope in reversed(scopes) if isinstance(scope, ast.ClassDef)), "")
        for text in texts:
            if id(text.node) not in self.tree.taken:
                if "joined" in text.how:
                    self.joined.append((text, (self.client, owner, key)))
                    continue
                found = keys.value(text.text, (self.client, owner, key)) or self._whisper(text.text)
                if found is not None:
                    self._report(text, found, "python-name")

    def _whisper(self, text: str) -> Name | None:
        """A size of Whisper, in a file that imports an implementation of it."""
        if text not in known.WHISPER or "whisper" not in self.modules:
            return None
        owner = "Systran/faster-whisper" if "faster_whisper" in self.modules else "openai/whisper"
        return Name("hf-model", f"hf:{owner}-{text}")

    def _free(self, node: ast.Constant, role: str) -> None:
        text = str(node.value)
        found = names.free(text)
        if (
            found is not None
            and text.startswith("http")
            and not re.search(r"/resolve/|//(?:api-inference|router)\.", text)
        ):
            role = "docs"  # a link, until a call or a name says more
        if found is not None and role != "docs":
            self._report(Literal(text, node, role), found, "python-text")
        elif len(text) > 8 and (" " in text or "\n" in text or role == "docs"):  # noqa: PLR2004
            self._prose(node)

    def _prose(self, node: ast.Constant) -> None:
        """A text of several words: names in it are documentation."""
        end = min(node.end_lineno or node.lineno, node.lineno + 2000)
        for line in range(node.lineno, end + 1):
            source = self.lines[line - 1] if line <= len(self.lines) else ""
            start = node.col_offset if line == node.lineno and source.isascii() else 0
            stop = node.end_col_offset if line == end and source.isascii() else len(source)
            prose.tokens(
                self.file,
                source[start:stop],
                prose.at_place(self.place, line, start),
                role="docs",
                detector="python-docs",
            )


def _unnamed(text: str, hint: str) -> str | None:
    """Why a text that a call loads names no model that is known, where that must not be silent."""
    if hint in {"hf", "sentence"} and not hub.inside(text):
        return "a path outside of the project"
    return NO_MODEL if hint == "azure" else None


def _named(text: str, hint: str) -> Name | None:
    if hint == "faster-whisper":
        return (
            Name("hf-model", f"hf:Systran/faster-whisper-{text}") if text in known.WHISPER else names.loaded(text, "hf")
        )
    if hint == "none":
        return None
    if hint == "space":
        found = names.keyed(text, "dataset")
        return Name("hf-space", f"hf-space:{text}") if found is not None and found.kind == "hf-dataset" else None
    return names.loaded(text, None if hint == "file" else hint)
