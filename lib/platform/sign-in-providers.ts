import { env } from "./env";

export const providerIds = ["google", "github"] as const;
type ProviderId = (typeof providerIds)[number];

export type SignInProvider = {
  id: ProviderId;
  name: string;
  /** The only site to which a browser is sent for it. */
  origin: string;
  clientId: string;
  clientSecret: string;
};

/** Those whose two keys are set. */
export function signInProviders(): SignInProvider[] {
  const {
    GOOGLE_CLIENT_ID,
    GOOGLE_CLIENT_SECRET,
    GITHUB_CLIENT_ID,
    GITHUB_CLIENT_SECRET,
  } = env();
  const all = [
    {
      id: "google",
      name: "Google",
      origin: "https://accounts.google.com",
      clientId: GOOGLE_CLIENT_ID,
      clientSecret: GOOGLE_CLIENT_SECRET,
    },
    {
      id: "github",
      name: "GitHub",
      origin: "https://github.com",
      clientId: GITHUB_CLIENT_ID,
      clientSecret: GITHUB_CLIENT_SECRET,
    },
  ] as const;
  return all.flatMap(({ clientId, clientSecret, ...provider }) =>
    clientId && clientSecret ? [{ ...provider, clientId, clientSecret }] : [],
  );
}
