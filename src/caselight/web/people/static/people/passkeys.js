// Passkeys and security keys: shown where the browser can use them, and said in words when one was not read.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-cl-passkeys]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-cl-passkey-failed]")) place.textContent = place.dataset.clText;
});
