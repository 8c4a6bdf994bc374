import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { openApiDocument } from "./document";

// `npm run api:generate`: writes the document of the API that the app serves.
const text = JSON.stringify(await openApiDocument());
await writeFile("docs/openapi.json", await format(text, { parser: "json" }));
