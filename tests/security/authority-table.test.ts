import { expect, it } from "vitest";
import { authorityTable } from "./authority-table";

it("docs/authority.md says who may call what, as the routes do (vitest -u writes it anew)", async () => {
  const introduction = `# Who may call what

This table is made of the routes themselves: \`npx vitest run --project security tests/security/authority-table.test.ts -u\` writes it anew, and a test fails while it says something else. What a role may do stands in [roles.md](roles.md); that every route keeps to this, for every role, session and origin, is tried by \`tests/security/authority.test.ts\`.

"Counted as" names the limits of [lib/platform/route-limits.ts](../lib/platform/route-limits.ts). Every route that takes a body also wants proof that it comes from our own pages.

`;
  const written = introduction + (await authorityTable());
  await expect(written).toMatchFileSnapshot("../../docs/authority.md");
});
