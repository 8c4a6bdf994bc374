import { z } from "zod";
import { findPerson } from "@/lib/auth/forget-person";
import { personTrail } from "@/lib/auth/person-trail";
import { AppError } from "@/lib/platform/errors";

/** Of GET /api/account/export: nothing. */
export const ownExportRequest = z.strictObject({});

/** Everything that is kept of a person, secrets aside. Throws not_found. Changes nothing. */
export async function exportPerson(email: string) {
  const person = await findPerson(email);
  if (!person) throw new AppError("not_found");
  const trail = await personTrail(person);
  return { exportedAt: new Date().toISOString(), person, ...trail };
}
