"""`python -m compliance`; in a folder that nobody trusts `modelcheck` is safer, for there Python itself looks first."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # the folder in which it was called: no `yaml.py` of theirs is ours to import

from compliance.cli import main

if __name__ == "__main__":
    main()
