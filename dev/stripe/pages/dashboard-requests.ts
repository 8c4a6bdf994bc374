import { dashboardPage, moment } from "./dashboard-frame";
import { html } from "./html";
import type { Page, Visit } from "./page";

/** What the app has asked of the API since the emulator was started. */
export function showRequests({ control }: Visit): Page {
  const requests = control.api.log.toReversed();
  return dashboardPage(
    "/requests",
    "Requests",
    html`<section aria-label="Newest first">
      ${requests.length === 0 && html`<p>Nothing has been asked yet.</p>`}
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Request</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          ${requests.map(
            ({ at, id, method, path, status }) =>
              html`<tr>
                <td>${moment(at)}</td>
                <td>${method} ${path}<br /><span class="soft">${id}</span></td>
                <td>${status}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`,
  );
}
