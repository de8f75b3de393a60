"""Run a one-on-one mentoring session from a Markdown agenda, in the terminal."""

__version__ = "0.1.0"
