import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { openApiDocument } from "./document";
import { typesOf } from "./client-types";

// `npm run api:generate`: writes the document of the API that the app serves, and the types of the client.
const document = await openApiDocument();
await writeFile(
  "docs/openapi.json",
  await format(JSON.stringify(document), { parser: "json" }),
);
await writeFile(
  "docs/client/api-types.ts",
  await format(typesOf(document), { parser: "typescript" }),
);
