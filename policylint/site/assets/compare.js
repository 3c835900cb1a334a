// Two clients side by side: what the newest release of each does with every setting.
"use strict";
const pair = document.getElementById("pair"), compared = document.getElementById("compared");
const [one, other, differ] = ["one", "other", "differ"].map((id) => document.getElementById(id));
const told = window.policylint;
const put = (to, tag, text, of) => to.appendChild(Object.assign(document.createElement(tag), { textContent: text }, of || {}));
function newest(key, family) {
  const rows = told.answers[key][family] || [];
  return rows.find((row) => row[9]) || rows[rows.length - 1];
}
function words([, closed, opened, does, support, evidence]) {
  return support === "unknown" && !evidence ? "not known" : `${closed} / ${opened}; ${does || "does not count"}`;
}
function compare() {
  const chosen = [one.value, other.value];
  compared.replaceChildren();
  const scroll = put(compared, "div", "", { className: "scroll", tabIndex: 0 });
  const table = put(scroll, "table", "", { className: "answers" });
  const heads = table.createTHead().insertRow();
  for (const head of ["Setting", ...chosen.map((family) => `${told.families[family]}: gate closed / open; does it`)]) put(heads, "th", head, { scope: "col" });
  const body = table.createTBody();
  let shown = 0;
  for (const key of Object.keys(told.answers)) {
    const rows = chosen.map((family) => newest(key, family)), said = rows.map(words);
    if (differ.checked && said[0] === said[1]) continue;
    const line = body.insertRow();
    line.className = "first";
    shown += 1;
    put(put(line, "th", "", { scope: "row" }), "a", key, { href: `settings/${key}.html` });
    for (const [number, row] of rows.entries()) {
      const cell = put(line, "td", "", { className: said[number] === "not known" ? "empty" : `two g-${row[7]} e-${row[5] || "none"}` });
      cell.dataset.head = told.families[chosen[number]];
      put(cell, "a", said[number], { href: `settings/${key}.html#${row[8]}` });
      if (said[number] !== "not known") put(cell, "small", [row[4], row[6]].filter(Boolean).join(" "));
    }
  }
  if (!shown) put(body.insertRow(), "td", "They do the same with every setting.", { colSpan: 3 });
  history.replaceState(null, "", `#${chosen.join("&")}`);
}
const asked = location.hash.slice(1).split("&");
if (told.families[asked[0]] && told.families[asked[1]]) [one.value, other.value] = asked;
pair.hidden = false;
pair.addEventListener("change", compare);
compare();
