"""The duties of a report written out: notice lines, attributions, copies of texts, and a list of what is left."""

import re
from collections.abc import Callable, Iterable
from html import escape

from compliance.audit import Report
from compliance.harmless import markdown, printable
from compliance.model import Document, Rule, Struct
from compliance.report.json import all_documents, shown

Text = Callable[[str, str], str | None]
"""The exact text of a document (by id, for a model) where a copy is at hand."""


class Owed(Struct, frozen=True):
    """A duty that is not shown fulfilled, with the subjects that owe it."""

    rule: Rule
    document: Document
    subjects: tuple[str, ...]
    certain: bool = True


def owed(report: Report) -> list[Owed]:
    """The duties of a report that are open, in the order of their documents, each once."""
    found: dict[str, Owed] = {}
    for item in report.assessments:
        documents = {document.id: document for document in all_documents(item.terms)}
        for judged in shown(item):
            rule, done = judged.rule, judged.fulfilled
            if rule.effect != "duty" or judged.waived or (done is not None and done.truth is True):
                continue
            if (document := documents.get(rule.document)) is not None:
                before = found.get(rule.key) or Owed(rule=rule, document=document, subjects=(), certain=False)
                certain = before.certain or (judged.step.truth is True and rule.disputed is None)
                subjects = tuple(dict.fromkeys((*before.subjects, item.subject)))
                found[rule.key] = Owed(rule=rule, document=document, subjects=subjects, certain=certain)
    return sorted(found.values(), key=lambda duty: (duty.document.id, duty.rule.line))


def files(duties: list[Owed], text: Text) -> dict[str, str]:
    """The files that fulfil the duties, by their paths below the folder: what can be written, and `OWED.md`."""
    made: dict[str, str] = {}
    if lines := dict.fromkeys(_prescribed(duties, "notice")):
        made["NOTICE"] = "".join(f"{line}\n" for line in lines)
    if _prescribed(duties, "attribution"):
        made["ATTRIBUTION.md"], made["ATTRIBUTION.html"] = _markdown(duties), _html(duties)
    for duty in duties:
        if _kind(duty) in {"license-copy", "policy"}:
            for subject in duty.subjects:
                copy = text(duty.document.id, subject)
                if copy is not None:
                    made.setdefault(_copy(duty.document, subject), copy)
    if duties:
        made["OWED.md"] = _list(duties, made)
    return made


def _kind(duty: Owed) -> str:
    return (duty.rule.produces or {}).get("kind", "")


def _copy(document: Document, subject: str) -> str:
    """Where a copy goes; one of a general licence beside the name of its model, for others carry that text as well."""
    name = document.id.replace("/", "--")
    model = _ODD.sub("-", subject.replace("/", "--"))[-_LONGEST:]
    return f"licenses/{name}.txt" if document.publisher else f"licenses/{model}--{name}.txt"


_ODD = re.compile(r"[^\w.+-]")
_LONGEST = 120


def _prescribed(duties: Iterable[Owed], kind: str) -> list[str]:
    """The words that documents prescribe to the letter."""
    return [duty.rule.produces["text"] for duty in duties
            if _kind(duty) == kind and duty.rule.produces is not None and "text" in duty.rule.produces]  # fmt: skip


def _shown(duties: Iterable[Owed]) -> list[tuple[str, str]]:
    """Words to display, each with the models that they are displayed for."""
    found: dict[str, dict[str, None]] = {}
    for duty in duties:
        for words in _prescribed([duty], "attribution"):
            found.setdefault(words, {}).update(dict.fromkeys(duty.subjects))
    return [(words, ", ".join(subjects)) for words, subjects in found.items()]


def _markdown(duties: list[Owed]) -> str:
    lines = [f"**{markdown(words)}** ({markdown(subjects)})\n" for words, subjects in _shown(duties)]
    return "# Models in this product\n\n" + "\n".join(lines)


def _html(duties: list[Owed]) -> str:
    lines = "\n".join(
        f"<p><strong>{_escaped(words)}</strong> ({_escaped(names)})</p>" for words, names in _shown(duties)
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Models in this product</title></head>'
        f"<body>\n<h1>Models in this product</h1>\n{lines}\n</body></html>\n"
    )


def _escaped(text: str) -> str:
    return escape(printable(text))


def _where(duty: Owed, made: dict[str, str]) -> str:
    """Which file does it, or what is left to do."""
    kind, words = _kind(duty), (duty.rule.produces or {}).get("text")
    if kind == "notice" and words is not None:
        return f"Written to `NOTICE`: “{words}”. Ship that file with every copy."
    if kind == "attribution" and words is not None:
        return f"Written to `ATTRIBUTION.md` and `ATTRIBUTION.html`: “{words}”. Display it where the clause says."
    copies = dict.fromkeys(_copy(duty.document, subject) for subject in duty.subjects)
    if kind in {"license-copy", "policy"} and all(copy in made for copy in copies):
        written = ", ".join(f"`{copy}`" for copy in copies)
        return f"Copied from a file at hand to {written}. Ship it where the clause says."
    if kind in {"license-copy", "policy"}:
        return "No copy is at hand: obtain the text from the source above."
    if kind == "name-prefix" and words is not None:
        return f"Let the names of derivatives begin with “{words}”."
    return "No file fulfils this."


def _list(duties: list[Owed], made: dict[str, str]) -> str:
    """Every open duty with its clause, what was written for it and what is left."""
    parts = ["# What is owed\n\nOnce a duty is done, state its fact in `modelcheck.yaml`; the next audit counts it.\n"]
    for document in dict.fromkeys(duty.document.id for duty in duties):
        of_it = [duty for duty in duties if duty.document.id == document]
        subjects = dict.fromkeys(subject for duty in of_it for subject in duty.subjects)
        title = markdown(of_it[0].document.title)
        parts.append(f"## {title}\n\nFor {markdown(', '.join(subjects))}. {_source(of_it[0].document)}\n")
        for duty in of_it:
            section = f", section {markdown(duty.rule.section)}" if duty.rule.section else ""
            doubt = "" if duty.certain else " Whether it is owed is open: facts are missing, or readings differ."
            lines = [
                f"- [ ] {markdown(duty.rule.summary)} (`{duty.rule.key}`{section}){doubt}",
                f"  {_where(duty, made)}",
            ]
            lines += [f"  {markdown(duty.rule.remedy)}"] if duty.rule.remedy else []
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _source(document: Document) -> str:
    """Where the text is, and how to know it."""
    evidence = document.evidence
    if (source := evidence.url or evidence.source) is None:
        return ""
    return f"Text: {source}" + (f" (SHA-256 {evidence.sha256})." if evidence.sha256 else ".")
