import { z } from "zod";
import { line } from "@/lib/platform/text";

export const workspaceRequest = z.strictObject({
  name: line(80),
});

export const workspaceAnswer = z.strictObject({
  slug: z.string(),
  location: z.string(),
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
  return `${words || "workspace"}-${crypto.randomUUID().slice(-12)}`;
}
