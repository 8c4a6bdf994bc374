import { authDb, systemDb } from "@/lib/platform/db";

/** Where somebody is signed in, who has invited them, and what the workspaces' logs say that they did. */
export async function personTrail({
  id,
  email,
}: {
  id: string;
  email: string;
}) {
  const sessions = await authDb().session.findMany({
    where: { userId: id },
    omit: { token: true },
  });
  const invitations = await authDb().invitation.findMany({
    where: { email },
    omit: { id: true }, // whoever has it may join
  });
  const audit = await systemDb("export of a person", (tx) =>
    tx.auditEntry.findMany({
      where: { OR: [{ actorKind: "user", actorId: id }, { objectId: id }] },
      orderBy: { at: "asc" },
    }),
  );
  return { sessions, invitations, audit };
}
