import type { Context } from "../context";
import { KIND_BY_PREFIX } from "../expand";
import { allKinds, createBuckets, type Kind, type Records } from "../records";
import { dashboardPage, moment } from "./dashboard-frame";
import { html, type Html } from "./html";
import { notFound } from "./layout";
import { type Page, type Visit } from "./page";

const SHOWN = 50;
/** What the emulator keeps for itself and no Stripe object is. */
const KINDS = allKinds();

function isKind(name: string): name is Kind {
  return Object.hasOwn(createBuckets(), name);
}

export function showKinds({ ctx }: Visit): Page {
  const kinds = KINDS.filter((kind) => {
    const [id] = ctx.store.ids(kind);
    const one = id === undefined ? undefined : ctx.store.get(kind, id);
    return one !== undefined && "object" in one;
  });
  return dashboardPage(
    "/objects",
    "Objects",
    html`<section aria-label="Kinds">
      ${kinds.length === 0 && html`<p>Nothing is stored yet.</p>`}
      <ul>
        ${kinds.map(
          (kind) =>
            html`<li>
              <a href="/objects/${kind}">${title(kind)}</a>,
              ${ctx.store.ids(kind).length}
            </li>`,
        )}
      </ul>
    </section>`,
  );
}

export function showObjects({ ctx, ids: [kind], url }: Visit): Page {
  if (!isKind(kind)) return notFound("The emulator has no such object.");
  const all = ctx.store.ids(kind);
  const before = url.searchParams.get("before");
  const end = before ? (ctx.store.position(kind, before) ?? 0) : all.length;
  const shown = all.slice(Math.max(end - SHOWN, 0), end).toReversed();
  return dashboardPage(
    "/objects",
    title(kind),
    html`<section aria-label="Newest first">
      ${shown.length === 0 && html`<p>There are none.</p>`}
      <ul>
        ${shown.map(
          (id) =>
            html`<li>
              <a href="/objects/${kind}/${id}">${id.slice(0, 28)}</a>
              ${summary(ctx.store.get(kind, id))}
            </li>`,
        )}
      </ul>
      ${end > SHOWN && html`<p><a href="/objects/${kind}?before=${shown.at(-1)}">Older</a></p>`}
    </section>`,
  );
}

export function showObject({ ctx, ids: [kind, id] }: Visit): Page {
  const one = isKind(kind) ? ctx.store.get(kind, id) : undefined;
  if (!one) return notFound("The emulator has no such object.");
  return dashboardPage(
    "/objects",
    title(kind),
    html`<section aria-label="${id}">${json(ctx, one)}</section>`,
  );
}

/** An object as the API shows it, with a link at each id it names. */
export function json(ctx: Context, value: object): Html {
  const parts = JSON.stringify(value, null, 2).split(/"(\w+_\w+)"/);
  return html`<pre tabindex="0">
${parts.map((part, at) => {
      if (at % 2 === 0) return html`${part}`;
      const kind = KIND_BY_PREFIX[part.slice(0, part.indexOf("_"))];
      return kind && ctx.store.get(kind, part)
        ? html`"<a href="/objects/${kind}/${part}">${part}</a>"`
        : html`"${part}"`;
    })}</pre>`;
}

function title(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("_", " ");
}

function summary(one: Records[Kind] | undefined): string {
  if (!one) return "";
  const words = ["name", "email", "status", "nickname", "type"].flatMap(
    (key) => {
      const value: unknown = Object.entries(one).find(
        ([name]) => name === key,
      )?.[1];
      return typeof value === "string" ? [value] : [];
    },
  );
  const created = "created" in one && one.created;
  return [...words, ...(created ? [moment(created)] : [])].join(", ");
}
