"""Markdown in, an agenda out."""
