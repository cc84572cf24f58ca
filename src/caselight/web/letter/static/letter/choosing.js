// With nothing selected there is nothing to accept: the first box is shown instead of sending.

document.querySelector("main form[action$=accept]")?.addEventListener("submit", (event) => {
  const boxes = [...event.target.querySelectorAll("input[name=sentence]")];
  if (event.submitter?.name !== "accept_all" && boxes.length && !boxes.some((box) => box.checked)) {
    event.preventDefault();
    boxes[0].focus();
  }
});
