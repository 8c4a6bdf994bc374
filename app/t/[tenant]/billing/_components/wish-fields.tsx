import { randomUUID } from "node:crypto";

/** Whose plan it is, and a name for this very wish: sent twice, it is done once. */
export function WishFields({ tenantId }: { tenantId: string }) {
  return (
    <>
      <input type="hidden" name="tenantId" value={tenantId} />
      <input type="hidden" name="requestKey" value={randomUUID()} />
    </>
  );
}
