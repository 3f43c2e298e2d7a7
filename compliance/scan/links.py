"""Links: what they point to is looked at once if it lies in the tree, and told where it does not."""

import itertools
import os
import stat as modes
from collections.abc import Callable, Iterable, Iterator

from compliance.files import shown
from compliance.model import Unread

Link = tuple[str, "os.DirEntry[str]"]


def followed(root: str, links: Iterable[Link], seen: set[str], unread: list[Unread],
             reads: Callable[[str], tuple[str, ...]], left: list[str]) -> Iterator[Link]:  # fmt: skip
    """The links to files of the tree that are not looked at where they lie; `reads` are the finders of a path.

    A link out of the tree, or to what git-annex did not fetch, is noted in `unread` where its name is one that would be
    read, and a link to a folder out of the tree always. One to a folder in the tree leads to what is walked anyway, but
    for what is left out there, and one to a folder around it to more than that: such go to `left`.
    """
    real = os.path.realpath(root)
    taken: set[tuple[str, tuple[str, ...]]] = set()
    for path, entry in links:
        target = os.path.realpath(entry.path)
        is_inside = target == real or target.startswith(real.rstrip(os.sep) + os.sep)
        finders = reads(path)
        try:
            mode = entry.stat(follow_symlinks=True).st_mode
        except (OSError, ValueError):
            if finders and (not is_inside or f"{os.sep}.git{os.sep}" in target):
                unread.append(Unread(path=shown(path), reason="a link to a file that is not there"))
            continue
        if modes.S_ISDIR(mode):
            if real.startswith(target.rstrip(os.sep) + os.sep) or (is_inside and _is_new(target, real, seen, reads)):
                left.append(shown(path))
            elif not is_inside:
                unread.append(Unread(path=shown(path), reason="a link to a folder outside of what is scanned"))
        elif modes.S_ISREG(mode) and finders and not is_inside:
            unread.append(Unread(path=shown(path), reason="a link to a file outside of what is scanned"))
        elif modes.S_ISREG(mode) and finders:
            below = target[len(real) :].lstrip(os.sep).replace(os.sep, "/")
            is_read = below in seen and reads(below) == finders
            if not is_read and (target, finders) not in taken:
                taken.add((target, finders))
                yield path, entry


_MOST = 2_000
"""Files of a folder that are looked through for one that would be read."""


def _is_new(folder: str, root: str, seen: set[str], reads: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a folder of the tree holds files that would be read, and none of them was."""
    below = folder[len(root) :].lstrip(os.sep).replace(os.sep, "/") + "/"
    if below == "/" or any(path.startswith(below) for path in seen):
        return False
    files = (name for _, _, names in os.walk(folder) for name in names)
    return any(reads(name) for name in itertools.islice(files, _MOST))
