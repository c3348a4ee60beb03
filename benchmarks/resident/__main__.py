"""`python -m benchmarks.resident`: see benchmarks.flow.

It imports late, and is named so, because worker processes must not load what the main process has.
"""

from __future__ import annotations

if __name__ == "__main__":
    from benchmarks.resident.newsroom import main

    main()
