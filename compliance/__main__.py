"""The way in, which Ctrl-C ends at any moment; where nobody is trusted `modelcheck` is safer than `python -m`."""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # the folder in which it was called, where Python looks first: no `yaml.py` of theirs is imported


def _stop(*_: object) -> None:
    os.write(2, b"stopped\n")
    os._exit(130)


try:
    import signal
except KeyboardInterrupt:  # even this takes a while
    _stop()


def main() -> None:
    """Run the command line; stopped before it is there, or once it is done, it ends with 130 as it does in between."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell's background job does not hear it
    if heard:
        signal.signal(signal.SIGINT, _stop)
    from compliance.cli import main as run  # noqa: PLC0415 - this takes a while

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        _stop()
    finally:
        if heard:
            signal.signal(signal.SIGINT, _stop)


if __name__ == "__main__":
    main()
