import { checkEffects } from "./check-effects";
import { checkLedger } from "./check-ledger";
import { checkMirror } from "./check-mirror";
import { checkMoney } from "./check-money";
import { checkPurchases } from "./check-purchases";
import { checkTrail } from "./check-trail";
import type { Facts } from "./facts";

/** Each says in words what is wrong; none looks at the app's own code, but for what its query of money found. */
const checks: Readonly<Record<string, (facts: Facts) => string[]>> = {
  "rows equal Stripe's state": checkMirror,
  "every event is in the ledger, and nothing is left undone": checkLedger,
  "no money is lost or made": checkMoney,
  "what was paid once was sold once": checkPurchases,
  "every effect has its cause, and every cause its effect": checkEffects,
  "every change left its trace": checkTrail,
};

export function findViolations(facts: Facts): string[] {
  return Object.values(checks).flatMap((check) => check(facts));
}
