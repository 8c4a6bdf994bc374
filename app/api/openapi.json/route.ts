import document from "@/docs/openapi.json";
import { openRoute } from "@/lib/platform/http";

export const dynamic = "force-static";

export const GET = openRoute({ summary: "This document." }, async () =>
  Response.json(document),
);
