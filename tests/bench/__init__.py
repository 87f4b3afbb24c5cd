"""Figures, by commands: `python -m tests.bench fan-out`. What they mean and what they should be: docs/performance.md."""
