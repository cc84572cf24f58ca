// Numbers beside the lines of the text, and a mark at those that something is wrong with.
// A line may be wrapped, so each is measured in a copy of the text that nobody sees and no reader reads.

export function numberLines(text) {
  const box = text.parentElement;
  const gutter = document.createElement("div");
  const mirror = document.createElement("div");
  gutter.className = "cl-gutter";
  mirror.className = "cl-mirror";
  gutter.ariaHidden = mirror.ariaHidden = "true";
  box.prepend(gutter);
  box.append(mirror);
  box.classList.add("cl-letter__box--numbered");
  let wrong = {};
  let waiting = 0;

  function measure() {
    mirror.style.width = `${text.clientWidth}px`;
    const lines = text.value.split("\n");
    mirror.replaceChildren(...lines.map((line) => {
      const part = document.createElement("div");
      part.textContent = line || "\u200b";
      return part;
    }));
    const inner = document.createElement("div");
    inner.className = "cl-gutter__inner";
    [...mirror.children].forEach((part, at) => {
      const number = document.createElement("span");
      number.dataset.number = String(at + 1);
      number.textContent = String(at + 1);
      number.style.top = `${part.offsetTop}px`;
      if (wrong[at + 1]) number.className = `cl-gutter__${wrong[at + 1]}`;
      inner.append(number);
    });
    gutter.replaceChildren(inner);
    follow();
  }

  function follow() {
    if (gutter.firstChild) gutter.firstChild.style.transform = `translateY(${-text.scrollTop}px)`;
  }

  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(measure);
  }

  text.addEventListener("scroll", follow);
  text.addEventListener("input", later);
  new ResizeObserver(later).observe(text);
  return (lines) => {
    wrong = lines;
    later();
  };
}
