import Stripe from "stripe";
import { seconds } from "@/lib/platform/time";
import type { Check, Finding } from "./check";

export type Examined = Pick<Check, "name" | "part"> & {
  /** unseen: a check that it needs is wrong, so there was nothing to look at. */
  state: "good" | "wrong" | "unseen";
  found: string;
  fix: readonly string[];
};

/** Runs the checks in their order; `say` hears of each as soon as it is known. Never throws, changes nothing. */
export async function examine(
  checks: readonly Check[],
  say: (one: Examined) => void = () => {},
): Promise<Examined[]> {
  const all: Examined[] = [];
  for (const { name, part, needs = [], look } of checks) {
    const missing = needs.find((need) =>
      all.some((one) => one.name === need && one.state !== "good"),
    );
    const one: Examined = missing
      ? {
          name,
          part,
          state: "unseen",
          found: `Not looked at: put “${missing}” right first.`,
          fix: [],
        }
      : { name, part, ...stateOf(await within(look)) };
    all.push(one);
    say(one);
  }
  return all;
}

function stateOf({ good, found, fix = [] }: Finding) {
  return { state: good ? ("good" as const) : ("wrong" as const), found, fix };
}

/** Something that hangs is found after 30 s; the rest still gets its turn. */
async function within(look: Check["look"]): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => resolve({ good: false, found: "No answer within 30 seconds." }),
      seconds(30),
    );
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return { good: false, found: inWords(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Stripe's own messages name keys only masked; of anything else its message is enough. */
function inWords(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError)
    return `Stripe says: ${error.message}`;
  return error instanceof Error ? error.message : "It failed without a word.";
}
