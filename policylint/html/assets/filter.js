// Filters: a tile keeps the policies that have such cells, the box those that hold a text. Both count together.
let grade = "";
const box = document.getElementById("find");
const rows = [...document.querySelectorAll(".map tbody tr[data-p]")];
const heads = [...document.querySelectorAll(".map thead th[data-label]")];
function holds(element, wanted) {
  return (element.dataset.name || element.dataset.text || element.textContent).toLowerCase().includes(wanted);
}
function filter() {
  const wanted = box ? box.value.trim().toLowerCase() : "";
  const found = heads.map((each) => !!wanted && `${each.dataset.label}|${each.dataset.targets}`.toLowerCase().includes(wanted));
  const byClient = found.includes(true);
  let shown = 0;
  for (const row of rows) {
    const policy = document.getElementById(row.dataset.p);
    const hit = !wanted || byClient || row.cells[0].textContent.toLowerCase().includes(wanted) || (policy && holds(policy.querySelector(".asks"), wanted));
    const on = hit && (!grade || row.dataset.g.split(" ").includes(grade));
    row.hidden = !on;
    if (policy) policy.hidden = !on;
    if (on) shown += 1;
    for (let i = 1; i < row.cells.length; i += 1) {
      const cell = row.cells[i];
      const is = !grade || grade === "idle" || cell.classList.contains(`g-${grade}`);
      cell.classList.toggle("dim", !is || (byClient && !found[i - 1]));
    }
  }
  for (const each of document.querySelectorAll("details.setting, .step[data-text], .sortable tbody tr, .who tbody tr, details.change")) {
    each.hidden = !!wanted && !byClient && !holds(each, wanted) && !each.textContent.toLowerCase().includes(wanted);
  }
  const showing = document.getElementById("showing");
  if (showing) showing.textContent = rows.length && (wanted || grade) ? `${shown} of ${rows.length} policies` : "";
}
if (box) box.addEventListener("input", filter);
for (const tile of document.querySelectorAll(".tile[data-grade]")) {
  tile.addEventListener("click", () => {
    grade = grade === tile.dataset.grade ? "" : tile.dataset.grade;
    for (const each of document.querySelectorAll(".tile[data-grade]")) each.classList.toggle("on", each.dataset.grade === grade);
    filter();
    say(document.getElementById("showing").textContent || "All policies are shown");
  });
}
