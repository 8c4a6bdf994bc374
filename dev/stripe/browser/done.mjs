// Inside the frame of an embedded checkout that has been paid.
const { returnUrl } = document.querySelector("[data-return-url]").dataset;
parent.postMessage({ completed: returnUrl }, "*");
