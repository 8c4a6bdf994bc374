import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and until the page has come alive: what is shown then must work without JavaScript. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
