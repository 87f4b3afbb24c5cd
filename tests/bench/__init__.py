"""Figures, by commands: `python -m tests.bench fan-out`. What they mean and should be: docs/performance.md."""
