import { createLedgerModel, lastAttempt, type Claim } from "./ledger-model";
import { answers } from "./stripe-model";
import { createRandom, type Random } from "./random";

/** One thing that happened, with what came of it: enough to do the same again on a real database. */
export type Step =
  | { do: "deliver"; event: number; object: number; isNew: boolean }
  | { do: "claim"; worker: number; claim: Claim | null }
  | { do: "ticket"; worker: number }
  | {
      do: "save";
      worker: number;
      object: number;
      version: number;
      applied: boolean;
    }
  | { do: "done" | "fail"; worker: number; claim: Claim }
  | { do: "pass_time" }
  | { do: "sweep"; object: number; version: number };

export type Outcome = {
  deliveries: number;
  /** Objects whose row differed from Stripe when everything had come to rest. */
  drifted: number;
  /** The same after one sweep: must be none. */
  diverged: number;
  /** Nothing was lost, never made or dead: then nothing may have drifted. */
  lossless: boolean;
  /** Events that ended neither done nor dead: must be none. */
  stuck: number;
};

type Worker =
  | { phase: "idle" }
  | { phase: "claimed"; claim: Claim }
  | { phase: "ticketed"; claim: Claim; ticket: number }
  | { phase: "fetched"; claim: Claim; ticket: number; version: number }
  | { phase: "saved"; claim: Claim };

/**
 * Plays one story: objects change at Stripe, events are made or not, come twice, late, in any order or
 * never; workers take them, stop anywhere, fail, or go on after they were taken for dead.
 */
export function playSchedule(
  seed: number,
  record?: (step: Step) => void,
): Outcome {
  const random = createRandom(seed);
  const story = begin(random);
  const ledger = createLedgerModel(story.versions.length);
  const workers: Worker[] = Array.from({ length: 2 + random.below(3) }, () => ({
    phase: "idle",
  }));
  let deliveries = 0;
  let toldEmpty = false;

  const deliver = () => {
    const at = random.below(story.underWay.length);
    const event = story.underWay[at];
    if (!event) return;
    if (!random.chance(story.twice)) story.underWay.splice(at, 1);
    deliveries += 1;
    const isNew = ledger.deliver(event.id, event.object);
    toldEmpty = false;
    record?.({ do: "deliver", event: event.id, object: event.object, isNew });
  };
  const passTime = () => {
    ledger.passTime();
    toldEmpty = false;
    record?.({ do: "pass_time" });
  };
  const work = (at: number, failing: number): boolean => {
    const worker = workers[at] ?? { phase: "idle" };
    const next = advance(worker, at, failing);
    workers[at] = next;
    return worker.phase !== "idle" || next.phase !== "idle";
  };

  function advance(worker: Worker, at: number, failing: number): Worker {
    switch (worker.phase) {
      case "idle": {
        const claim = ledger.claim();
        // Asked again while nothing has happened, the answer is the same.
        if (claim || !toldEmpty) record?.({ do: "claim", worker: at, claim });
        toldEmpty = !claim;
        if (!claim) return worker;
        return claim.attempts > lastAttempt
          ? fail(claim, at)
          : { phase: "claimed", claim };
      }
      case "claimed": {
        record?.({ do: "ticket", worker: at });
        const ticket = ledger.takeTicket();
        return { phase: "ticketed", claim: worker.claim, ticket };
      }
      case "ticketed": {
        if (random.chance(failing)) return fail(worker.claim, at);
        const version = story.versions[worker.claim.object] ?? 0;
        return { ...worker, phase: "fetched", version };
      }
      case "fetched": {
        const { claim, ticket, version } = worker;
        const applied = ledger.save(claim.object, ticket, version);
        const { object } = claim;
        record?.({ do: "save", worker: at, object, version, applied });
        return { phase: "saved", claim };
      }
      case "saved":
        ledger.done(worker.claim);
        toldEmpty = false;
        record?.({ do: "done", worker: at, claim: worker.claim });
        return { phase: "idle" };
    }
  }
  function fail(claim: Claim, at: number): Worker {
    ledger.fail(claim);
    toldEmpty = false;
    record?.({ do: "fail", worker: at, claim });
    return { phase: "idle" };
  }

  while (story.changes > 0 || story.underWay.length > 0) {
    const dice = random.below(10);
    if (dice < 2) story.change();
    else if (dice < 5) deliver();
    else if (dice < 9) work(random.below(workers.length), story.failing);
    else if (random.chance(story.crashing))
      workers[random.below(workers.length)] = { phase: "idle" };
    else if (random.chance(0.2)) passTime();
  }
  // Everything has arrived that will: those who live go on until nothing is left to do.
  for (let quiet = 0; ledger.has("open") && quiet < 100; quiet += 1) {
    while (workers.map((_, at) => work(at, 0)).includes(true));
    passTime();
  }

  /** Rows and rights here against rows and rights at Stripe. */
  const differing = () =>
    story.versions.filter(
      (version, at) => answers(ledger.stored[at]?.version) !== answers(version),
    ).length;
  const drifted = differing();
  story.versions.forEach((version, object) => {
    record?.({ do: "sweep", object, version });
    ledger.save(object, ledger.takeTicket(), version);
  });
  return {
    deliveries,
    drifted,
    diverged: differing(),
    lossless: story.lossless && !ledger.has("dead"),
    stuck: ledger.has("open") ? 1 : 0,
  };
}

/** Stripe's side: its objects, what has happened to them, and the events on their way to us. */
function begin(random: Random) {
  const versions = Array.from({ length: 1 + random.below(3) }, () => 0);
  const lost = random.pick([0, 0, 0.1, 0.5]);
  const neverMade = random.pick([0, 0, 0.05, 0.3]);
  const underWay: { id: number; object: number }[] = [];
  let events = 0;
  return {
    versions,
    underWay,
    changes: 2 + random.below(8),
    twice: random.pick([0, 0.2, 0.5]),
    failing: random.pick([0, 0.1, 0.5]),
    crashing: random.pick([0, 0.3, 0.8]),
    lossless: lost + neverMade === 0,
    change() {
      if (this.changes === 0) return;
      this.changes -= 1;
      const object = random.below(versions.length);
      versions[object] = (versions[object] ?? 0) + 1;
      if (random.chance(neverMade)) return;
      events += 1;
      if (!random.chance(lost)) underWay.push({ id: events, object });
    },
  };
}
