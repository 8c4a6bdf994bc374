import { z } from "zod";
import type { Page } from "./page";

const flashSchema = z.object({
  notice: z.string().nullable().default(null),
  alert: z.string().nullable().default(null),
  errors: z.record(z.string(), z.string()).default({}),
  typed: z.record(z.string(), z.string()).default({}),
});
/** What one answer says on the page after it: a refusal, errors by field, what was typed. */
export type Flash = z.infer<typeof flashSchema>;

/** 303 with the message in the address, so that going back never asks to send a form again. */
export function flashed(path: string, flash: Partial<Flash>): Page {
  const typed = Object.entries(flash.typed ?? {}).filter(
    // Card numbers and codes belong in no address: they are typed again.
    ([name]) => name !== "cardNumber" && name !== "cardCvc",
  );
  const said = { ...flash, typed: Object.fromEntries(typed) };
  const text = Buffer.from(JSON.stringify(said)).toString("base64url");
  return {
    redirect: `${path}${path.includes("?") ? "&" : "?"}flash=${text}`,
  };
}

export function readFlash(url: URL): Flash {
  const text = url.searchParams.get("flash");
  if (!text) return flashSchema.parse({});
  try {
    const said: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return flashSchema.catch(() => flashSchema.parse({})).parse(said);
  } catch {
    // An address that was cut off or made up says nothing.
    return flashSchema.parse({});
  }
}

export function hasFailed(flash: Flash): boolean {
  return flash.alert !== null || Object.keys(flash.errors).length > 0;
}
