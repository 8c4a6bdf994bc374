// Stands in for https://js.stripe.com: as much of window.Stripe as a Payment Element, confirmations,
// 3D Secure, an embedded checkout and Checkout with Elements need. Anything else is not there, and calling it throws.
(() => {
  const origin = new URL(document.currentScript.src).origin;

  /** A frame of the emulator's; `heard` gets what it says. */
  function frame(path, title, heard) {
    const iframe = document.createElement("iframe");
    iframe.src = origin + path;
    iframe.title = title;
    iframe.style.cssText = "width:100%;border:0;min-height:22rem";
    const listen = ({ data, origin: from, source }) => {
      if (from !== origin || source !== iframe.contentWindow) return;
      if (data.height) iframe.style.height = `${data.height}px`;
      heard?.(data);
    };
    addEventListener("message", listen);
    return {
      iframe,
      remove() {
        removeEventListener("message", listen);
        iframe.remove();
      },
    };
  }

  function place(target) {
    const found =
      typeof target === "string" ? document.querySelector(target) : target;
    if (!found) throw new Error(`There is no element ${target} to mount to.`);
    return found;
  }

  function paymentElement() {
    const listeners = { ready: [], change: [] };
    const waiting = new Map();
    const shown = frame("/js/element", "Card details", (data) => {
      if (data.change) for (const tell of listeners.change) tell(data.change);
      waiting.get(data.answers)?.(data);
      waiting.delete(data.answers);
    });
    let asked = 0;
    shown.iframe.addEventListener("load", () => {
      for (const tell of listeners.ready) tell({ elementType: "payment" });
    });
    return {
      mount: (target) => place(target).append(shown.iframe),
      unmount: () => shown.iframe.remove(),
      destroy: () => shown.remove(),
      on(event, listener) {
        if (!listeners[event]) throw new Error(`There is no event ${event}.`);
        listeners[event].push(listener);
        return this;
      },
      /** Sends the form with what the shop adds to it. */
      ask(path, added) {
        const id = (asked += 1);
        return new Promise((resolve) => {
          waiting.set(id, resolve);
          const question = { ask: path, id, added };
          shown.iframe.contentWindow.postMessage(question, origin);
        });
      },
    };
  }

  function elements({ clientSecret } = {}) {
    let made = null;
    return {
      clientSecret,
      element: () => made,
      create(type) {
        if (type !== "payment") throw new Error(`There is no ${type} Element.`);
        return (made = paymentElement());
      },
      getElement: (type) => (type === "payment" ? made : null),
      submit: async () => ({}),
    };
  }

  async function retrieve(path, clientSecret) {
    const secret = encodeURIComponent(clientSecret);
    const answer = await fetch(`${origin}${path}?client_secret=${secret}`);
    return answer.json();
  }

  async function retrieveIntent(clientSecret) {
    const now = await retrieve("/js/intent", clientSecret);
    return { ...now, waits: now.intent?.status === "requires_action" };
  }

  /** The bank's question in a dialog, until it is answered. */
  function challenge(path, retrieveAnswer) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", "3D Secure");
    dialog.style.cssText = "width:min(30rem,90vw);padding:0";
    const shown = frame(path, "3D Secure");
    return new Promise((resolve) => {
      let closed = false;
      const end = (now) => {
        if (closed) return;
        closed = true;
        shown.remove();
        dialog.remove();
        resolve(now);
      };
      const look = async (isOver) => {
        const now = await retrieveAnswer();
        if (isOver || !now.waits) end(now);
      };
      shown.iframe.addEventListener("load", () => void look(false));
      // Esc leaves the question unanswered; what was retrieved says so.
      dialog.addEventListener("close", () => void look(true));
      dialog.append(shown.iframe);
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  async function next({ intent, error }) {
    const action = intent?.next_action;
    if (error || intent.status !== "requires_action") return { intent, error };
    if (action.type === "redirect_to_url") {
      location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    }
    const after = await challenge(`/3ds/${intent.id}`, () =>
      retrieveIntent(intent.client_secret),
    );
    const failed =
      after.intent?.last_payment_error ?? after.intent?.last_setup_error;
    return failed ? { error: failed } : after;
  }

  async function confirm(kind, options) {
    const { elements: form, confirmParams = {}, redirect = "always" } = options;
    const secret = options.clientSecret ?? form?.clientSecret;
    const element = form?.element();
    if (!element || !secret)
      throw new Error("Mount a Payment Element and give a clientSecret first.");
    const back = confirmParams.return_url;
    if (redirect === "always" && !back)
      throw new Error("confirmParams.return_url is required.");
    const asked = redirect === "always" ? back : undefined;
    const fields = { client_secret: secret, return_url: asked };
    const { intent, error } = await next(
      await element.ask("/js/confirm", fields),
    );
    if (error) return { error };
    if (redirect !== "always") return { [kind]: intent };
    const url = new URL(back);
    const name = intent.object;
    url.searchParams.set(name, intent.id);
    url.searchParams.set(`${name}_client_secret`, intent.client_secret);
    url.searchParams.set("redirect_status", "succeeded");
    location.assign(url);
    return new Promise(() => {});
  }

  const named = (kind, { intent, error }) =>
    error ? { error } : { [kind]: intent };
  const kindOf = (secret) =>
    secret.startsWith("seti_") ? "setupIntent" : "paymentIntent";

  async function embeddedCheckout(options) {
    const { fetchClientSecret, onComplete } = options;
    const secret = options.clientSecret ?? (await fetchClientSecret());
    const [id] = secret.split("_secret_");
    const path = `/c/pay/${encodeURIComponent(id)}?framed=yes`;
    const shown = frame(path, "Checkout", ({ completed }) => {
      if (completed === undefined) return;
      if (onComplete) onComplete();
      else location.assign(completed);
    });
    shown.iframe.style.minHeight = "40rem";
    return {
      mount: (target) => place(target).append(shown.iframe),
      unmount: () => shown.iframe.remove(),
      destroy: () => shown.remove(),
    };
  }

  window.Stripe = (key) => {
    if (!key.startsWith("pk_test_"))
      throw new Error("The emulator takes publishable test keys only.");
    return {
      elements,
      confirmPayment: (options) => confirm("paymentIntent", options),
      confirmSetup: (options) => confirm("setupIntent", options),
      async handleNextAction({ clientSecret }) {
        const kind = kindOf(clientSecret);
        return named(kind, await next(await retrieveIntent(clientSecret)));
      },
      retrievePaymentIntent: async (secret) =>
        named("paymentIntent", await retrieveIntent(secret)),
      retrieveSetupIntent: async (secret) =>
        named("setupIntent", await retrieveIntent(secret)),
      initEmbeddedCheckout: embeddedCheckout,
      createEmbeddedCheckoutPage: embeddedCheckout,
      initCheckoutElementsSdk: (options) =>
        checkoutElements(options, { challenge, paymentElement, retrieve }),
    };
  };
  window.Stripe.version = "emulator";
})();
