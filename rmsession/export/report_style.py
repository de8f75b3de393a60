"""How the page of a report looks, beyond what every page has: numbers stand out, drawings are quiet."""

from typing import Final

REPORT_STYLE: Final = """
:root { --accent: #1f5f4a; --track: #e4e4ea; --edge: #6b7f77; --wash: #eef5f1;
  --p1: #e3eeea; --p2: #b5d3c8; --p3: #7fb3a1; --p4: #34745f; --p5: #1a4f3e; --dark: #14141a; --light: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #8fd6b6; --track: #33333b; --edge: #7f9a90; --wash: #1d2622;
    --p1: #22302b; --p2: #2d4a40; --p3: #3f7361; --p4: #74b99d; --p5: #a9e6cb; --dark: #ffffff; --light: #14141a; }
}
main { max-width: 54rem; }
header ul { list-style: none; padding: 0.75rem 1rem; margin: 0; background: var(--wash); border-radius: 0.4rem; }
header li:first-child { font-weight: 600; }
h2 { font-size: 1.5rem; margin-top: 3rem; }
h3 { font-size: 1.15rem; margin: 2.25rem 0 0.25rem; }
h4, h5 { font-size: 1rem; font-weight: 600; margin: 1.25rem 0 0.25rem; overflow-wrap: anywhere; }
h5 { font-weight: 400; color: var(--soft); margin: 0; }
nav ul { margin-top: 1rem; }
a { color: var(--accent); overflow-wrap: anywhere; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
table { table-layout: fixed; margin: 0.25rem 0 0; }
th, td, th:nth-child(n), td:nth-child(n) { width: auto; white-space: normal; overflow-wrap: anywhere; }
td:nth-child(n)::before { content: none; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
col.label { width: 30%; }
col.drawn { width: 13.5rem; }
td:nth-child(2):not(:last-child) { padding: 0.15rem 0.75rem 0.15rem 0; }
.parts caption { position: static; width: auto; height: auto; clip-path: none; text-align: start; color: var(--soft);
  padding: 0.75rem 0 0.25rem; }
.group + .group, table + .group, .group + table { margin-top: 2rem; }
.side + .side { margin-top: 1.25rem; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0.75rem 2rem; }
.whole { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1rem; }
.whole svg { flex: 0 0 12.5rem; }
tbody th { color: var(--ink); font-weight: 400; }
th[scope=rowgroup] { color: var(--soft); padding-top: 1rem; }
td.value, p.value { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
p.value { margin: 0.1rem 0; }
td.none, p.none { color: var(--soft); font-weight: 400; font-style: italic; }
.note { display: block; color: var(--soft); font-size: 0.9rem; font-weight: 400; }
details { margin: 0.25rem 0 0; }
p.note { margin: 0; }
summary { color: var(--soft); cursor: pointer; }
figure { margin: 0.35rem 0 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; font: 14px system-ui, sans-serif; }
svg.row { max-width: 12.5rem; }
svg.trend, svg.stack { max-width: 32rem; font-size: 15px; }
.track { fill: var(--track); }
.part, .point { fill: var(--accent); }
.planned { fill: var(--edge); }
.before { fill: var(--paper); stroke: var(--accent); stroke-width: 2; }
.axis, .level { stroke: var(--line); }
.axis { stroke: var(--edge); }
.slope { stroke: var(--accent); stroke-width: 2.5; }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.halo { stroke: var(--paper); stroke-width: 4; }
.tick { fill: var(--soft); }
.side, .number { fill: var(--ink); }
.piece { stroke: var(--edge); stroke-width: 1; }
rect.p1 { fill: var(--p1); } rect.p2 { fill: var(--p2); } rect.p3 { fill: var(--p3); } rect.p4 { fill: var(--p4); }
rect.p5 { fill: var(--p5); } .on-p1, .on-p2, .on-p3 { fill: var(--dark); } .on-p4, .on-p5 { fill: var(--light); }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.25rem; padding: 0; margin: 0.25rem 0 0; }
ul.legend svg { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.4rem; }
ul.legend b { font-weight: 600; font-variant-numeric: tabular-nums; }
.log dl { margin: 0.25rem 0 1.25rem; }
footer { margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--soft); }
@media (max-width: 34rem) {
  h2 { font-size: 1.3rem; }
  tbody th, td, td:nth-child(2):not(:last-child) { display: block; padding: 0; }
  td + td { color: var(--ink); }
  td.none + td, td.none { color: var(--soft); }
  svg.row { max-width: none; width: 12.5rem; margin-left: -0.5rem; }
  .log dl { grid-template-columns: 1fr; }
}
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --accent: #1f5f4a; --track: #e4e4ea; --edge: #6b7f77;
    --wash: #fff; --p1: #e3eeea; --p2: #b5d3c8; --p3: #7fb3a1; --p4: #34745f; --p5: #1a4f3e; --dark: #14141a;
    --light: #fff; }
  html { font-size: 10pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
  header ul { padding: 0; }
  main > section + section { break-before: page; }
  h3, h4 { break-after: avoid; }
  figure, .block { break-inside: avoid; }
  .side { grid-template-columns: 1fr 1fr; }
  .drawn, .many summary { display: none; }
  .many::details-content { content-visibility: visible; block-size: auto; }
}
"""
"""One sheet of style; it loads nothing, and no text of anybody's stands in it."""
