"""Links: what they point to is looked at once if it lies in the tree, and told where it does not."""

import os
import stat as modes
from collections.abc import Callable, Iterable, Iterator

from compliance.files import shown
from compliance.model import Unread

Link = tuple[str, "os.DirEntry[str]"]


def followed(root: str, links: Iterable[Link], seen: set[str], unread: list[Unread],
             reads: Callable[[str], tuple[str, ...]]) -> Iterator[Link]:  # fmt: skip
    """The links to files of the tree that are not looked at where they lie; `reads` are the finders of a path.

    A link out of the tree, or to what git-annex did not fetch, is noted in `unread` where its name is one that would be
    read, and a link to a folder out of the tree always; one to a folder in the tree, or around it, leads to what is
    walked anyway.
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
            if not is_inside and not real.startswith(target.rstrip(os.sep) + os.sep):
                unread.append(Unread(path=shown(path), reason="a link to a folder outside of what is scanned"))
        elif modes.S_ISREG(mode) and finders and not is_inside:
            unread.append(Unread(path=shown(path), reason="a link to a file outside of what is scanned"))
        elif modes.S_ISREG(mode) and finders:
            below = target[len(real) :].lstrip(os.sep).replace(os.sep, "/")
            is_read = below in seen and reads(below) == finders
            if not is_read and (target, finders) not in taken:
                taken.add((target, finders))
                yield path, entry
