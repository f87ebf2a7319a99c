/** The one stylesheet, for light and dark; colours have the meanings of status.ts. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --paper: #fff; --ink: #1b1f27; --soft: #5b6472; --line: #e1e5eb; --link: #1f5fbf;
  --good: #1c7c45; --bad: #c02b2b; --busy: #1f6fd1; --wait: #8a6410; --warn: #b4540a; --idle: #6b7280;
  --good-bg: #e0f4e8; --bad-bg: #fce6e6; --busy-bg: #e2eefc; --wait-bg: #faf0d4; --warn-bg: #fdebdc; --idle-bg: #eceef1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151a; --paper: #1a1e25; --ink: #e6e9ee; --soft: #9aa4b2; --line: #2c323c; --link: #7db4ff;
    --good: #6fd398; --bad: #ff8f8f; --busy: #7db4ff; --wait: #e5c063; --warn: #ffad70; --idle: #a3acb9;
    --good-bg: #143222; --bad-bg: #3c1a1c; --busy-bg: #152c4a; --wait-bg: #352b12; --warn-bg: #3a2413; --idle-bg: #272c35;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header.top {
  display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: baseline;
  padding: 1rem max(1.25rem, calc((100% - 67.5rem) / 2)); background: var(--paper); border-bottom: 1px solid var(--line);
}
.brand { font-size: 1.15rem; color: var(--ink); letter-spacing: .01em; }
.brand b { color: var(--bad); }
nav { display: flex; gap: 1.5rem; }
nav a { color: var(--soft); padding: .2rem 0; border-bottom: 2px solid transparent; }
nav a[aria-current] { color: var(--ink); border-color: var(--bad); }
main { max-width: 70rem; margin: 0 auto; padding: 2.25rem 1.25rem 4rem; }
footer {
  display: flex; flex-wrap: wrap; gap: .5rem 2rem; max-width: 67.5rem; margin: 0 auto;
  padding: 1.25rem 0; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem;
}
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; letter-spacing: -.01em; }
h1 .badge { vertical-align: middle; font-size: .8rem; letter-spacing: 0; }
ul.inline { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0; list-style: none; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .9rem; }
h2.repository { padding-bottom: .5rem; border-bottom: 1px solid var(--line); color: var(--soft); font-weight: 600; }
h3 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
.kind { margin: 0 0 .25rem; color: var(--soft); font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; }
.kind a { text-transform: none; letter-spacing: 0; }
.lead { max-width: 48rem; margin: 0 0 1.5rem; color: var(--soft); font-size: 1.05rem; }
.lead b { color: var(--ink); }
.quiet, .empty { color: var(--soft); }
.quiet { font-size: .925rem; }
.clamp:empty { display: none; }
.note { padding: .75rem 1rem; background: var(--warn-bg); border-radius: .5rem; }
code, .code, .name, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
h1.name { font-size: 1.5rem; }
.name, dd code, td code { overflow-wrap: anywhere; }
pre {
  margin: 0; padding: 1rem 1.25rem; overflow-x: auto; background: var(--paper);
  border: 1px solid var(--line); border-radius: .6rem; font-size: .85rem; line-height: 1.5;
}
pre code { font-size: inherit; }
pre.log { background: #14171c; color: #dde2ea; border-color: #14171c; white-space: pre-wrap; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 1.25rem; align-items: start; }
.card { padding: 1.25rem 1.4rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
.card header p { margin: .1rem 0 0; color: var(--soft); }
.held { margin: .9rem 0 0; font-size: 1.15rem; font-weight: 600; }
.held.empty { font-size: 1rem; font-weight: 400; }
.facts { margin: 1rem 0 0; display: grid; gap: .35rem; }
.facts div { display: grid; grid-template-columns: 8.5rem 1fr; gap: 1rem; align-items: baseline; }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.card .facts div { grid-template-columns: 6.5rem 1fr; }
.waiting { margin-top: 1.1rem; padding-top: 1rem; border-top: 1px dashed var(--line); }
.waiting p { margin: 0; }
.gates { margin: .6rem 0 0; padding: 0; list-style: none; font-size: .9rem; color: var(--soft); }
.gates li { margin: .4rem 0; }
.badge {
  display: inline-block; padding: .05rem .6rem; border-radius: 1rem;
  font: 600 .78rem/1.6 system-ui, sans-serif; white-space: nowrap;
}
.good { color: var(--good); } .badge.good { background: var(--good-bg); }
.bad { color: var(--bad); } .badge.bad { background: var(--bad-bg); }
.busy { color: var(--busy); } .badge.busy { background: var(--busy-bg); }
.wait { color: var(--wait); } .badge.wait { background: var(--wait-bg); }
.warn { color: var(--warn); } .badge.warn { background: var(--warn-bg); }
.idle { color: var(--idle); } .badge.idle { background: var(--idle-bg); }
.squares { display: inline-flex; flex-wrap: wrap; gap: 3px; vertical-align: middle; }
.square { width: 14px; height: 14px; border-radius: 3px; background: currentColor; }
.square.wait, .square.idle { background: none; border: 2px solid currentColor; }
.square:hover { transform: scale(1.25); }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
th, td { padding: .65rem 1rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-size: .8rem; font-weight: 500; white-space: nowrap; }
time { white-space: nowrap; }
.activity { margin: 0; padding: 0; list-style: none; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
.activity li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem 1rem; padding: .6rem 1.25rem; border-bottom: 1px solid var(--line); }
.activity li:last-child { border-bottom: 0; }
.activity time { color: var(--soft); font-size: .875rem; }
svg.bar { display: block; width: 100%; min-width: 7rem; height: 8px; margin-top: .5rem; background: var(--idle-bg); border-radius: 4px; }
svg.bar rect { fill: currentColor; }
.scroll:has(svg.graph) { margin-top: 1.75rem; padding: 1.25rem; }
svg.graph { display: block; }
.arrow { fill: none; stroke: var(--soft); stroke-width: 1.5; opacity: .6; }
.box rect { fill: var(--paper); stroke: currentColor; stroke-width: 1.5; }
.box.final rect { stroke-dasharray: 5 4; }
.box.good rect { fill: var(--good-bg); } .box.bad rect { fill: var(--bad-bg); } .box.busy rect { fill: var(--busy-bg); }
.box text { fill: var(--ink); font-size: 12px; text-anchor: middle; }
@media (max-width: 40rem) {
  main { padding-top: 1.5rem; }
  footer { margin: 0 1.25rem; }
  h1 { font-size: 1.5rem; }
  .card { padding: 1.1rem; }
  .facts div { grid-template-columns: 6.5rem 1fr; gap: .75rem; }
}
`;
