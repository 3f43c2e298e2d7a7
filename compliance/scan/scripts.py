"""Scripts whose names have no ending: read as what their first line says runs them."""

from compliance.scan import python, shell, sources
from compliance.scan.files import File
from compliance.scan.patterns import pattern as lazily

_RUNS = lazily(
    r"#![^\n]*?\b(?:(?P<python>python|uv|pypy)|(?P<sources>(?:node(?:js)?|deno|bun|tsx|ts-node|ruby|Rscript|julia|php|lua)\b)"
    r"|(?:fi|ba|z|da|k)?sh\b)"
)


def find(file: File) -> None:
    """Report the references of a script; one in a language of which no files are read is none of ours."""
    found = _RUNS.match(file.text)
    if found is not None:
        (python.find if found["python"] else sources.find if found["sources"] else shell.script)(file)
