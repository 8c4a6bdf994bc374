import { afterAll, beforeAll, it } from "vitest";
import { lateFacts } from "@/tests/support/late-facts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

it("forty random histories come to the same, kept or added up from scratch", async () => {
  const facts = await lateFacts(world);
  await facts.holds(40);
}, 600_000);
