"""The program's door: `topicwire`, and `python -m bot`, which is the same."""

from __future__ import annotations

import os
import signal
import sys


def main() -> int:
    """Run the command line; returns the exit code.

    Ctrl-C ends the program by SIGINT, so that a shell or `make` sees it, and never with a traceback.
    """
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        # Libraries are loaded, for a second: there is nothing to put in order yet.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli import main as run_command_line

    if is_heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return run_command_line()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
        raise
    finally:
        if is_heard:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
