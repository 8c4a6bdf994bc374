import type { Metadata } from "next";
import { oneParam } from "@/app/_components/search-param";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { getTenants } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Checkout left" };

export default async function CancelledPage(
  props: PageProps<"/checkout/cancelled">,
) {
  const slug = oneParam((await props.searchParams)["tenant"]);
  const tenant = (await getTenants()).find((one) => one.slug === slug);
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        You left the checkout
      </h1>
      <p className="text-ink-soft">
        Nothing was charged. You can choose again whenever you like.
      </p>
      {tenant ? (
        <ButtonLink
          href={`/t/${tenant.slug}/billing#plans`}
          look="primary"
          className="mt-4"
        >
          Back to billing
        </ButtonLink>
      ) : (
        <ButtonLink href="/pricing" look="primary" className="mt-4">
          See the plans
        </ButtonLink>
      )}
    </>
  );
}
