import { createHmac } from "node:crypto";
import { auth } from "@/lib/auth/auth";

/** Of everybody whom `makePerson` makes. */
export const password = "correct horse battery";

// Slow by intent, and the same for all of them.
let hashed: Promise<string> | undefined;

/**
 * Somebody with a workspace and a session: the rows that signing up writes, by the same functions, without
 * the route, the mail and a hash of their own. Returns the cookie of the session.
 */
export async function makePerson(wish: {
  name: string;
  email: string;
  emailVerified: boolean;
}): Promise<string> {
  const {
    authCookies,
    internalAdapter,
    password: hasher,
    secret,
  } = await auth().$context;
  const { id } = await internalAdapter.createUser(wish, {
    method: "email-password",
  });
  await internalAdapter.linkAccount({
    userId: id,
    accountId: id,
    providerId: "credential",
    password: await (hashed ??= hasher.hash(password)),
  });
  const { token } = await internalAdapter.createSession(id);
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  const value = encodeURIComponent(`${token}.${signature}`);
  return `${authCookies.sessionToken.name}=${value}`;
}
