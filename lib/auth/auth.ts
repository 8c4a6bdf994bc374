import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { apiKey } from "@better-auth/api-key";
import { organization } from "better-auth/plugins";
import { authDb } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { describeError, log } from "@/lib/platform/log";
import { scrub } from "@/lib/platform/scrub";
import { signInProviders } from "@/lib/platform/sign-in-providers";
import { minutes } from "@/lib/platform/time";
import { limitTries } from "@/lib/platform/rate-limit";
import { keyMakers, keyPrefix } from "./key-makers";
import { afterVerification, mailReset, mailVerification } from "./mails";
import { addressHeader } from "./own-headers";
import { storedIdentifier } from "./reset-links";
import { workspaceSlug } from "./workspace";

let memo: ReturnType<typeof create> | undefined;

/** People, sessions and workspaces. Made on first use, so that a build needs no secret. */
export function auth() {
  return (memo ??= create());
}

function create() {
  const { BETTER_AUTH_SECRET: secret, appUrl } = env();
  if (!secret) throw new AppError("not_configured");
  return betterAuth({
    secret,
    baseURL: appUrl,
    database: prismaAdapter(authDb(), {
      provider: "postgresql",
      transaction: true, // or a crash would leave a person without a password
    }),
    telemetry: { enabled: false },
    // Its messages go where ours go; what it did not foresee goes to the caller, and ends in our guard.
    logger: {
      log: (level, message) => {
        // A wrong key is its caller's fault, who could fill the log of errors with it.
        const isCallers = message.startsWith("Failed to validate API key");
        log()[isCallers ? "info" : level](
          { part: "better-auth" },
          scrub(message),
        );
      },
    },
    onAPIError: { throw: true },
    advanced: {
      cookiePrefix: "turnpike",
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { joins: true }, // a session and its person in one question
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      sendResetPassword: mailReset,
      revokeSessionsOnPasswordReset: true,
    },
    socialProviders: Object.fromEntries(
      signInProviders().map(({ id, clientId, clientSecret }) => [
        id,
        { clientId, clientSecret },
      ]),
    ),
    account: { encryptOAuthTokens: true },
    user: { changeEmail: { enabled: true } },
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: mailVerification,
      afterEmailVerification: afterVerification,
    },
    // Our own guard counts (lib/platform/route-limits.ts): its limiter takes any caller's word for the address.
    rateLimit: { enabled: false },
    verification: { storeIdentifier: { hash: storedIdentifier } },
    plugins: [
      // Who may make one is decided by createKey: here the maker is asked for nothing but membership.
      apiKey({
        references: "organization",
        enableMetadata: true,
        defaultPrefix: keyPrefix,
        startingCharactersConfig: { charactersLength: keyPrefix.length + 5 },
        rateLimit: { timeWindow: minutes(1), maxRequests: 600 },
        schema: { apikey: { modelName: "apiKey" } },
      }),
      organization({
        ...keyMakers,
        // Who deletes a workspace must first end what it is billed for.
        disableOrganizationDeletion: true,
        schema: {
          organization: { modelName: "tenant" },
          member: {
            modelName: "membership",
            fields: { organizationId: "tenantId" },
          },
          invitation: { fields: { organizationId: "tenantId" } },
        },
      }),
    ],
    databaseHooks: { user: { create: { after: createFirstWorkspace } } },
  });
}

/** Who signs up gets a workspace. Should this fail, /t offers to create one. */
async function createFirstWorkspace(user: {
  id: string;
  name: string;
}): Promise<void> {
  try {
    await createWorkspace(user.id, `${user.name}’s workspace`);
  } catch (error) {
    log().error(
      { userId: user.id, error: describeError(error) },
      "no first workspace",
    );
  }
}

/** A workspace of which this person is the owner. Throws rate_limited. */
export async function createWorkspace(
  userId: string,
  name: string,
): Promise<{ slug: string }> {
  await limitTries({
    act: "workspace",
    of: userId,
    max: 20,
    within: minutes(1),
  });
  const created = await auth().api.createOrganization({
    body: { name, slug: workspaceSlug(name), userId },
  });
  return { slug: created.slug };
}
