import { z } from "zod";
import { findPerson } from "@/lib/auth/forget-person";
import { personTrail } from "@/lib/auth/person-trail";
import { AppError } from "@/lib/platform/errors";

/** Of GET /api/account/export: nothing. */
export const ownExportRequest = z.strictObject({});

/** Rows in our own names of their fields. */
export const ownExportAnswer = z.object({
  exportedAt: z.iso.datetime(),
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    memberships: z.array(z.unknown()),
  }),
  sessions: z.array(z.unknown()),
  invitations: z.array(z.unknown()),
  audit: z.array(z.unknown()),
});

/** Everything that is kept of a person, secrets aside. Throws not_found. Changes nothing. */
export async function exportPerson(email: string) {
  const person = await findPerson(email);
  if (!person) throw new AppError("not_found");
  const trail = await personTrail(person);
  return { exportedAt: new Date().toISOString(), person, ...trail };
}
