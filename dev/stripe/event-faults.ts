type EventFault = {
  act: "delay" | "drop" | "duplicate" | "reorder" | "suppress";
  /** Only events of this type; any when absent. */
  type?: string | undefined;
  delayMs: number;
  count: number;
  seed: number;
};

export type EventFaults = {
  add(fault: EventFault): void;
  clear(): void;
  list(): EventFault[];
  /** When each delivery of the next event of this type leaves, in ms from now; undefined where it was never made. */
  departures(type: string): number[] | undefined;
};

/** Faults of webhooks asked for by tests; they live with the process, not in the store. */
export function createEventFaults(): EventFaults {
  let faults: EventFault[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear: () => void (faults = []),
    list: () => faults,
    departures(type) {
      const fault = faults.find((one) => !one.type || one.type === type);
      if (!fault) return [0];
      fault.count -= 1;
      faults = faults.filter((one) => one.count > 0);
      switch (fault.act) {
        case "suppress":
          return undefined;
        case "drop":
          return [];
        case "duplicate":
          return [0, fault.delayMs];
        case "delay":
          return [fault.delayMs];
        case "reorder":
          // The same seed shuffles the same events in the same way.
          fault.seed = (fault.seed * 16_807) % 2_147_483_647;
          return [(fault.seed / 2_147_483_647) * fault.delayMs];
      }
    },
  };
}
