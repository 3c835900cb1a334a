// A table of answers: clients by releases, access with the gate closed and open, whether it does what is asked.
"use strict";
function policylintTable(answers, names, links, only) {
  const make = (tag, text, of) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, of || {});
  const cell = (text, head, of) => {
    const made = make("td", text, of);
    made.dataset.head = head;
    return made;
  };
  const table = make("table", undefined, { className: "answers" });
  const heads = table.createTHead().insertRow();
  for (const head of ["Client", "Releases", "Gate closed", "Gate open", "Does it", "What is known"]) heads.append(make("th", head, { scope: "col" }));
  const body = table.createTBody();
  for (const family of only || Object.keys(answers)) {
    for (const [number, [releases, closed, opened, does, support, evidence, condition, grade, row]] of (answers[family] || []).entries()) {
      const line = body.insertRow();
      if (number === 0) line.className = "first";
      const name = make("th", undefined, { scope: "row" });
      name.append(links.client ? make("a", names[family], { href: links.client(family) }) : names[family]);
      line.append(name, cell(releases, "Releases"));
      line.append(cell(closed, "Gate closed", { className: closed === "maybe" ? "two empty" : `two g-${grade} e-${evidence || "none"}` }));
      line.append(cell(opened, "Gate open", { className: `two g-${opened === "refused" ? "refused" : "none"}` }));
      const met = cell(undefined, "Does it", { className: does === "unknown" ? "two empty" : "two" });
      met.append(does === "unknown" ? make("a", "help us test", { href: links.help }) : does || "does not count");
      line.append(met);
      const known = cell(undefined, "Known");
      const told = [support, condition, evidence && `(${evidence})`].filter(Boolean).join(" ");
      known.append(links.row ? make("a", told, { href: links.row(row) }) : told);
      line.append(known);
    }
  }
  const scroll = make("div", undefined, { className: "scroll", tabIndex: 0 });
  scroll.append(table);
  return scroll;
}
