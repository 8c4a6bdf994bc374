import { PlainLink } from "@/app/_components/ui/text-link";

/** A file of everything, for the owner. */
export function ExportData({
  tenantId,
  slug,
}: {
  tenantId: string;
  slug: string;
}) {
  return (
    <p>
      <PlainLink
        href={`/api/settings/export?tenantId=${tenantId}`}
        download={`${slug}.json`}
      >
        Download everything as JSON
      </PlainLink>
    </p>
  );
}
