import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as oneRoute } from "@/app/api/refunds/[refundId]/route";
import { GET as listRoute } from "@/app/api/refunds/route";
import { settleRefunds } from "@/lib/billing/refund-payment";
import { moneyBack } from "@/lib/catalog/money-back";
import { password } from "@/tests/support/make-person";
import { planActs, refusalOf } from "@/tests/support/plan-acts";
import { refundActs } from "@/tests/support/refund-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());

const money = refundActs(() => world);
const plan = planActs(() => world);

type Answer = { id: string; amount: string; creditNoteId: string | null };
const answerOf = async (response: Response) => {
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as Answer;
};

const inAMinute = () => new Date(Date.now() + 60_000);

/** Stripe says no, once. */
const refuse = (method: string, path: string) =>
  world.control("faults", { method, path, status: 400, count: 1 });

/** Whoever asked for it is taken for dead. */
const endLease = ({ tenantId }: Person) =>
  world.rows(
    "UPDATE refund_command SET lease_until = now() - interval '1 s' WHERE tenant_id = $1",
    [tenantId],
  );

describe("staff refund a payment", () => {
  it("in parts and then the rest, with reason and metadata, and it is told once", async () => {
    const { ada, id } = await money.buyer();
    const answer = await money.refund(sam, ada, {
      paymentId: id,
      amount: 4900,
      reason: "duplicate",
      metadata: { ticket: "T-17" },
    });
    const requestId = answer.headers.get("request-id");
    const part = await answerOf(answer);
    expect(part).toMatchObject({ amount: "4900", reason: "duplicate" });
    const [atStripe] = await money.atStripe(id);
    expect(atStripe).toMatchObject({
      amount: 4900,
      reason: "duplicate",
      metadata: {
        ticket: "T-17",
        tenant_id: ada.tenantId,
        request_id: requestId,
      },
    });
    const rest = await answerOf(
      await money.refund(sam, ada, { paymentId: id }),
    );
    expect(rest.amount).toBe("10000");
    await world.delivered();
    expect((await money.paymentOf(ada)).amount_refunded).toBe("14900");
    const audit = await world.rows(
      "SELECT FROM audit_entry WHERE tenant_id = $1 AND action = 'refund.asked' AND actor_kind = 'staff' AND actor_id = $2",
      [ada.tenantId, sam.userId],
    );
    expect(audit).toHaveLength(2);
    expect(
      await refusalOf(await money.refund(sam, ada, { paymentId: id })),
    ).toEqual([409, "already_refunded"]);
  });

  it("as written in the payment's currency", async () => {
    const { ada, id } = await money.buyer();
    const wish = { paymentId: id, written: "12.50" };
    expect(await answerOf(await money.refund(sam, ada, wish))).toMatchObject({
      amount: "1250",
    });
    const both = { paymentId: id, amount: 100, written: "12.50" };
    expect(await refusalOf(await money.refund(sam, ada, both))).toEqual([
      422,
      "validation",
    ]);
    for (const written of ["1,000", "-1", "1e3", "12.345", "0x10"])
      expect(
        await refusalOf(
          await money.refund(sam, ada, { paymentId: id, written }),
        ),
      ).toEqual([422, "amount_malformed"]);
  });

  it.each([0, -1, 1.5, "100", 1e9, Number.NaN])(
    "81: never for an amount of %s",
    async (amount) => {
      const { ada, id } = await money.buyer();
      const answer = await money.refund(sam, ada, { paymentId: id, amount });
      expect(answer.status).toBe(422);
      expect(await money.atStripe(id)).toEqual([]);
    },
  );

  it("never beyond what is left, and never with what is not theirs to say", async () => {
    const { ada, id } = await money.buyer();
    const beyond = { paymentId: id, amount: 14901 };
    expect(await refusalOf(await money.refund(sam, ada, beyond))).toEqual([
      409,
      "exceeds_refundable",
    ]);
    for (const extra of [
      { reverse_transfer: true },
      { reason: "x".repeat(10_000) },
      { metadata: { turnpike_refund: "mine" } },
      { metadata: { request_id: "mine" } },
    ]) {
      const answer = await money.refund(sam, ada, { paymentId: id, ...extra });
      expect((await refusalOf(answer))[0]).toBe(422);
    }
    expect(await money.atStripe(id)).toEqual([]);
  });

  it("only of the workspace named, and only staff, who signed in a little while ago", async () => {
    const { ada, id } = await money.buyer();
    const bob = await world.person("Bob");
    const body = { paymentId: id };
    expect(await refusalOf(await money.refund(sam, bob, body))).toEqual([
      404,
      "not_found",
    ]);
    expect(await refusalOf(await money.refund(ada, ada, body))).toEqual([
      404,
      "not_found",
    ]);
    expect((await money.refund(null, ada, body)).status).toBe(404);
    await money.signedInAgo(sam, 16);
    expect(await refusalOf(await money.refund(sam, ada, body))).toEqual([
      403,
      "reauth_required",
    ]);
    const guessed = { ...body, password: "not this one" };
    expect(await refusalOf(await money.refund(sam, ada, guessed))).toEqual([
      422,
      "wrong_password",
    ]);
    await answerOf(await money.refund(sam, ada, { ...body, password }));
    await money.signedInAgo(sam, 0);
    const denied = await world.rows(
      "SELECT actor_kind, details FROM audit_entry WHERE tenant_id = $1 AND action = 'access.denied'",
      [ada.tenantId],
    );
    expect(denied).toEqual([
      { actor_kind: "staff", details: { reason: "wrong_password" } },
    ]);
  });

  it("with the same key once, and with the same key for another amount not at all", async () => {
    const { ada, id } = await money.buyer();
    const wish = { paymentId: id, amount: 100, requestKey: randomUUID() };
    const first = await answerOf(await money.refund(sam, ada, wish));
    const again = await answerOf(await money.refund(sam, ada, wish));
    expect(again).toEqual(first);
    expect(
      await refusalOf(await money.refund(sam, ada, { ...wish, amount: 200 })),
    ).toEqual([422, "idempotency_mismatch"]);
    expect(
      await refusalOf(
        await money.refund(sam, ada, { ...wish, requestKey: undefined }),
      ),
    ).toEqual([400, "idempotency_key_missing"]);
    expect(await money.atStripe(id)).toHaveLength(1);
  });

  it("fifty times at once: one gives it back, the others are refused", async () => {
    const { ada, id } = await money.buyer();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        money.refund(sam, ada, { paymentId: id, amount: 10_000 }),
      ),
    );
    const statuses = answers
      .map(({ status }) => status)
      .toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(49).fill(409)]);
    const refunds = await money.atStripe(id);
    expect(refunds.map(({ amount }) => amount)).toEqual([10_000]);
    const last = { paymentId: id, amount: 4901 };
    expect(await refusalOf(await money.refund(sam, ada, last))).toEqual([
      409,
      "exceeds_refundable",
    ]);
  });

  it("no more in a day than the deployment allows", async () => {
    const { ada, id } = await money.buyer();
    Object.assign(moneyBack.perDay, { usd: 5000 });
    try {
      await answerOf(
        await money.refund(sam, ada, { paymentId: id, amount: 4000 }),
      );
      expect(
        await refusalOf(
          await money.refund(sam, ada, { paymentId: id, amount: 1001 }),
        ),
      ).toEqual([403, "refund_cap_reached"]);
    } finally {
      Object.assign(moneyBack.perDay, { usd: 1_000_000 });
    }
  });
});

describe("the database", () => {
  it("refuses a reservation beyond what was captured, whoever writes it", async () => {
    const { ada, id } = await money.buyer();
    const reserve = (amount: number) =>
      world.rows(
        `INSERT INTO refund_command (tenant_id, id, payment_id, request_key, amount, currency, params, lease_until, created_by)
         VALUES ($1, $2, $3, $2, $4, 'usd', '{}', now(), 'nobody')`,
        [ada.tenantId, randomUUID(), id, amount],
      );
    await expect(reserve(14901)).rejects.toThrow("more than is left");
    await expect(reserve(0)).rejects.toThrow("check constraint");
    await reserve(14900);
    await expect(reserve(1)).rejects.toThrow("more than is left");
  });
});

describe("a refund of what paid an invoice", () => {
  it("83, 84: goes back through a credit note, and the plan goes on", async () => {
    const ada = await plan.subscriber();
    const { id } = await money.paymentOf(ada);
    const answer = await answerOf(
      await money.refund(sam, ada, { paymentId: id, amount: 900 }),
    );
    const [invoice] = await plan.invoices(ada);
    const notes = await world.stripe.creditNotes.list({
      invoice: invoice?.id ?? "",
    });
    expect(notes.data).toMatchObject([
      { id: answer.creditNoteId, total: 900, refunds: [{ refund: answer.id }] },
    ]);
    await world.delivered();
    const [row] = await world.rows(
      "SELECT amount_credited, payment_ids FROM invoice WHERE id = $1",
      [invoice?.id],
    );
    expect(row).toEqual({ amount_credited: "900", payment_ids: [id] });
    await answerOf(await money.refund(sam, ada, { paymentId: id }));
    await world.delivered();
    expect(await plan.planOf(ada)).toBe("pro");
    expect((await plan.atStripe(ada)).status).toBe("active");
  });
});

describe("a refund whose answer is lost", () => {
  it.each(["a plain payment", "an invoice's payment"])(
    "of %s happens once, and is found by the same wish",
    async (what) => {
      const ofInvoice = what.startsWith("an");
      const ada = ofInvoice
        ? await plan.subscriber()
        : (await money.buyer()).ada;
      const { id } = await money.paymentOf(ada);
      await world.loseAnswer(ofInvoice ? "/v1/credit_notes" : "/v1/refunds");
      const wish = { paymentId: id, amount: 1000, requestKey: randomUUID() };
      const lost = await money.refund(sam, ada, wish);
      expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
      expect(lost.headers.get("retry-after")).toBe("5");
      const other = { paymentId: id, amount: 500 };
      expect(await refusalOf(await money.refund(sam, ada, other))).toEqual([
        409,
        "refund_in_progress",
      ]);
      await answerOf(await money.refund(sam, ada, wish));
      expect(await money.atStripe(id)).toHaveLength(1);
      await answerOf(await money.refund(sam, ada, other));
      expect(await money.atStripe(id)).toHaveLength(2);
    },
  );

  it("is found by its metadata once the key is forgotten, also when nobody asks again", async () => {
    const { ada, id } = await money.buyer();
    await world.loseAnswer("/v1/refunds");
    await money.refund(sam, ada, { paymentId: id, amount: 1000 });
    await world.control("clock", { advance_seconds: 25 * 3600 });
    await endLease(ada);
    expect(await settleRefunds(inAMinute())).toBe(0);
    const [refund] = await money.atStripe(id);
    expect(await money.commandsOf(ada)).toMatchObject([
      { refund_id: refund?.id, refused: null },
    ]);
    expect(await money.atStripe(id)).toHaveLength(1);
  });

  it("before Stripe got it is made by the job, once; while nobody knows, a person is called", async () => {
    const { ada, id } = await money.buyer();
    const fail = (count: number) =>
      world.control("faults", {
        method: "POST",
        path: "/v1/refunds",
        status: 500,
        count,
      });
    await fail(6);
    const wish = { paymentId: id, amount: 1000 };
    expect((await money.refund(sam, ada, wish)).status).toBe(503);
    await endLease(ada);
    expect(await settleRefunds(inAMinute())).toBe(1);
    const alarms = await world.rows(
      "SELECT FROM alarm JOIN refund_command ON subject = id WHERE code = 'refund_unknown' AND tenant_id = $1",
      [ada.tenantId],
    );
    expect(alarms).toHaveLength(1);
    expect(await money.atStripe(id)).toEqual([]);
    await endLease(ada);
    expect(await settleRefunds(inAMinute())).toBe(0);
    await endLease(ada);
    expect(await settleRefunds(inAMinute())).toBe(0);
    expect(await money.atStripe(id)).toHaveLength(1);
  });

  it("stays unknown while Stripe refuses to be asked about it, and is left alone in the other mode", async () => {
    const { ada, id } = await money.buyer();
    await world.loseAnswer("/v1/refunds");
    const wish = { paymentId: id, amount: 1000, requestKey: randomUUID() };
    await money.refund(sam, ada, wish);
    await world.delivered();
    for (const path of ["/v1/refunds", `/v1/payment_intents/${id}`]) {
      await refuse("GET", path);
      expect(await refusalOf(await money.refund(sam, ada, wish))).toEqual([
        503,
        "outcome_unknown",
      ]);
    }
    await endLease(ada);
    await refuse("GET", "/v1/refunds");
    expect(await settleRefunds(inAMinute())).toBe(1);
    const inMode = (live: boolean) =>
      world.rows("UPDATE payment SET livemode = $2 WHERE id = $1", [id, live]);
    await endLease(ada);
    await inMode(true);
    await settleRefunds(inAMinute());
    expect(await money.commandsOf(ada)).toMatchObject([{ closed_at: null }]);
    await inMode(false);
    expect(await settleRefunds(inAMinute())).toBe(0);
    const [refund] = await money.atStripe(id);
    expect(await money.commandsOf(ada)).toMatchObject([
      { refund_id: refund?.id, refused: null },
    ]);
  });

  it("whose caller is gone does not stand in the way once Stripe has refused it", async () => {
    const { ada, id } = await money.buyer();
    const fault = { method: "POST", path: "/v1/refunds", status: 500 };
    await world.control("faults", { ...fault, count: 3 });
    await money.refund(sam, ada, { paymentId: id, amount: 10_000 });
    await world.stripe.refunds.create({ payment_intent: id, amount: 14_000 });
    await endLease(ada);
    await answerOf(
      await money.refund(sam, ada, { paymentId: id, amount: 900 }),
    );
    expect((await money.commandsOf(ada)).map(({ refused }) => refused)).toEqual(
      ["exceeds_refundable", null],
    );
  });
});

describe("a refund that Stripe refuses", () => {
  it("gives nothing back, frees its amount, and its key may be used again", async () => {
    const { ada, id } = await money.buyer();
    await world.stripe.refunds.create({ payment_intent: id, amount: 14000 });
    expect(
      await refusalOf(
        await money.refund(sam, ada, { paymentId: id, amount: 1000 }),
      ),
    ).toEqual([409, "exceeds_refundable"]);
    const requestKey = randomUUID();
    const wish = { paymentId: id, amount: 900, requestKey };
    await refuse("POST", "/v1/refunds");
    expect(await refusalOf(await money.refund(sam, ada, wish))).toEqual([
      409,
      "refund_refused",
    ]);
    await answerOf(await money.refund(sam, ada, wish));
    expect((await money.commandsOf(ada)).map(({ refused }) => refused)).toEqual(
      ["refund_refused", null],
    );
  });

  it("82: or that fails later is here again, and calls for a person", async () => {
    const { ada, id } = await money.buyer("4000000000005126");
    const refund = await answerOf(
      await money.refund(sam, ada, { paymentId: id }),
    );
    expect((await money.paymentOf(ada)).amount_refunded).toBe("14900");
    await world.control("clock", { advance_seconds: 7 * 86_400 });
    await world.delivered();
    expect((await money.paymentOf(ada)).amount_refunded).toBe("0");
    const alarms = await world.rows(
      "SELECT FROM alarm WHERE code = 'refund_failed' AND subject = $1",
      [refund.id],
    );
    expect(alarms).toHaveLength(1);
    await answerOf(await money.refund(sam, ada, { paymentId: id, amount: 1 }));
  });
});

describe("what was given back", () => {
  it("is listed and retrieved by its own workspace alone", async () => {
    const { ada, id } = await money.buyer();
    const { id: refundId } = await answerOf(
      await money.refund(sam, ada, { paymentId: id, amount: 700 }),
    );
    const query = { paymentId: id };
    const list = await world.get(listRoute, ada, { query });
    expect(await list.json()).toMatchObject({
      data: [{ id: refundId, amount: "700", status: "succeeded" }],
    });
    const path = { refundId };
    const one = await world.get(oneRoute, ada, { path });
    expect(await one.json()).toMatchObject({ id: refundId, paymentId: id });
    const bob = await world.person("Bob");
    expect((await world.get(oneRoute, bob, { path })).status).toBe(404);
    const his = await world.get(listRoute, bob, { query });
    expect(await his.json()).toEqual({ data: [], older: null });
    const eve = await world.join(ada, await world.person("Eve"), "member");
    const { tenantId } = eve;
    expect(
      (await world.get(listRoute, eve, { query: { tenantId } })).status,
    ).toBe(403);
  });
});
