import type { Facts, Thing } from "./facts";

const gives = ["active", "trialing", "past_due"];

/**
 * I3. Exactly once: an effect row for each cause. At least once, by design: the call of the owner's code and
 * the hand-over of a mail, which repeat, under the same key, where a process died before it could say so.
 */
export function checkEffects(facts: Facts): string[] {
  return [
    ...checkFulfilment(facts),
    ...checkAccess(facts),
    ...checkMails(facts),
  ];
}

function checkFulfilment({ rows, said }: Facts): string[] {
  const effects = of(rows, "purchase_paid");
  const paid = (rows.order ?? []).filter(({ status }) => status === "paid");
  const called = new Set(
    said
      .filter(({ msg }) => msg === "purchase paid")
      .map(({ orderId }) => orderId),
  );
  return [
    ...oncePer(
      paid.map(({ id }) => id),
      effects.map(({ cause }) => String(cause)),
      "order",
    ),
    ...paid
      .filter(({ id }) => !called.has(id))
      .map(({ id }) => `order ${id} was never handed over`),
  ];
}

function checkAccess({ rows }: Facts): string[] {
  const changes = rows.subscription_change ?? [];
  const began = changes.filter(
    (it) => !has(it.from_status) && has(it.to_status),
  );
  const ended = changes.filter(
    (it) => has(it.from_status) && !has(it.to_status),
  );
  const causes = (kind: string) =>
    of(rows, kind).map(({ cause }) => String(cause));
  return [
    ...oncePer(
      began.map(({ id }) => id),
      causes("access_began"),
      "begin of access",
    ),
    ...oncePer(
      ended.map(({ id }) => id),
      causes("access_ended"),
      "end of access",
    ),
  ];
}

/** Each copy of a mail is done once; it was handed over under its own Message-ID, or was needed no more. */
function checkMails({ rows, said, mails }: Facts): string[] {
  const sent = new Set(mails.map((id) => id.replace(/^<|@.*$/g, "")));
  const dropped = new Set(
    said
      .filter(({ msg }) => msg === "mail no longer needed")
      .map(({ effectId }) => effectId),
  );
  const copies = (rows.effect ?? []).filter(
    (it) =>
      String(it.kind).startsWith("mail.") &&
      "addressee" in (it.payload as object),
  );
  const known = new Set(copies.map(({ id }) => id));
  const strange = [...sent].filter((id) => isOurs(id) && !known.has(id));
  const receipts = copies.filter(
    ({ kind }) => kind === "mail.receipt" || kind === "mail.order_receipt",
  );
  const facts = receipts.map((it) => JSON.stringify([it.kind, it.payload]));
  return [
    ...copies
      .filter(({ id }) => !sent.has(id) && !dropped.has(id))
      .map(
        ({ id, kind }) => `${kind as string} ${id} is done and was never sent`,
      ),
    ...strange.map((id) => `a mail ${id} was sent that nobody asked for`),
    ...facts
      .filter((one, at) => facts.indexOf(one) !== at)
      .map((one) => `two receipts for ${one}`),
  ];
}

/** Our ids carry the time; what a mail program makes up does not. */
function isOurs(id: string): boolean {
  const [, high = "", low = ""] =
    /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? [];
  const age = Date.now() - parseInt(high + low, 16);
  return age >= 0 && age < 86_400_000;
}

function oncePer(facts: string[], causes: string[], what: string): string[] {
  return [
    ...facts
      .filter((id) => !causes.includes(id))
      .map((id) => `${what} ${id} has no effect`),
    ...causes
      .filter((id, at) => !facts.includes(id) || causes.indexOf(id) !== at)
      .map((id) => `${what} ${id} has an effect too many`),
  ];
}

function of(rows: Facts["rows"], kind: string): Thing[] {
  return (rows.effect ?? []).filter((it) => it.kind === kind);
}

function has(status: unknown): boolean {
  return gives.includes(String(status));
}
