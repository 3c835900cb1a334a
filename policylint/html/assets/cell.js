// What stands behind a cell: of what the page says of a policy, that which is about one client.
const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
function made(name, kind, text) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}
function meet(one, other) {
  return (BigInt(`0x${one || 0}`) & BigInt(`0x${other || 0}`)) !== 0n;
}
function wrong(policy, client, said) {
  const box = made("details", "wrong");
  box.append(made("summary", "", "This cell is wrong"));
  box.append(made("p", "where", "Say so where you got policylint from, with where you saw it. This text is for you to copy:"));
  const code = made("div", "code");
  const pre = made("pre");
  const version = document.querySelector("meta[name=generator]").content;
  pre.append(made("code", "", `${version}: ${client} is said to be: ${said}.\nWhat it does instead:\nWhere that was seen (device, build, server, date):\nSource:`));
  const button = made("button", "copy", "Copy");
  button.type = "button";
  code.append(pre, button);
  box.append(code);
  return box;
}
function show(row, column) {
  const policy = document.getElementById(row.dataset.p);
  const head = heads[column - 1];
  const said = row.cells[column].textContent.trim();
  body.replaceChildren();
  const top = made("div", "panel-head");
  const title = made("h2", "", `${row.cells[0].textContent.trim()} on ${head.dataset.label}`);
  title.id = "panel-title";
  const close = made("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => panel.close());
  top.append(title, close);
  body.append(top);
  const verdict = made("p", "lead");
  verdict.append(made("span", `chip ${[...row.cells[column].classList].find((each) => each.startsWith("g-"))}`, said));
  body.append(verdict);
  if (policy) {
    body.append(policy.querySelector("p.where").cloneNode(true));
    const table = made("table", "lines");
    const rowsOf = table.createTBody();
    for (const link of policy.querySelectorAll(".asks a")) {
      const block = document.getElementById(link.hash.slice(1));
      for (const line of block ? block.querySelectorAll("tr[data-mask]") : []) {
        if (!meet(line.dataset.mask, head.dataset.mask)) continue;
        const copied = line.cloneNode(true);
        copied.cells[0].textContent = `${link.textContent} (line ${link.dataset.line})`;
        rowsOf.append(copied);
      }
    }
    if (rowsOf.rows.length) body.append(made("h3", "", "Setting by setting"), table);
    const found = [...policy.querySelectorAll(".finding")].filter((each) => meet(each.dataset.mask, head.dataset.mask));
    if (found.length) body.append(made("h3", "", "What was found"));
    for (const each of found) {
      const copied = each.cloneNode(true);
      copied.removeAttribute("id");
      body.append(copied);
    }
  }
  body.append(wrong(row.cells[0].textContent.trim(), head.dataset.label, said));
  offerCopies(body);
  if (!panel.open) panel.showModal();
  history.replaceState(null, "", `#policy=${encodeURIComponent(row.cells[0].textContent.trim())}&target=${encodeURIComponent(head.dataset.label)}`);
}
for (const row of rows) {
  row.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (!cell) return;
    event.preventDefault();
    show(row, cell.cellIndex);
  });
}
panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
body.addEventListener("click", (event) => { if (event.target.closest("a[href^='#']")) panel.close(); });
panel.addEventListener("close", () => { if (location.hash.startsWith("#policy=")) history.replaceState(null, "", location.pathname + location.search); });
