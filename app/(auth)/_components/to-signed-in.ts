import type { Route } from "next";
import { safePath } from "@/lib/platform/safe-path";

/** Where somebody goes on who is signed in already: a safe path has been checked to be of this site. */
export function toSignedIn(next: string | null): Route {
  return (safePath(next) ?? "/t") as Route;
}
