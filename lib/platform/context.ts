export type Actor =
  | { kind: "user"; id: string }
  | { kind: "job"; id: string }
  | { kind: "stripe"; id: string };

/** Who acts, for which tenant, and because of what (a request id or an event id). */
export type TenantContext = {
  tenantId: string;
  actor: Actor;
  cause: string;
};
