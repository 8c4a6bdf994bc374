import pg from "pg";
import { testStack } from "../support/stack";

/** An hour has gone by since this person signed in, for the session that is open. */
export async function signedInLongAgo(person: {
  email: string;
}): Promise<void> {
  const { databaseUrl: connectionString } = testStack();
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `UPDATE session SET created_at = created_at - interval '1 hour'
     WHERE user_id = (SELECT id FROM "user" WHERE email = $1)`,
    [person.email],
  );
  await client.end();
}
