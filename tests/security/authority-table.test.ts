import { expect, it } from "vitest";
import { authorityTable } from "./authority-table";

it("docs/authority.md says who may call what, as the routes do (vitest -u writes it anew)", async () => {
  const introduction = `# Who may call what

This table is made of the routes themselves: \`npx vitest run --project security tests/security/authority-table.test.ts -u\` writes it anew, and a test fails while it says something else. What a role may do stands in [roles.md](roles.md); that every route keeps to this, for every role, session and origin, is tried by \`tests/security/authority.test.ts\`.

"Counted as" names the limits of [lib/platform/route-limits.ts](../lib/platform/route-limits.ts). Every route that takes a body also wants proof that it comes from our own pages.

## Hostile requests

\`npm run test:security\` sends them over HTTP to the built app: every route as everybody and from everywhere, every route with each kind of wrong body, type and field, what somebody once tried elsewhere, another workspace's ids beside missing ones (the answers must be equal), and ten thousand drawn from a printed seed. Refused requests must leave every table's rows and Stripe's log as they were, apart from counted tries, and the note that somebody was refused.

Where the framework answers before us, and what it says:

- A method that an address does not have: 405 without a body and without Allow, though HTTP wants it there: no code of ours is asked, and a proxy before the API would cut large bodies. OPTIONS tells what there is.
- A page asked for in parts (\`RSC: 1\`): first a 307 to the address that fits the headers, then 200 with the refusal inside; for a prefetch the names that stand in the address. No part of the page. Under /admin it is 404 in every form.
- \`x-middleware-prefetch: 1\`: 200 and nothing, under /admin 404. TRACE: 500, block it before the app. A header beyond 16 KB: 431.
- Signing up with an address that is taken says so, ten times an hour to one caller: see "Known, and accepted" in [security.md](security.md).

## Routes

`;
  const written = introduction + (await authorityTable());
  await expect(written).toMatchFileSnapshot("../../docs/authority.md");
});
