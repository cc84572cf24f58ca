// A frame that goes to a place in its page gives that place the focus, and a key that is pressed then is lost. So nothing
// in the frame can have the focus while it is renewed, unless somebody is in it; and where a browser does not heed that,
// whoever was typing outside gets it back at once.
const SETTLED = 1000; // milliseconds after the frame's page is there: from then on, who is in the frame went there

export function keepFocus(frame) {
  let owner = null;
  let timer = 0;
  const theirs = () => { owner = null; frame.inert = false; }; // somebody goes into the frame by themselves

  frame.parentElement.addEventListener("pointerenter", theirs);
  frame.addEventListener("load", () => { timer = window.setTimeout(theirs, SETTLED); });
  document.addEventListener("keydown", (event) => { if (event.key === "Tab") theirs(); });
  document.addEventListener("focusin", (event) => { if (owner) owner = event.target; });
  window.addEventListener("blur", () => {
    window.setTimeout(() => { if (owner && document.activeElement === frame) owner.focus({ preventScroll: true }); }, 0);
  });

  return (address) => {
    window.clearTimeout(timer);
    const active = document.activeElement;
    owner = active && active !== document.body && active !== frame ? active : null;
    frame.inert = owner !== null;
    frame.contentWindow.location.replace(address);
  };
}
