import type { Problem } from "./form-alert";

/** What became of a form: where to go on, or what went wrong. `location` null means: stay here. */
export type Sent =
  | { ok: true; location: string | null; answer: Record<string, unknown> }
  | { ok: false; problem: Problem };

/** Posts a form's fields as JSON. Never throws: no answer is a problem in words as well. */
export async function sendForm(form: HTMLFormElement): Promise<Sent> {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
      },
      body: JSON.stringify(fieldsOf(form)),
    });
    const answer = (await response.json()) as Record<string, unknown>; // our own routes answer objects only
    if (response.ok) {
      const location = text(answer["location"]) ?? text(answer["url"]);
      return { ok: true, location, answer };
    }
    if (isFinal(response)) renewKey(form);
    return {
      ok: false,
      problem: {
        code: text(answer["code"]) ?? "internal",
        message: text(answer["title"]) ?? noAnswer,
        requestId: text(answer["request_id"]),
        fields: fieldsAtFault(answer),
      },
    };
  } catch {
    const problem = { code: "no_answer", message: noAnswer, requestId: null };
    return { ok: false, problem };
  }
}

/** Nothing came of it, and the same again would be refused again. */
function isFinal({ status, headers }: Response): boolean {
  return status < 500 && !headers.has("Retry-After");
}

/** What is sent next is another wish. Without a final answer the key stays, and finds what became of this one. */
function renewKey(form: HTMLFormElement): void {
  const key = form.elements.namedItem("requestKey");
  if (key instanceof HTMLInputElement) key.value = crypto.randomUUID();
}

const noAnswer = "No answer came. Check your connection and try again.";

/** From `errors` where the body was not valid, else from `param`. */
function fieldsAtFault({ errors, param }: Record<string, unknown>) {
  if (!Array.isArray(errors)) {
    const name = text(param);
    return name === null ? [] : [{ name, code: null }];
  }
  return (errors as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => ({ name: pointer.slice(1), code }),
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A number where the input is one; everything else as typed. */
function fieldsOf(form: HTMLFormElement): Record<string, string | number> {
  const fields: Record<string, string | number> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    const input = form.elements.namedItem(name);
    const isNumber =
      input instanceof HTMLInputElement && input.type === "number";
    fields[name] = isNumber ? input.valueAsNumber : value;
  }
  return fields;
}
