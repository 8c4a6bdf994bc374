/** Holds the slug of the workspace that a browser was in last. It opens nothing: membership does. */
export const lastTenantCookie = "turnpike_workspace";

/** The workspace that a path is in; null outside of one. */
export function tenantInPath(pathname: string): string | null {
  return /^\/t\/([a-z0-9-]{1,80})(?:\/|$)/.exec(pathname)?.[1] ?? null;
}
