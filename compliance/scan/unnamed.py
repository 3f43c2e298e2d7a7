"""Scripts whose names have no ending: read as what their first line says runs them."""

from compliance.scan import python, shell
from compliance.scan.files import File
from compliance.scan.patterns import pattern as lazily

_RUNS = lazily(r"#![^\n]*?\b(?:(?P<python>python|uv|pypy)|(?:ba|z|da|k)?sh\b)")


def find(file: File) -> None:
    """Report the references of a script in Python or for a shell; of another language it is none of ours."""
    found = _RUNS.match(file.text)
    if found is not None:
        (python.find if found["python"] else shell.script)(file)
