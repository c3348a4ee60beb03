"""What is fast and what is right: each module runs as `python -m benchmarks.NAME`; held by ratios, never by seconds."""
