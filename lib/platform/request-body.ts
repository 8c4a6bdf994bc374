import { AppError } from "./errors";
import { hasRepeatedKey } from "./repeated-key";

/**
 * The body's bytes, refused as body_too_large once they pass `limit`, whatever Content-Length says.
 */
export async function readBytes(
  request: Request,
  limit: number,
): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) {
    throw new AppError("body_too_large");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new AppError("body_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Text from bytes that must be UTF-8. Next itself would replace wrong bytes silently (trust row 22). */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch (cause) {
    throw new AppError("invalid_json", { cause });
  }
}

export type BodyKind = "json" | "form";

/** Which of the two accepted kinds a request is of; anything else is refused (trust rows 6–11). */
export function bodyKind(request: Request): BodyKind {
  if (request.headers.get("content-encoding"))
    throw new AppError("unsupported_media_type");
  const type = request.headers.get("content-type") ?? "";
  if (/^application\/json(;\s*charset=utf-8)?$/i.test(type)) return "json";
  if (/^application\/x-www-form-urlencoded(;\s*charset=utf-8)?$/i.test(type))
    return "form";
  throw new AppError("unsupported_media_type");
}

export function parseBody(kind: BodyKind, bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  if (kind === "form") return onlyOnce(new URLSearchParams(text));
  const value = parseJson(text);
  if (hasRepeatedKey(text)) throw new AppError("validation");
  return value;
}

/** Its fields. Throws validation for one that stands there twice: which one is meant? */
export function onlyOnce(fields: URLSearchParams): Record<string, string> {
  if (new Set(fields.keys()).size < fields.size)
    throw new AppError("validation");
  return Object.fromEntries(fields);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_json", { cause });
  }
}
