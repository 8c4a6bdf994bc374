import { redirect } from "next/navigation";
import { getTenants, getUser } from "@/lib/auth/session";
import { getPrice } from "@/lib/catalog/prices";
import { openRoute } from "@/lib/platform/http";

/** From a price on a public page to where it is bought, by way of sign-up for a stranger. Changes nothing. */
export const GET = openRoute(
  {
    summary: "Leads from a price to where it is bought.",
  },
  async (request): Promise<never> => {
    const price = getPrice(
      new URL(request.url).searchParams.get("price") ?? "",
    );
    if (!price) redirect("/pricing");
    const here = `/start?price=${price.lookupKey}`;
    if (!(await getUser())) {
      redirect(`/sign-up?next=${encodeURIComponent(here)}`);
    }
    const [tenant] = await getTenants();
    if (!tenant) redirect("/t");
    const workspace = `/t/${tenant.slug}` as const;
    if (price.interval) redirect(`${workspace}/start?price=${price.lookupKey}`);
    redirect(`${workspace}/billing?price=${price.lookupKey}#once`);
  },
);
