type Fault = {
  method?: string;
  path: string;
  status?: number;
  /** Refused as to a restricted key that lacks this permission. */
  permission?: string;
  dropAnswer?: boolean;
  /** Waits before the request is executed. */
  delayMs?: number;
  /** Waits until it is released; with the answer once it is executed, so that what it says is old when it arrives. */
  hold?: "answer" | "request";
  count: number;
};

export type Faults = {
  add(fault: Fault): void;
  /** Whoever was held goes on. */
  clear(): void;
  /** The fault for this request, used up by one; undefined when there is none. */
  take(method: string, path: string): Fault | undefined;
  /** Resolves when those held by faults of this method and path are released. */
  held(fault: Fault): Promise<void>;
  release(method: string | undefined, path: string): void;
  list(): Fault[];
};

/** Faults asked for by tests; they live with the process, not in the store. */
export function createFaults(): Faults {
  let faults: Fault[] = [];
  let waiting: { fault: Fault; goOn(): void }[] = [];
  const letGo = (which: (fault: Fault) => boolean) => {
    for (const { fault, goOn } of waiting) if (which(fault)) goOn();
    waiting = waiting.filter(({ fault }) => !which(fault));
  };
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear() {
      faults = [];
      letGo(() => true);
    },
    held: (fault) => new Promise((goOn) => void waiting.push({ fault, goOn })),
    release: (method, path) =>
      letGo((fault) => fault.method === method && fault.path === path),
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
