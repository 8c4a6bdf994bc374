import type { Mail } from "./mail";

export function listPage(mails: Mail[]): string {
  const rows = mails.map(
    (mail) => `<tr>
      <td><a href="/${mail.id}">${escape(mail.subject || "(no subject)")}</a></td>
      <td>${escape(mail.to.join(", "))}</td>
      <td>${time(mail)}</td>
    </tr>`,
  );
  const table = `<table>
    <thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Received</th></tr></thead>
    <tbody>${rows.join("")}</tbody>
  </table>`;
  return page(
    "Mail",
    `<h1>Mail</h1>
    <p>Everything that the app sends arrives here and goes no further.</p>
    ${mails.length > 0 ? table : "<p>No mail yet.</p>"}`,
  );
}

export function messagePage(mail: Mail): string {
  // An empty sandbox: no scripts, no forms, no access to this page.
  const html = mail.html
    ? `<h2>As HTML</h2>
      <iframe sandbox="" title="The message as HTML" srcdoc="${escape(mail.html)}"></iframe>`
    : "";
  return page(
    mail.subject || "(no subject)",
    `<p><a href="/">All mail</a></p>
    <h1>${escape(mail.subject || "(no subject)")}</h1>
    <dl>
      <dt>From</dt><dd>${escape(mail.from)}</dd>
      <dt>To</dt><dd>${escape(mail.to.join(", "))}</dd>
      <dt>Received</dt><dd>${time(mail)}</dd>
    </dl>
    <h2>As text</h2>
    <pre tabindex="0">${withLinks(mail.text)}</pre>
    ${html}`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: start; padding: 0.5rem; border-bottom: 1px solid #8886; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
  dd { margin: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8886; }
  iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: #fff; }
</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

function time({ receivedAt }: Mail): string {
  return `<time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace("T", " ")} UTC</time>`;
}

function withLinks(text: string): string {
  return escape(text).replace(
    /https?:\/\/[^\s<>"']+/g,
    (url) => `<a href="${url}">${url}</a>`,
  );
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
