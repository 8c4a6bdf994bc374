/** Fills in the emulator's hosted page and sends it, as a browser without JavaScript would. */
export async function payHostedPage(
  url: string,
  card = "4242 4242 4242 4242",
): Promise<Response> {
  const page = await (await fetch(url)).text();
  const forms = page.match(/<form[^>]*method="post"[\s\S]*?<\/form>/gi) ?? [];
  const asking = /Card number|Account number/;
  const form = forms.find((one) => asking.test(one)) ?? forms.at(-1) ?? "";
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/gi)) {
    const name = attribute(tag, "name");
    if (name) fields.set(name, attribute(tag, "value") ?? "");
  }
  const labelled = (label: RegExp, value: string) => {
    for (const [, id, text] of form.matchAll(
      /<label[^>]*for="([^"]+)"[^>]*>([\s\S]*?)<\/label>/gi,
    )) {
      const input = [...form.matchAll(/<input[^>]*>/gi)].find(
        ([tag]) => attribute(tag, "id") === id,
      );
      if (label.test(text ?? "") && input)
        fields.set(attribute(input[0], "name") ?? "", value);
    }
  };
  labelled(/^\s*Card number/, card);
  labelled(/^\s*Expiry/, "12 / 34");
  labelled(/^\s*CVC/, "123");
  labelled(/^\s*Name on card/, "Ada Lovelace");
  labelled(/^\s*Routing number/, "110000000");
  labelled(/^\s*Account number/, card);
  labelled(/^\s*Account holder/, "Ada Lovelace");
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? "";
  return fetch(new URL(action, url), {
    method: "POST",
    body: fields,
    redirect: "manual",
  });
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}
