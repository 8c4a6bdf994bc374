import { z } from "zod";

export const workspaceRequest = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine((name) => name.isWellFormed() && !name.includes("\0")),
});

/** Readable, and unique by its random end. */
export function workspaceSlug(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${words || "workspace"}-${crypto.randomUUID().slice(0, 6)}`;
}
