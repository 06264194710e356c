/** Of the report: readable on any screen, light or dark, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: #1b1f24; --dim: #4d5661; --page: #ffffff; --line: #c3cad3; --head: #f0f3f6;
  --good: #17602e; --bad: #a3201a; --unknown: #7a4b00;
  --sent: #5a6470; --acknowledged: #0f54a8; --consumed: #a1430b; --lag: #6a2fa0;
  --band: #f0f3f6; --band-other: #e0e6ee; --band-edge: #9aa5b1; --bar: #2f6db5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e9edf2; --dim: #b3bcc7; --page: #14181d; --line: #434c57; --head: #20262d;
    --good: #6fd08c; --bad: #ff9d94; --unknown: #f0bd62;
    --sent: #aab4c0; --acknowledged: #7db4ff; --consumed: #ffa56b; --lag: #cf9dff;
    --band: #1b2027; --band-other: #262d36; --band-edge: #5d6874; --bar: #4f8fdc;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
p { margin: .4rem 0; }
.dim, caption { color: var(--dim); }
.verdict { border: 2px solid currentColor; border-radius: .4rem; padding: .6rem 1rem; margin: 1rem 0; font-size: 1.15rem; font-weight: 600; }
.verdict span { display: block; color: var(--text); font-size: 1rem; font-weight: 400; }
.met { color: var(--good); } .not-met { color: var(--bad); } .not-proven, .not-measured { color: var(--unknown); }
.scrolls { overflow-x: auto; margin: .6rem 0; }
.scrolls:focus-visible { outline: 3px solid var(--acknowledged); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; padding: .2rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem .3rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--head); vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 8rem; }
tbody th.number { min-width: 0; }
tbody td:last-child:not(.number) { min-width: 7rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1rem; }
figure { margin: .8rem 0; }
figure svg { width: 100%; height: auto; min-width: 40rem; display: block; }
figcaption { color: var(--dim); font-size: .9rem; }
.key { display: inline-block; margin-right: 1.2rem; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: 2rem; border-top: 3px solid var(--key); margin-right: .4rem; vertical-align: middle; }
.key.sent { --key: var(--sent); } .key.acknowledged { --key: var(--acknowledged); } .key.consumed { --key: var(--consumed); }
.key.sent::before { border-top-style: dotted; } .key.consumed::before { border-top-style: dashed; }
code { font-size: .88em; }
code.long { overflow-wrap: anywhere; }
.empty td { height: 2.4rem; }
@media print {
  :root {
    color-scheme: light;
    --text: #000000; --dim: #333333; --page: #ffffff; --line: #888888; --head: #eeeeee;
    --good: #0e4d22; --bad: #8c1610; --unknown: #633c00;
    --sent: #555555; --acknowledged: #0f54a8; --consumed: #a1430b; --lag: #6a2fa0;
    --band: #f3f3f3; --band-other: #e4e4e4; --band-edge: #999999; --bar: #2f6db5;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h2 + p { break-after: avoid; }
  tr, figure, .verdict, .scrolls { break-inside: avoid; }
  table { font-size: 8pt; }
  .scrolls { overflow: visible; }
  figure svg { min-width: 0; }
  * { print-color-adjust: exact; }
  @page { margin: 15mm; }
}
`;
