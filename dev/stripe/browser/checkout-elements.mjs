// Stripe.js sends this before stripe.mjs, which calls it: Checkout with Elements, as far as a Payment
// Element and its confirmation need it. Anything else is not there, and calling or reading it throws.
// oxlint-disable-next-line no-unused-vars -- stripe.mjs, sent in the same block, calls it
const checkoutElements = (options, { challenge, paymentElement, retrieve }) => {
  const handlers = [];
  let element = null;
  let complete = false;
  let email = options.defaultValues?.email ?? null;
  let known = null;
  onlyTake(options.defaultValues ?? {}, ["email"], "defaultValues");
  const ask = async () =>
    retrieve("/js/checkout", await Promise.resolve(options.clientSecret));

  const session = () => {
    const said = { ...known.session, email: known.session.email ?? email };
    said.canConfirm &&= complete && said.email !== null;
    return withoutTheRest(said);
  };
  const tell = () => {
    if (known) for (const handler of handlers) handler(session());
  };
  const take = (now) => {
    known = now;
    tell();
    return { type: "success", session: session() };
  };

  const actions = {
    getSession: session,
    async updateEmail(given) {
      if (given && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) {
        const message = "Enter a valid email address.";
        return { type: "error", error: { code: "invalidEmail", message } };
      }
      email = given || null;
      return take(known);
    },
    async confirm(given = {}) {
      onlyTake(
        given,
        "billingAddress email phoneNumber redirect returnUrl shippingAddress".split(
          " ",
        ),
        "confirm",
      );
      const back = given.returnUrl ?? known.returnUrl;
      const goes = (given.redirect ?? "always") === "always";
      if (!element) throw new Error("Mount a Payment Element first.");
      if (goes && !back)
        throw new Error(
          "returnUrl is required: the session has no return_url.",
        );
      const asked = await element.ask("/js/checkout", {
        ...addressFields("billing", given.billingAddress),
        ...addressFields("shipping", given.shippingAddress),
        client_secret: await options.clientSecret,
        email: given.email ?? email,
        phone: given.phoneNumber,
      });
      const bank = `/c/pay/${known.session.id}/authenticate?framed=yes`;
      const now = asked.waits ? await challenge(bank, ask) : asked;
      if (!now.session) return { type: "error", error: now.error };
      const success = take(now);
      if (now.session.status.type !== "complete")
        return { type: "error", error: now.error ?? UNANSWERED };
      if (!goes) return success;
      location.assign(back);
      return new Promise(() => {});
    },
  };

  return {
    on(event, handler) {
      if (event !== "change") throw new Error(`There is no event ${event}.`);
      handlers.push(handler);
    },
    async loadActions() {
      const now = await ask();
      if (!now.session) return { type: "error", error: now.error };
      take(now);
      return { type: "success", actions };
    },
    createPaymentElement() {
      if (element) throw new Error("There is a Payment Element already.");
      element = paymentElement();
      element.on("change", (event) => {
        complete = event.complete;
        tell();
      });
      return element;
    },
    getPaymentElement: () => element,
  };

  /** What is not taken would be forgotten in silence. */
  function onlyTake(given, names, where) {
    const other = Object.keys(given).find((name) => !names.includes(name));
    if (other) throw new Error(`The emulator takes no ${other} in ${where}.`);
  }

  function addressFields(prefix, contact) {
    const parts = { name: contact?.name, ...contact?.address };
    return Object.fromEntries(
      Object.entries(parts).map(([part, value]) => [
        `${prefix}_${part}`,
        value,
      ]),
    );
  }

  /** A field that Stripe has and the emulator does not is no `undefined` to build on. */
  function withoutTheRest(said) {
    for (const name of REST)
      Object.defineProperty(said, name, {
        get() {
          throw new Error(`The emulator's session has no ${name}.`);
        },
      });
    return said;
  }
};
const UNANSWERED = {
  code: "paymentFailed",
  message: "The bank's question was not answered.",
  paymentFailed: { declineCode: null },
};
const REST =
  "billingAddress businessName currencyOptions discountAmounts nameCollection optionalItems phoneNumber recurring savedPaymentMethods shipping shippingAddress shippingOptions surcharge tax taxAmounts taxIdInfo".split(
    " ",
  );
