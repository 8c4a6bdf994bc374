import { z } from "zod";
import { messageFor } from "./errors";

/**
 * What a page says once after a form post without JavaScript failed: a code, never text, and the typed
 * values worth keeping. It lives half a minute, for the one page the form stands on.
 */
export const flashCookie = "turnpike_flash";

const flash = z.object({
  code: z.string(),
  requestId: z.string(),
  values: z.record(z.string(), z.string()),
  /** The path that the form was posted to: a page may have several. */
  action: z.string(),
  /** The fields at fault; code null where the message itself is about the field. */
  fields: z.array(z.object({ name: z.string(), code: z.string().nullable() })),
});

export type Flash = z.infer<typeof flash>;

export function encodeFlash(value: Flash): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The flash and its words; null for anything that we did not write. */
export function decodeFlash(
  text: string | undefined,
): (Flash & { message: string }) | null {
  try {
    const value = flash.parse(
      JSON.parse(Buffer.from(text ?? "", "base64url").toString()),
    );
    const message = messageFor(value.code);
    return message ? { ...value, message } : null;
  } catch {
    return null;
  }
}
