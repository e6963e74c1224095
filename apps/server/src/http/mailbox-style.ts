/** For the mailbox page alone, which has to look right without the app being built. */
export const mailboxStyle = `
:root {
  color-scheme: light dark;
  --ground: #f1f1e8; --surface: #fbfbf5; --ink: #1a211b; --soft: #525a50; --accent: #14694a; --on: #fbfbf5; --line: #dcdccf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121714; --surface: #1a201c; --ink: #ecefe4; --soft: #a8b3a8; --accent: #8ed8aa; --on: #0b2016; --line: #2b342e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1rem 4rem; display: grid; gap: 0.75rem; }
h1 { margin: 0; font-size: 2rem; letter-spacing: -0.02em; }
header { margin-bottom: 0.75rem; }
header p { margin: 0.5rem 0; color: var(--soft); }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 8px; }
.button {
  display: inline-block; margin: 0.5rem 0.75rem 0 0; padding: 0.5rem 1rem; border-radius: 12px;
  background: var(--accent); color: var(--on); font-weight: 600; text-decoration: none;
}
details { min-width: 0; border: 1px solid var(--line); border-radius: 16px; background: var(--surface); }
summary { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.875rem 1.25rem; cursor: pointer; border-radius: 16px; }
.subject { font-weight: 650; flex: 1 1 100%; }
.to, time { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }
time { margin-left: auto; font-variant-numeric: tabular-nums; }
.text { padding: 1rem 1.25rem; border-top: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
.more { margin: 0; padding: 0 1.25rem 1rem; font-size: 0.875rem; }
.empty { padding: 3rem 1rem; border: 1px dashed var(--line); border-radius: 16px; text-align: center; color: var(--soft); }
`;
