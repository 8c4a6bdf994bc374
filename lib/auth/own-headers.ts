import { addressOf } from "@/lib/platform/address";

/** Where better-auth reads the caller's address: written here alone. */
export const addressHeader = "x-turnpike-address";

/** The request's headers as better-auth may have them: of where it comes from, what we know and nothing that it says. */
export function ownHeaders(request: Request): Headers {
  const headers = new Headers(request.headers);
  const address = addressOf(headers);
  headers.delete(addressHeader);
  if (address) headers.set(addressHeader, address.replace("/64", ""));
  return headers;
}
