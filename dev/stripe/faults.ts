type Fault = {
  method?: string;
  path: string;
  status?: number;
  /** Refused as to a restricted key that lacks this permission. */
  permission?: string;
  dropAnswer?: boolean;
  /** Waits before the request is executed. */
  delayMs?: number;
  /** Waits with the answer once it is executed: what it says may be old when it arrives. */
  answerDelayMs?: number;
  count: number;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  /** The fault for this request, used up by one; undefined when there is none. */
  take(method: string, path: string): Fault | undefined;
  list(): Fault[];
};

/** Faults asked for by tests; they live with the process, not in the store. */
export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear: () => void (faults = []),
    take(method, path) {
      const fault = faults.find(
        (one) =>
          (!one.method || one.method.toUpperCase() === method) &&
          path.startsWith(one.path),
      );
      if (!fault) return undefined;
      fault.count -= 1;
      faults = faults.filter((one) => one.count > 0);
      return fault;
    },
    list: () => faults,
  };
}
