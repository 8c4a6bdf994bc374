import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as acceptRoute } from "@/app/api/invitations/[invitationId]/accept/route";
import { POST as removeRoute } from "@/app/api/members/remove/route";
import { recountSeats } from "@/lib/billing/seats";
import { plans } from "@/lib/catalog/plans";
import { runDueEffects } from "@/lib/fulfilment/run";
import { planActs } from "@/tests/support/plan-acts";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  Object.assign(plans[1], { perSeat: true }); // as an owner writes who sells Pro by the seat
  world = await startWorld();
});
afterAll(() => {
  Object.assign(plans[1], { perSeat: false });
  return world.close();
});

const plan = planActs(() => world);
const update = "POST /v1/subscriptions/:id";

async function quantityAtStripe(person: Person) {
  return (await plan.atStripe(person)).items.data[0]?.quantity;
}

/** Invited and accepted, by the route that people use. */
async function joins(owner: Person, name: string): Promise<Person> {
  const person = await world.confirmed(name);
  const invitationId = randomUUID();
  await world.rows(
    `INSERT INTO invitation (id, tenant_id, email, role, status, inviter_id, expires_at)
     VALUES ($1, $2, $3, 'member', 'pending', $4, now() + interval '1 day')`,
    [invitationId, owner.tenantId, person.email, owner.userId],
  );
  const answer = await world.post(acceptRoute, person, {}, { invitationId });
  if (!answer.ok) throw new Error(await answer.text());
  return person;
}

it("78: the seats that are paid are the members there are, however many join at once", async () => {
  const ada = await plan.subscriber();
  const before = await world.executed(update);
  await Promise.all(["Bob", "Cleo", "Dan"].map((name) => joins(ada, name)));
  await runDueEffects(50);
  expect(await quantityAtStripe(ada)).toBe(4);
  expect((await world.executed(update)) - before).toBe(1);
  await world.delivered();
  await runDueEffects(50);
  expect((await world.executed(update)) - before).toBe(1);
});

it("whose answer was lost are paid once", async () => {
  const ada = await plan.subscriber();
  await joins(ada, "Bob");
  const before = await world.executed(update);
  await world.loseAnswer(`/v1/subscriptions/${await plan.idOf(ada)}`);
  const recount = () => recountSeats(contextOf(ada), "joined");
  await expect(recount()).rejects.toMatchObject({ code: "outcome_unknown" });
  await recount();
  expect(await quantityAtStripe(ada)).toBe(2);
  expect((await world.executed(update)) - before).toBe(1);
});

it("who leaves is paid for no longer, and what the Dashboard set is set right", async () => {
  const ada = await plan.subscriber();
  const bob = await joins(ada, "Bob");
  await runDueEffects(50);
  expect(await quantityAtStripe(ada)).toBe(2);
  const { tenantId } = ada;
  await world.post(removeRoute, ada, { tenantId, userId: bob.userId });
  await runDueEffects(50);
  expect(await quantityAtStripe(ada)).toBe(1);
  const item = (await plan.atStripe(ada)).items.data[0]?.id ?? "";
  await world.stripe.subscriptions.update(await plan.idOf(ada), {
    items: [{ id: item, quantity: 9 }],
  });
  await world.delivered();
  await runDueEffects(50);
  expect(await quantityAtStripe(ada)).toBe(1);
});

it("a count that Stripe does not answer comes back, and one for another workspace changes nothing", async () => {
  const ada = await plan.subscriber();
  const bob = await plan.subscriber();
  await joins(ada, "Cleo");
  await recountSeats(contextOf(bob), "not hers");
  expect(await quantityAtStripe(ada)).toBe(1);
  await world.control("faults", {
    method: "POST",
    path: `/v1/subscriptions/${await plan.idOf(ada)}`,
    status: 500,
    count: 3,
  });
  await runDueEffects(1);
  expect(await quantityAtStripe(ada)).toBe(1);
  await world.rows(
    "UPDATE effect SET next_try_at = now() - interval '1 second' WHERE finished_at IS NULL",
  );
  await runDueEffects(50);
  expect(await quantityAtStripe(ada)).toBe(2);
});
