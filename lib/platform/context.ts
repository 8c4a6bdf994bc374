export type Actor =
  | { kind: "user"; id: string }
  /** One of the tenant's own servers, by its API key. */
  | { kind: "api_key"; id: string }
  /** Somebody who runs this deployment; no member, perhaps. */
  | { kind: "staff"; id: string }
  | { kind: "job"; id: string }
  | { kind: "stripe"; id: string };

/** Who acts, for which tenant, and because of what (a request id or an event id). */
export type TenantContext = {
  tenantId: string;
  actor: Actor;
  cause: string;
};
