import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import type { TenantDetail } from "@/lib/admin/tenant";
import { priceWords } from "@/lib/catalog/price-words";
import { doneWords } from "./done-words";

export function CatalogueList({
  tenant: { id, catalogue },
  flash,
}: {
  tenant: TenantDetail;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <ul aria-label="Prices of the catalogue" className="divide-y">
      {catalogue.map(({ price, hidden }) => {
        const act = hidden ? "show" : "hide";
        const words = `${price.productName}, ${priceWords(price)}`;
        return (
          <li
            key={price.lookupKey}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
          >
            <span className="flex flex-wrap items-center gap-2">
              {words}
              {hidden && <Badge tone="warning">Hidden</Badge>}
            </span>
            <PostForm
              key={act}
              action={`/api/admin/tenants/${id}/catalogue/${price.lookupKey}/${act}`}
              label={`${hidden ? "Show" : "Hide"} ${words}`}
              flash={flash}
              done={hidden ? doneWords.shown : doneWords.hidden}
            >
              <SubmitButton>{hidden ? "Show" : "Hide"}</SubmitButton>
            </PostForm>
          </li>
        );
      })}
    </ul>
  );
}
