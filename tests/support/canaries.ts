import pg from "pg";

/** The values of an app's settings that open something. */
export function secretsOf(env: NodeJS.ProcessEnv): string[] {
  const { DATABASE_URL, DIRECT_URL, SMTP_URL } = env;
  const passwords = [DATABASE_URL, DIRECT_URL, SMTP_URL]
    .map((url) => (url ? new URL(url).password : ""))
    .filter((password) => password.length > 8); // one of the user's name would be found everywhere
  return [
    env["BETTER_AUTH_SECRET"],
    env["CRON_SECRET"],
    env["STRIPE_SECRET_KEY"],
    ...(env["STRIPE_WEBHOOK_SECRET"] ?? "").split(","),
    ...passwords,
  ].flatMap((value) => value || []);
}

/** Whatever people's accounts hold: sessions, passwords as they are kept, addresses; and the tokens of links in mails. */
export async function keptSecrets({
  databaseUrl,
  mailUrl,
}: {
  databaseUrl: string;
  mailUrl: string;
}): Promise<string[]> {
  const mails = await (await fetch(`${mailUrl}/messages.json`)).text();
  const links = mails.matchAll(/[?&]token=([\w.~-]{16,})/g);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string | null }>(`
      SELECT token AS value FROM session
      UNION SELECT password FROM account
      UNION SELECT email FROM "user"`);
    const stored = rows.flatMap(({ value }) => value || []);
    return [...stored, ...Array.from(links, ([, token = ""]) => token)];
  } finally {
    await client.end();
  }
}

/** Typed by everybody in the browser tests. */
const typedPassword = "correct horse battery";

/** Those of the secrets that stand in the text, and Stripe's secrets for a buyer's browser; cut short. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  const forBrowsers = text.match(/\b[a-z]+_\w+_secret_\w{6,}/g) ?? [];
  return [...new Set([...secrets, typedPassword])]
    .filter((secret) => text.includes(secret))
    .concat(forBrowsers)
    .map((secret) => `${secret.slice(0, 12)}…`);
}
