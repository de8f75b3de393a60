"""How the page that a mentee takes home looks, beyond what every page has: promises stand out, all else is quiet."""

from typing import Final

SHARE_STYLE: Final = """
:root { --accent: #1f5f4a; --late: #9a1f1f; --wash: #eef5f1; }
@media (prefers-color-scheme: dark) { :root { --accent: #8fd6b6; --late: #ffa3a3; --wash: #1d2622; } }
header p { margin: 0; color: var(--soft); }
header p.title { color: var(--ink); font-weight: 600; }
h1 { font-size: 2rem; margin: 1.25rem 0 0.75rem; }
ul.promises { list-style: none; padding: 0; margin: 0; }
ul.promises li { position: relative; padding: 0.65rem 0.9rem 0.65rem 2.6rem; margin: 0 0 0.5rem;
  background: var(--wash); border-radius: 0.4rem; }
ul.promises li::before { content: ""; position: absolute; left: 0.9rem; top: 0.95rem; width: 0.85rem; height: 0.85rem;
  border: 2px solid var(--accent); border-radius: 0.15rem; }
ul.quiet li::before { border-color: var(--soft); }
ul.quiet li { background: none; border: 1px solid var(--line); }
.more { display: block; color: var(--soft); font-size: 0.95rem; white-space: normal; }
.more span { white-space: normal; }
.late { color: var(--late); font-weight: 600; }
section.yours { font-size: 1.1rem; }
section.yours .more { font-size: 1rem; }
a { color: var(--accent); text-underline-offset: 0.15em; overflow-wrap: anywhere; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul.sites { list-style: none; padding: 0; }
ul.sites li { margin: 0 0 0.6rem; }
.kind { color: var(--soft); }
li.settled > span:first-of-type { color: var(--soft); }
footer { margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--soft);
  font-size: 0.9rem; }
footer p { margin: 0; }
@media (max-width: 34rem) { h1 { font-size: 1.75rem; margin-top: 1rem; } }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --accent: #1f5f4a; --late: #9a1f1f; --wash: #fff; }
  ul.promises li { border: 1px solid var(--line); break-inside: avoid; }
  a { color: inherit; }
  footer { margin-top: 1.5rem; }
}
"""
"""One sheet of style; it loads nothing, and no text of anybody's stands in it."""
