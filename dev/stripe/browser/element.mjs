// Inside the card form's frame. Its page can be framed by the shop alone, so whoever asks is the shop.
const form = document.querySelector("form");
const PATHS = ["/js/checkout", "/js/confirm"];

addEventListener("message", (message) => void answer(message));

async function answer({ data, origin, source }) {
  if (source !== parent || !PATHS.includes(data?.ask)) return;
  for (const old of form.querySelectorAll(".error")) old.remove();
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(data.added))
    if (value) body.set(name, value);
  const said = await fetch(data.ask, { method: "POST", body });
  const result = await said.json();
  // The shop's page asks for what has no field here.
  if (form.elements[result.field]) tell(result.field, result.error.message);
  parent.postMessage({ ...result, answers: data.id }, origin);
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  const complete = ["cardNumber", "cardExpiry", "cardCvc"].every(
    (name) => form.elements[name].value.trim() !== "",
  );
  parent.postMessage({ change: { complete, elementType: "payment" } }, "*");
});

function tell(name, message) {
  const field = form.elements[name];
  const error = document.createElement("p");
  error.className = "error";
  error.id = `${name}-error`;
  error.textContent = message;
  field.after(error);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", error.id);
  field.focus();
}

new ResizeObserver(() =>
  parent.postMessage({ height: document.documentElement.scrollHeight }, "*"),
).observe(document.body);
