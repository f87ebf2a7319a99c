/** The one stylesheet of the pages. */
export const style = `
:root{--ink:#1c2430;--soft:#5d6b7e;--line:#dbe1e8;--paper:#fff;--ground:#f5f7f9;--accent:#0b6e6e;--good:#1a7f4b;--bad:#c3352b;--wait:#a76a00;--merged:#6b46b8;--code:#f1f4f7}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#97a5b6;--line:#2d3743;--paper:#171d24;--ground:#10151a;--accent:#4fc1b8;--good:#4cc088;--bad:#f2796f;--wait:#e0aa4a;--merged:#a98cf0;--code:#202830}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
header.top{background:#12343b;color:#e9f3f3;padding:.7rem 1.5rem;display:flex;gap:1rem;align-items:baseline}
header.top a{color:inherit;font-weight:600}header.top span{opacity:.75;font-size:.85rem}
main,.below{max-width:1080px;margin:1.2rem auto;padding:0 1.5rem}
h1{font-size:1.45rem;margin:.3rem 0}h1 .number{color:var(--soft);font-weight:400}h2{font-size:1.05rem;margin:1.4rem 0 .6rem}
.lead{color:var(--soft);max-width:46rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;margin:.8rem 0;overflow:hidden}
.card>.head{padding:.5rem .9rem;border-bottom:1px solid var(--line);color:var(--soft);font-size:.88rem;display:flex;gap:.5rem;align-items:center;flex-wrap:wrap}
.card>.body{padding:.7rem .9rem}
.rows{list-style:none;margin:0;padding:0}.rows>li{padding:.55rem .9rem;border-top:1px solid var(--line);display:flex;gap:.6rem;align-items:baseline}.rows>li:first-child{border-top:0}
.rows .end{margin-left:auto;color:var(--soft);font-size:.85rem;white-space:nowrap}
.badge{display:inline-block;border-radius:2rem;padding:.12rem .7rem;color:#fff;font-size:.82rem;font-weight:600;background:var(--good)}
.badge.closed{background:var(--bad)}.badge.merged{background:var(--merged)}
@media (prefers-color-scheme:dark){.badge{color:#10151a}}
.tag{border:1px solid var(--line);border-radius:2rem;padding:0 .5rem;font-size:.75rem;color:var(--soft)}
.icon{display:inline-grid;place-items:center;width:1.15rem;height:1.15rem;border-radius:50%;font-size:.72rem;font-weight:700;color:#fff;flex:none;background:var(--soft)}
.icon.good{background:var(--good)}.icon.bad{background:var(--bad)}.icon.wait{background:var(--wait)}
.avatar{display:inline-grid;place-items:center;width:2.2rem;height:2.2rem;border-radius:50%;color:#fff;font-size:.78rem;font-weight:700;flex:none}
.avatar.bot{border-radius:8px}
.turn{display:grid;grid-template-columns:2.2rem 1fr;gap:.8rem;margin:.9rem 0}.turn .card{margin:0}
.event{margin:.7rem 0 .7rem 3rem;color:var(--soft);font-size:.9rem}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 21rem;gap:1.5rem}
@media (max-width:900px){.columns{grid-template-columns:1fr}}
.tabs{display:flex;gap:1.2rem;border-bottom:1px solid var(--line);margin:1rem 0}.tabs a{padding:.4rem .1rem;color:var(--soft)}.tabs a.on{color:var(--ink);border-bottom:2px solid var(--accent);font-weight:600}
details.check{border-top:1px solid var(--line);padding:.45rem .9rem}details.check:first-of-type{border-top:0}
details.check>summary{cursor:pointer;display:flex;gap:.5rem;align-items:flex-start;list-style:none}details.check>summary small{color:var(--soft);display:block}
.prose{overflow-wrap:anywhere}.prose>:first-child{margin-top:0}.prose>:last-child{margin-bottom:0}
.prose table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}.prose th,.prose td{border:1px solid var(--line);padding:.25rem .6rem}
.prose h1,.prose h2,.prose h3{font-size:1.05rem;margin:.9rem 0 .4rem}.prose blockquote{border-left:3px solid var(--line);margin:.5rem 0;padding-left:.8rem;color:var(--soft)}
code,pre,textarea.code{font:13px/1.45 ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace}
:not(pre)>code{background:var(--code);padding:.1em .35em;border-radius:5px}
pre{background:var(--code);padding:.7rem .9rem;border-radius:8px;overflow:auto;margin:.6rem 0}
.note{border-left:4px solid var(--bad);background:var(--code);padding:.4rem .7rem;margin:.4rem 0;border-radius:0 6px 6px 0;font-size:.88rem}.note.warning{border-color:var(--wait)}.note.notice{border-color:var(--accent)}
.note .place{font-family:ui-monospace,monospace;font-size:.8rem;color:var(--soft)}
.note p{margin:.15rem 0;white-space:pre-wrap}
table.diff{width:100%;border-collapse:collapse;font:12.5px/1.5 ui-monospace,Menlo,Consolas,monospace}
table.diff td{padding:0 .6rem;white-space:pre-wrap;overflow-wrap:anywhere}table.diff td.line{width:3rem;text-align:right;color:var(--soft);user-select:none}
table.diff tr.plus{background:color-mix(in srgb,var(--good) 15%,transparent)}table.diff tr.minus{background:color-mix(in srgb,var(--bad) 14%,transparent)}table.diff tr.hunk{color:var(--soft);background:var(--code)}
table.diff tr.notes td{white-space:normal;font-family:system-ui,sans-serif}
form.stack{display:grid;gap:.6rem}label{display:grid;gap:.2rem;font-size:.85rem;color:var(--soft)}
input,select,textarea{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:7px;padding:.4rem .6rem;width:100%}
textarea{min-height:6rem;resize:vertical}textarea.code{min-height:22rem}
button{font:inherit;font-weight:600;border:1px solid var(--line);border-radius:7px;padding:.4rem .9rem;cursor:pointer;background:var(--code);color:var(--ink)}
button.go{background:var(--accent);border-color:transparent;color:#fff}button.small{padding:.1rem .55rem;font-size:.8rem;font-weight:500}button:disabled{opacity:.5;cursor:not-allowed}
@media (prefers-color-scheme:dark){button.go{color:#10151a}}
.inline{display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}.inline select{width:auto}
.flash{background:color-mix(in srgb,var(--bad) 14%,var(--paper));border:1px solid var(--bad);border-radius:8px;padding:.6rem .9rem}
.reactions{display:flex;gap:.35rem;margin-top:.5rem}.reactions span{border:1px solid var(--line);border-radius:2rem;padding:0 .5rem;font-size:.85rem}
.caption{color:var(--soft);font-size:.8rem;margin:.4rem 0 0}
.graph{margin:.6rem 0;overflow-x:auto}.graph svg{width:100%;height:auto;display:block}.graph rect{fill:var(--code);stroke:var(--accent)}.graph text{fill:var(--ink);font:12px system-ui;text-anchor:middle}.graph .edge{fill:none;stroke:var(--soft);stroke-width:1.4}.graph marker path{fill:var(--soft)}
`;

/** Looks for news every two seconds, leaving alone what a visitor is typing in or has unfolded. */
export const script = `
setInterval(async () => {
  const old = document.querySelector("#live");
  if (!old || document.hidden) return;
  const active = document.activeElement;
  if (old.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName)) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#live");
  if (!fresh) return;
  for (const each of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector("#" + CSS.escape(each.id));
    if (same) same.open = each.open;
  }
  if (fresh.innerHTML !== old.innerHTML) old.replaceWith(document.adoptNode(fresh));
}, 2000);
`;
