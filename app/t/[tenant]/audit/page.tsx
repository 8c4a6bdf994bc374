import type { Metadata } from "next";
import { oneParam } from "@/app/_components/search-param";
import { CopyId } from "@/app/_components/ui/copy-id";
import { DataTable } from "@/app/_components/ui/data-table";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Moment } from "@/app/_components/ui/moment";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { PlainLink } from "@/app/_components/ui/text-link";
import { listAudit } from "@/lib/audit/list";
import { requireTenant } from "@/lib/auth/session";
import { AuditFilter } from "./_components/audit-filter";
import { auditSentence } from "./_components/audit-sentence";

export const metadata: Metadata = { title: "Audit log" };

const filters = ["kind", "who", "from", "to"] as const;

export default async function AuditPage(props: PageProps<"/t/[tenant]/audit">) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/audit`;
  const { ctx } = await requireTenant(slug, "audit.read", here);
  const query = await props.searchParams;
  const param = (name: string) => oneParam(query[name]);
  const filter = {
    kind: param("kind"),
    who: param("who"),
    from: param("from"),
    to: param("to"),
    before: param("before"),
    after: param("after"),
  };
  const { entries, newer, older, people } = await listAudit(ctx, filter);
  const isFiltered = filters.some((name) => filter[name]);
  const link = (cursor: "before" | "after", at: string | null) => {
    if (!at) return null;
    const kept = new URLSearchParams({ [cursor]: at });
    for (const name of filters) if (filter[name]) kept.set(name, filter[name]);
    return `${here}?${kept}`;
  };
  return (
    <>
      <PageHeader title="Audit log">
        Who did what in this workspace, when, and because of which request or
        event. Nobody can change or delete what stands here.
      </PageHeader>
      <AuditFilter {...{ filter, people, here, isFiltered }} />
      {entries.length === 0 ? (
        <EmptyState
          title={isFiltered ? "Nothing like this" : "Nothing here yet"}
          action={isFiltered && <PlainLink href={here}>Show all</PlainLink>}
        >
          {isFiltered
            ? "Nothing in the log fits these filters."
            : "What people and the payment provider do here appears in this list."}
        </EmptyState>
      ) : (
        <div>
          <DataTable
            caption="Audit log"
            columns={[{ label: "What" }, { label: "When" }, { label: "Cause" }]}
            rows={entries.map((entry) => ({
              key: entry.id,
              cells: [
                <span className="wrap-anywhere" key="what">
                  {auditSentence(entry)}
                </span>,
                <Moment key="when" date={entry.at} />,
                <CopyId key="cause" id={entry.cause} />,
              ],
            }))}
          />
          <Pager
            label="the audit log"
            newer={link("after", newer)}
            older={link("before", older)}
          />
        </div>
      )}
    </>
  );
}
