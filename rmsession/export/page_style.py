"""How a page looks on a screen, wide or narrow, light or dark, and on paper."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5b5b63; --line: #d5d5dc; --paper: #ffffff; --mark: #8a1c1c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf0; --soft: #a9a9b4; --line: #3d3d46; --paper: #17171a; --mark: #ff9d9d; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 0.5rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 0; }
h1, h2, h3, td, li, dd { overflow-wrap: anywhere; }
h3 small { font-weight: 400; color: var(--soft); }
td:nth-child(3) { white-space: nowrap; }
span { white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.25rem; margin: 0; }
dt, .course { color: var(--soft); }
dd { margin: 0; }
ul { margin: 0.4rem 0 0; padding-left: 1.25rem; }
p.course { margin: 0; }
p.private { border-left: 0.25rem solid var(--mark); padding-left: 0.75rem; color: var(--mark); }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th:nth-child(2) { width: 21%; }
th:nth-child(3) { width: 6.5rem; }
th:nth-child(4) { width: 28%; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; }
tr { border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
tr.dropped td:first-child, tr.split td:first-child { text-decoration: line-through; }
@media (max-width: 34rem) {
  main { padding: 1.25rem 1rem 3rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: 0.4rem; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: 0.6rem 0; }
  td { padding: 0; }
  td:empty { display: none; }
  td + td { color: var(--soft); }
  td:nth-child(3)::before { content: "due "; }
}
@media print { main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } tr, li { break-inside: avoid; } }
"""
"""One sheet of style; it loads nothing, and no text of anybody's stands in it."""
