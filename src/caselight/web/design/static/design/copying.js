// "Copy" at a table: what is shown goes to the clipboard as cells, so that it can be put into a spreadsheet.

const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** A table as lines of cells with tabs between; what a spreadsheet would run begins with an apostrophe. */
export function cells(table) {
  const clean = (cell) => {
    const text = cell.textContent.trim().replace(/\s+/g, " ");
    return FORMULA.test(text) && !/^-?[\d.,\s]+%?$/.test(text) ? `'${text}` : text;
  };
  return [...table.rows].map((row) => [...row.cells].map(clean).join("\t")).join("\n");
}

export function offerCopies(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-cl-copy]")) {
    const table = document.getElementById(button.dataset.clCopy);
    const said = button.parentElement.querySelector("[data-cl-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(cells(table));
        said.textContent = `Copied ${table.tBodies[0].rows.length} rows. Paste them into a spreadsheet.`;
      } catch {
        said.textContent = "The browser did not allow copying. Select the rows and copy them yourself.";
      }
    });
  }
}
