import { tenantAccess } from "@/lib/auth/access";
import { idAnswer, route } from "@/lib/platform/http";
import { createProject, projectRequest } from "@/lib/projects/projects";

export const POST = route(
  {
    summary: "Creates a project, the sample of your own product.",
    answer: idAnswer,
    access: tenantAccess("product.write"),
    body: projectRequest,
    keep: ["name"],
    status: 201,
  },
  async ({ ctx, input }) => {
    const project = await createProject(ctx, input);
    return { body: project, location: `/t/${ctx.slug}/projects` };
  },
);
