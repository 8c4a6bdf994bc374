import { expect, it } from "vitest";
import { fits, mutants } from "@/tests/mutants/mutants";

it("every bug of `npm run test:mutants` can still be planted", () => {
  const astray = mutants.filter((mutant) => !fits(mutant));
  expect(astray.map(({ name }) => name)).toEqual([]);
});
