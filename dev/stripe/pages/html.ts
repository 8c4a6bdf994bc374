/** Markup that is safe to send; anything else is escaped on its way into a template. */
export type Html = { markup: string };
type Part = Html | Html[] | string | number | false | null | undefined;

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const markup = strings.reduce(
    (text, string, at) => text + render(parts[at - 1]) + string,
  );
  return { markup };
}

function render(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (Array.isArray(part)) return part.map((one) => one.markup).join("");
  if (typeof part === "object") return part.markup;
  return escapeText(String(part));
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
