import type { Flash } from "./flash";
import { html, type Html } from "./html";
import { STYLE } from "./style";
import { ok, type Page } from "./page";

/** In a frame of the shop's page that page has the landmarks. */
export function layout(title: string, body: Html, framed = false): string {
  const style: Html = { markup: STYLE };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title} · Emulator</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${
          framed
            ? html`<section class="page" aria-label="${title}">
                <p class="soft">Emulator — no real money</p>
                ${body}
              </section>`
            : html`<header><p>Emulator — no real money</p></header>
                <main>${body}</main>`
        }
      </body>
    </html>`;
  return page.markup;
}

/** A page that says one thing and offers a way on. */
export function messagePage(given: {
  title: string;
  text: string;
  link?: { href: string; label: string } | undefined;
}): string {
  const { link } = given;
  return layout(
    given.title,
    html`<section>
      <h1>${given.title}</h1>
      <p>${given.text}</p>
      ${link && html`<p><a href="${link.href}">${link.label}</a></p>`}
    </section>`,
  );
}

export function notFound(text: string): Page {
  return ok(messagePage({ title: "Not found", text }), 404);
}

/** The news an act left, before anything else on the page. */
export function alerts({
  alert,
  notice,
}: Pick<Flash, "alert" | "notice">): Html {
  return html`${alert && html`<p class="alert" role="alert" id="refusal">${alert}</p>`}
  ${notice && html`<p class="notice" role="status">${notice}</p>`}`;
}
