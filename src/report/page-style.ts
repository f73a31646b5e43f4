/** The looks of the demo's page: a pull request as people know it, light and dark. */
export const pageStyle = `
:root { --bg:#fff; --fg:#1f2328; --dim:#59636e; --line:#d1d9e0; --soft:#f6f8fa; --add:#dafbe1;
  --del:#ffebe9; --hunk:#ddf4ff; --good:#1a7f37; --bad:#cf222e; --warn:#9a6700; --link:#0969da; }
@media (prefers-color-scheme: dark) { :root { --bg:#0d1117; --fg:#f0f6fc; --dim:#9198a1;
  --line:#3d444d; --soft:#151b23; --add:#12261e; --del:#25171c; --hunk:#121d2f; --good:#3fb950;
  --bad:#f85149; --warn:#d29922; --link:#4493f8; } }
* { box-sizing: border-box; }
body { margin:0 auto; max-width:1012px; padding:24px 16px 64px; background:var(--bg);
  color:var(--fg); font:14px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif; }
h1 { font-size:26px; font-weight:400; margin:0; } h1 span { color:var(--dim); }
h2 { font-size:16px; margin:32px 0 8px; } h3 { font-size:14px; margin:16px 0 8px; }
.meta { color:var(--dim); border-bottom:1px solid var(--line); padding-bottom:16px; }
.box { border:1px solid var(--line); border-radius:6px; margin:16px 0; overflow:hidden; }
.box > header { background:var(--soft); border-bottom:1px solid var(--line); padding:8px 16px;
  font-weight:600; display:flex; gap:8px; align-items:center; }
.box > .body { padding:8px 16px; overflow-x:auto; }
.state { border-radius:2em; padding:2px 10px; color:#fff; font-weight:500; font-size:12px; }
.state.success { background:var(--good); } .state.failure { background:var(--bad); }
.state.neutral { background:var(--dim); } .state.action_required { background:var(--warn); }
.actions { margin-left:auto; display:flex; gap:6px; } .actions span { border:1px solid var(--line);
  border-radius:6px; padding:1px 8px; font-size:12px; font-weight:500; background:var(--bg); }
.note { border-left:4px solid var(--warn); padding:4px 12px; margin:8px 0; background:var(--soft); }
.note.failure { border-color:var(--bad); } .note.notice { border-color:var(--link); }
.note b { display:block; } .note small { color:var(--dim); }
table.diff { border-collapse:collapse; width:100%; font:12px/20px ui-monospace,Menlo,monospace; }
table.diff td { padding:0 8px; white-space:pre-wrap; word-break:break-word; vertical-align:top; }
table.diff td.n { width:1%; min-width:44px; text-align:right; color:var(--dim); user-select:none; }
tr.add td { background:var(--add); } tr.del td { background:var(--del); }
tr.hunk td { background:var(--hunk); color:var(--dim); }
tr.said td { background:var(--soft); padding:8px 16px !important;
  font:14px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif; }
.comment { border:1px solid var(--line); border-radius:6px; background:var(--bg); padding:4px 16px;
  max-width:780px; white-space:normal; } .comment header { color:var(--dim); font-size:12px;
  padding-top:6px; }
code { font:12px ui-monospace,Menlo,monospace; background:rgba(129,139,152,.15); padding:2px 4px;
  border-radius:4px; } pre { background:var(--soft); padding:10px; border-radius:6px;
  overflow-x:auto; } pre code { background:none; padding:0; }
pre.suggestion { background:var(--add); } .label { font-size:12px; color:var(--dim); }
.body table { border-collapse:collapse; } .body table th, .body table td {
  border:1px solid var(--line); padding:4px 10px; text-align:left; } sub { color:var(--dim);
  font-size:12px; vertical-align:baseline; } footer { color:var(--dim); margin-top:32px; }
`
