/** The emulator's own look: a blueprint, so that nobody mistakes it for the real thing. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #eef4fc; --dot: #b9cdea; --sheet: #ffffff; --ink: #10284d; --soft: #45597a;
  --line: #1d4f9c; --fill: #164a9c; --on-fill: #ffffff; --bad: #a3152a; --bad-paper: #fdecef;
  --good: #14603a; --good-paper: #e7f6ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0b1f3f; --dot: #24447a; --sheet: #102b55; --ink: #eaf2ff; --soft: #b4c8e8;
    --line: #7fb0f5; --fill: #9cc4ff; --on-fill: #0b1f3f; --bad: #ffb3bd; --bad-paper: #4a1622;
    --good: #9be3bd; --good-paper: #0f3d2a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; color: var(--ink); background-color: var(--paper);
  background-image: radial-gradient(var(--dot) 1px, transparent 1px); background-size: 16px 16px;
  font: 16px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
}
a { color: var(--line); text-underline-offset: 3px; }
body > header {
  background: var(--fill); color: var(--on-fill); padding: 0.75rem 1rem; text-align: center;
  font-weight: 700;
}
body > header p { margin: 0; }
main, .page { overflow-wrap: anywhere; max-width: 44rem; margin: 0 auto; padding: 1rem; }
section, .sheet {
  background: var(--sheet); border: 2px solid var(--line); padding: 1rem; margin: 1rem 0;
}
h1 { font-size: 1.4rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0 0 0.5rem; }
p, dl, ul, table { margin: 0.5rem 0; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 0.35rem 0.5rem 0.35rem 0; vertical-align: top; overflow-wrap: anywhere; }
tbody tr { border-top: 1px dashed var(--dot); }
.amount { text-align: right; white-space: nowrap; padding-right: 0; }
.total { font-weight: 700; }
.soft { color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: 0.25rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 700; margin-top: 0.75rem; }
input, select, textarea {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: var(--ink);
  background: var(--paper); border: 2px solid var(--line); border-radius: 0;
}
::placeholder { color: var(--soft); opacity: 1; }
input[aria-invalid="true"] { border-color: var(--bad); }
input[type="radio"], input[type="checkbox"] { width: 1.25rem; min-height: 1.25rem; flex: none; }
fieldset { border: 0; padding: 0; margin: 0.75rem 0; }
legend { font-weight: 700; padding: 0; }
.option { display: flex; gap: 0.75rem; align-items: start; font-weight: 400; min-height: 2rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.error { color: var(--bad); margin: 0.25rem 0 0; }
.alert, .notice { border: 2px solid; padding: 0.75rem; }
.alert { color: var(--bad); background: var(--bad-paper); }
.notice { color: var(--good); background: var(--good-paper); }
button {
  width: 100%; min-height: 2.75rem; margin-top: 1rem; padding: 0.5rem 1rem; font: inherit;
  font-weight: 700; cursor: pointer; color: var(--on-fill); background: var(--fill);
  border: 2px solid var(--fill); border-radius: 0;
}
a.button {
  display: inline-block; min-height: 2.75rem; margin-top: 1rem; padding: 0.5rem 1rem; font-weight: 700;
  color: var(--on-fill); background: var(--fill); border: 2px solid var(--fill); text-decoration: none;
}
a.button.plain { color: var(--line); background: transparent; border-color: var(--line); }
.rows { list-style: none; padding: 0; }
.rows li { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; }
.rows li > :first-child { flex: 1 1 16rem; }
.rows button { margin-top: 0; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
nav a { padding: 0.5rem 0; }
nav a[aria-current] { font-weight: 700; text-decoration-thickness: 3px; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.buttons button { width: auto; margin-top: 0; }
button:disabled { cursor: default; color: var(--soft); border-color: var(--soft); }
pre { overflow-x: auto; font-size: 0.875rem; margin: 0; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
caption { text-align: left; font-weight: 700; }
button.plain { width: auto; color: var(--line); background: transparent; border-color: var(--line); }
:focus-visible { outline: 3px solid var(--line); outline-offset: 3px; }
@media print {
  body { background: none; } body > header, .no-print { display: none; }
  section { border: 0; padding: 0; }
}
`;
