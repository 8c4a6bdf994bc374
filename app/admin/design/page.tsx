import type { Metadata } from "next";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "../_components/admin-page";
import { Actions } from "./_components/actions";
import { Colours } from "./_components/colours";
import { Data } from "./_components/data";
import { Feedback } from "./_components/feedback";
import { Fields } from "./_components/fields";
import { Schemes } from "./_components/schemes";

export const metadata: Metadata = { title: "Design" };

export default async function DesignPage(props: PageProps<"/admin/design">) {
  await requireStaff();
  const scheme = oneParam((await props.searchParams)["scheme"]);
  const known = scheme === "light" || scheme === "dark" ? scheme : undefined;
  return (
    <AdminPage>
      <div data-scheme={known} className="grid gap-8">
        <PageHeader title="Design">
          Every part that screens are made of, in every state.
        </PageHeader>
        <Schemes shown={known} />
        <Colours />
        <Actions />
        <Fields />
        <Feedback />
        <Data />
      </div>
    </AdminPage>
  );
}
