// A frame that goes to a place in its page gives that place the focus: whoever was typing outside gets it back at once.
export function keepFocus(frame) {
  let owner = null;
  const theirs = () => { owner = null; }; // somebody goes into the frame by themselves

  frame.addEventListener("pointerenter", theirs);
  document.addEventListener("keydown", (event) => { if (event.key === "Tab") theirs(); });
  document.addEventListener("focusin", (event) => { if (owner) owner = event.target; });
  window.addEventListener("blur", () => {
    window.setTimeout(() => { if (owner && document.activeElement === frame) owner.focus({ preventScroll: true }); }, 0);
  });

  return (address) => {
    const active = document.activeElement;
    owner = active && active !== document.body && active !== frame ? active : null;
    frame.contentWindow.location.replace(address);
  };
}
