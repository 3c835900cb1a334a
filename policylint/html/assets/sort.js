// Sorts a table by a column: the gravest first, or by name; once more turns it round.
const GRAVITY = ["g-refused", "g-weak", "g-unknown", "g-fine", "g-none"];
function gravity(cell) {
  const chip = cell.matches("td") && (GRAVITY.some((each) => cell.classList.contains(each)) ? cell : cell.querySelector(".chip"));
  return chip ? GRAVITY.findIndex((each) => chip.classList.contains(each)) : -1;
}
function order(column, turn) {
  return (one, other) => {
    const [a, b] = [one.cells[column], other.cells[column]];
    return turn * (gravity(a) - gravity(b) || a.textContent.localeCompare(b.textContent, "en", { numeric: true }));
  };
}
for (const table of document.querySelectorAll(".map, .sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const each of table.tHead.rows[0].cells) each.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort(order(column, up ? 1 : -1)));
    });
  });
}
