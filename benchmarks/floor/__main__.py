"""`python -m benchmarks.floor`: see benchmarks.flow."""

from __future__ import annotations

if __name__ == "__main__":
    from benchmarks.floor.bare import main

    main()
