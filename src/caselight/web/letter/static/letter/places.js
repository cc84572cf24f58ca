// Places in the text: which line the cursor is in, and going to a line.

export function lineAt(text) {
  return text.value.slice(0, text.selectionStart).split("\n").length;
}

export function go(event, text, link) {
  const lines = text.value.split("\n");
  const line = Number(link.dataset.line);
  if (line > lines.length) return;
  event.preventDefault();
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const column = Math.min(Number(link.dataset.column ?? 1) - 1, lines[line - 1].length);
  text.focus();
  const length = Number(link.dataset.length ?? 0) || lines[line - 1].length; // no more than what has to be written over
  text.setSelectionRange(start + column, start + Math.min(column + length, lines[line - 1].length));
  const at = text.parentElement.querySelector(`[data-number="${line}"]`);
  if (at) text.scrollTop = Math.max(at.offsetTop - text.clientHeight / 3, 0);
}

export function put(text, words) {
  const from = text.selectionStart;
  const before = text.value.slice(0, from);
  const after = text.value.slice(text.selectionEnd);
  const left = before && !/[\s("“[]$/.test(before) ? " " : "";
  const right = after && !/^[\s.,;:)”\]?!]/.test(after) ? " " : "";
  text.setRangeText(left + words + right, from, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
