// "Copy the link": shown where the browser can copy; says whether it did.
const button = document.querySelector("[data-cl-copy-text]");
const said = document.querySelector("[data-cl-copied]");

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.clCopyText).textContent);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The browser did not allow copying. Select the link and copy it yourself.";
    }
  });
}
