import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import type { ApiKeyView } from "@/lib/auth/api-keys";
import { doneWords } from "./done-words";
import { NewApiKey } from "./new-api-key";

/** The keys of the workspace's own servers, and a form for one more. */
export function ApiKeys({
  tenantId,
  keys,
  mayWriteBilling,
  asksPassword,
  flash,
}: {
  tenantId: string;
  keys: readonly ApiKeyView[];
  mayWriteBilling: boolean;
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <div className="grid gap-6">
      {keys.length > 0 && (
        <DataTable
          caption="API keys"
          columns={[
            { label: "Name" },
            { label: "May" },
            { label: "Made by" },
            { label: "Last used" },
            { label: "Expires" },
            { label: "", align: "end" },
          ]}
          rows={keys.map((key) => ({
            key: key.id,
            cells: [
              <span key="name">
                {key.name} <code className="text-xs">{key.start}…</code>
              </span>,
              scopeWords(key.scopes),
              key.maker ?? "A former member",
              key.lastUsedAt ? (
                <Day key="used" date={key.lastUsedAt} />
              ) : (
                "Never"
              ),
              key.expiresAt ? <Day key="end" date={key.expiresAt} /> : "Never",
              <ConfirmDialog
                key="revoke"
                trigger="Revoke"
                title={`Revoke ${key.name}?`}
                description="Servers that use it are refused from that moment on. It cannot be undone."
                action={revokeOf(key)}
                flash={flash?.action === revokeOf(key) ? flash : null}
                fields={{ tenantId }}
                confirm="Revoke key"
                keep="Keep key"
                done={doneWords.revoked}
              />,
            ],
          }))}
        />
      )}
      <NewApiKey {...{ tenantId, mayWriteBilling, asksPassword, flash }} />
    </div>
  );
}

function revokeOf({ id }: ApiKeyView) {
  return `/api/api-keys/${id}/revoke` as const;
}

function scopeWords(scopes: readonly string[]): string {
  return scopes.map((scope) => scope.replace(".", ": ")).join(", ");
}
