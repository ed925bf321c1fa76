/** The style of a report's page. What stands at the head of each printed page is put into margin boxes, its characters spelled by number. */
export function sheetStyle(head: string, synthetic: boolean): string {
  const spelled = `"${Array.from(head, (one) => (/[A-Za-z0-9 .,:()-]/.test(one) ? one : `\\${(one.codePointAt(0) ?? 0).toString(16)} `)).join("")}"`;
  return `${screen}
@page { size: A4; margin: 18mm 17mm 16mm; @top-left { content: ${spelled}; font: 7.5pt ${sans}; color: ${synthetic ? "#5c3f00" : "#56606a"}; } @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt ${sans}; color: #56606a; } }
${print}`;
}

const sans = `"Source Sans 3", "Segoe UI", "Helvetica Neue", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif`;

const screen = `:root { color-scheme: light; --ink: #161c22; --muted: #56606a; --rule: #dcd8ce; --accent: #12475a; --bar: #8db8c3; --tick: #12475a; }
* { box-sizing: border-box; }
body { margin: 0; font: 10.5pt/1.4 ${sans}; color: var(--ink); background: #fff; font-variant-numeric: tabular-nums lining-nums; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
.band { margin: 0 0 1rem; padding: .35rem 1.25rem; background: #fbeecb; color: #5c3f00; font-weight: 600; text-align: center; }
.kicker { margin: 0; color: var(--muted); font-size: 9pt; }
h1 { margin: 0; font-size: 22pt; line-height: 1.15; color: var(--accent); }
.subtitle { margin: .1rem 0 0; font-size: 13pt; }
.frame, .modelled { margin: .25rem 0 0; color: var(--muted); font-size: 8.5pt; }
.modelled { color: #5c3f00; }
header { border-bottom: 1.5pt solid var(--ink); padding-bottom: .6rem; }
h2 { margin: 1rem 0 .3rem; font-size: 11.5pt; color: var(--accent); }
h3 { margin: .8rem 0 .15rem; font-size: 10pt; }
h2.part { margin-top: 2.5rem; border-top: 1.5pt solid var(--ink); padding-top: .5rem; font-size: 15pt; }
p { margin: 0 0 .35rem; }
.findings { margin: 0; padding-left: 1.1rem; }
.findings li { margin: 0 0 .15rem; }
.marks { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .5rem 1rem; margin: .8rem 0 .2rem; }
.marks div { border-top: .75pt solid var(--ink); padding-top: .25rem; }
.marks dt { color: var(--muted); font-size: 8.5pt; }
.marks dd { margin: 0; font-size: 8.5pt; }
.marks b { font-size: 14pt; font-weight: 600; }
.marks .note { color: var(--muted); }
figure { margin: 1rem 0 0; break-inside: avoid; }
figcaption, caption, .caption { text-align: left; font-size: 10pt; }
caption { caption-side: top; padding-bottom: .25rem; }
figcaption span, caption span { display: block; color: var(--muted); font-size: 8.5pt; font-weight: 400; }
svg { width: 100%; height: auto; display: block; margin-top: .2rem; font-family: inherit; }
svg .bar { fill: var(--bar); } svg text.ink { fill: var(--ink); } svg text.muted { fill: var(--muted); }
svg path.rule { stroke: var(--rule); } svg path.ink { stroke: var(--ink); } svg path.tick { stroke: var(--tick); }
.table { margin: 1.1rem 0 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; line-height: 1.25; }
thead { border-bottom: .75pt solid var(--ink); }
thead tr:first-child { border-top: .75pt solid var(--ink); }
th, td { text-align: left; vertical-align: bottom; padding: .16rem .5rem .16rem 0; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 8pt; hyphens: manual; }
th.over { text-align: center; border-bottom: .5pt solid var(--rule); }
.figure { text-align: right; white-space: nowrap; padding-left: .5rem; }
thead .figure { white-space: normal; }
tbody tr { border-bottom: .5pt solid var(--rule); break-inside: avoid; }
tbody tr.total { border-top: .75pt solid var(--ink); }
tr.total th, tr.total td { font-weight: 600; }
sup { font-size: 6.5pt; line-height: 0; color: var(--muted); margin-left: .1em; }
.notes { list-style: none; margin: .3rem 0 0; padding: 0; }
.notes, .source { color: var(--muted); font-size: 7.5pt; line-height: 1.3; }
.source { margin: .15rem 0 0; }
.empty { color: var(--muted); }
.sources { padding-left: 1.4rem; font-size: 8.5pt; }
a { color: var(--accent); overflow-wrap: anywhere; }`;

const print = `@media print {
body { font-size: 9pt; line-height: 1.3; } main { max-width: none; padding: 0; }
.band { padding: 1mm 3mm; margin-bottom: 3mm; } h2 { margin-top: 2.5mm; } .second, h2.part { break-before: page; } .second .table:first-child { margin-top: 0; }
table { font-size: 7pt; } thead { display: table-header-group; } thead th { font-size: 6.5pt; } .scroll { overflow: visible; }
th, td { padding-top: .22mm; padding-bottom: .22mm; } .notes, .source { font-size: 6.5pt; } figure { margin-top: 3mm; } .table { margin-top: 4mm; }
a { color: inherit; text-decoration: none; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`;
