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
    <p>Everything that the app sends arrives here and goes no further.
    <a href="/previews">Every mail with sample data</a></p>
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

export function previewsPage(
  samples: Readonly<Record<string, { subject: string }>>,
): string {
  const items = Object.entries(samples).map(
    ([name, { subject }]) =>
      `<tr><td><a href="/previews/${name}">${escape(name)}</a></td><td>${escape(subject)}</td></tr>`,
  );
  return page(
    "Mail previews",
    `<p><a href="/">All mail</a></p>
    <h1>Mail previews</h1>
    <p>Every mail that the app can send, with sample data.</p>
    <table>
      <thead><tr><th scope="col">Mail</th><th scope="col">Subject</th></tr></thead>
      <tbody>${items.join("")}</tbody>
    </table>`,
  );
}

export function previewPage(mail: {
  name: string;
  subject: string;
  text: string;
  html: string;
}): string {
  const frame = (width: number) =>
    `<h2>${width} pixels wide</h2>
    <iframe sandbox="" title="The message, ${width} pixels wide" style="width: ${width}px; max-width: 100%" srcdoc="${escape(mail.html)}"></iframe>`;
  return page(
    mail.subject,
    `<p><a href="/previews">All previews</a> · <a href="/previews/${mail.name}.html">The message alone</a></p>
    <h1>${escape(mail.subject)}</h1>
    ${frame(640)}
    ${frame(375)}
    <h2>As text</h2>
    <pre tabindex="0">${withLinks(mail.text)}</pre>`,
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
  td + td { overflow-wrap: anywhere; }
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
