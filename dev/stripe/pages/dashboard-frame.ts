import { html, type Html } from "./html";
import { layout } from "./layout";
import { ok, type Page } from "./page";

const PLACES = [
  ["/", "Clock"],
  ["/objects", "Objects"],
  ["/events", "Events"],
  ["/requests", "Requests"],
] as const;

/** A page of the dashboard: its own address is marked among the others. */
export function dashboardPage(at: string, title: string, body: Html): Page {
  return ok(
    layout(
      title,
      html`<nav aria-label="Dashboard">
          ${PLACES.map(
            ([href, label]) =>
              html`<a href="${href}" ${href === at && html`aria-current="page"`}
                >${label}</a
              >`,
          )}
        </nav>
        <h1>${title}</h1>
        ${body}`,
    ),
  );
}

/** `21 Nov 2026, 15:04:05`, in UTC as all billing is. */
export function moment(seconds: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  }).format(seconds * 1000);
}
