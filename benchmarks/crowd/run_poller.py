"""`python -m benchmarks.crowd.run_poller`: imports late, because worker processes must not load what it has."""

from __future__ import annotations

if __name__ == "__main__":
    from benchmarks.crowd.poller import main

    main()
