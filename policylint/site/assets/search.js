// The search: "can I set AllowCamera on an iPhone?" finds the setting and the client, and shows the answer.
"use strict";
const { entries, families, answers } = window.policylint;
const stop = new Set("a about an and are be by can could do does for have how i if in is it me my of on or our set setting settings should that the there these this to use was we what when which who will with work works you your phone phones device devices policy".split(" "));
const box = document.getElementById("q"), list = document.getElementById("suggestions"), found = document.getElementById("found");
const order = ["setting", "client", "server", "rule", "document", "source"];
const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}.]+/u).map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean);
const parts = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
for (const entry of entries) {
  entry.all = new Set([...entry.names, ...entry.topics].flatMap((name) => [name, ...wordsOf(name)]));
  for (const word of [...wordsOf(parts(entry.id)), ...wordsOf(entry.title)]) entry.all.add(word);
  entry.more = new Set(wordsOf(entry.about || ""));
}
function scored(query) {
  const every = wordsOf(query), words = every.filter((word) => !stop.has(word) && word.length > 1);
  const asked = words.length ? words : every, phrase = ` ${every.join(" ")} `;
  return entries.map((entry) => {
    let score = 0;
    for (const name of entry.names) if (phrase.includes(` ${wordsOf(name).join(" ")} `)) score = Math.max(score, 20 + name.length / 10);
    for (const topic of entry.topics) if (asked.includes(topic)) score += 8;
    for (const word of asked) {
      if (entry.all.has(word)) score += 6;
      else if (word.length > 2 && [...entry.all].some((name) => name.startsWith(word))) score += 4;
      else if (word.length > 3 && entry.names.some((name) => name.includes(word))) score += 2;
      else if (entry.more.has(word)) score += 1;
    }
    if (score && entry.common) score += 2;
    // titles of sources name everything: they come last, unless asked for by their id
    if (entry.kind === "source" && score < 20) score /= 4;
    return { entry, score };
  }).filter((each) => each.score > 0).sort((one, other) => other.score - one.score || order.indexOf(one.entry.kind) - order.indexOf(other.entry.kind) || one.entry.title.localeCompare(other.entry.title));
}
function best(all, kind) {
  const of = all.filter((each) => each.entry.kind === kind && each.score >= 6);
  return of.filter((each) => each.score >= of[0].score - 4).map((each) => each.entry);
}
const add = (to, tag, text, of) => to.appendChild(Object.assign(document.createElement(tag), { textContent: text }, of || {}));
const links = (key) => ({ client: (family) => `clients/${family}.html`, row: (row) => `settings/${key}.html#${row}`, help: "docs/testing-a-phone.html" });
function show(query) {
  found.replaceChildren();
  found.hidden = !query.trim();
  if (found.hidden) return;
  const all = scored(query), settings = best(all, "setting").filter((entry) => answers[entry.id]), clients = best(all, "client");
  if (!all.length) add(found, "p", `Nothing here is called “${query}”. Every setting is listed below.`);
  const sure = settings.slice(0, 1), chosen = clients.length ? clients.map((entry) => entry.id) : null;
  const usual = entries.filter((entry) => entry.kind === "client").sort((one, other) => !!other.common - !!one.common).map((entry) => entry.id);
  for (const entry of sure) {
    add(add(found, "h2", ""), "a", chosen ? `${entry.id} on ${clients.map((each) => each.title).join(", ")}` : entry.id, { href: entry.place });
    if (entry.about) add(found, "p", entry.about);
    found.append(policylintTable(answers[entry.id], families, links(entry.id), chosen || usual));
  }
  if (!sure.length) for (const client of clients.slice(0, 1)) {
    add(add(found, "h2", ""), "a", client.title, { href: client.place });
    add(found, "p", "What it does with a setting is on its page; name a setting as well, and the answer stands here.");
  }
  const rest = all.filter((each) => !sure.includes(each.entry)).slice(0, 12);
  if (rest.length) {
    add(found, "h3", sure.length || clients.length ? "Also found" : "Found");
    const more = add(found, "ul", "", { className: "plain" });
    for (const { entry } of rest) {
      const line = add(more, "li", "");
      add(line, "a", entry.title, { href: entry.place });
      line.append(` (${entry.kind})`);
    }
  }
}
let at = -1;
function suggest() {
  const all = box.value.trim() ? scored(box.value).slice(0, 9) : [];
  at = -1;
  list.replaceChildren(...all.map(({ entry }, number) => {
    const line = Object.assign(document.createElement("li"), { id: `suggestion-${number}`, role: "option" });
    line.setAttribute("aria-selected", "false");
    line.dataset.place = entry.place;
    add(line, "span", entry.title);
    add(line, "small", entry.kind);
    line.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = entry.place; });
    return line;
  }));
  opened(all.length > 0);
}
function opened(open) {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) box.removeAttribute("aria-activedescendant");
}
function mark(next) {
  const lines = [...list.children];
  if (!lines.length) return;
  at = (next + lines.length) % lines.length;
  for (const [number, line] of lines.entries()) line.setAttribute("aria-selected", String(number === at));
  lines[at].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", lines[at].id);
}
box.addEventListener("input", suggest);
box.addEventListener("blur", () => opened(false));
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) suggest();
    mark(event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // which would empty the box
    opened(false);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (at >= 0 && !list.hidden) { location.href = list.children[at].dataset.place; return; }
    opened(false);
    location.hash = `q=${encodeURIComponent(box.value)}`;
    show(box.value);
  }
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || ["INPUT", "SELECT"].includes(document.activeElement.tagName)) return;
  event.preventDefault();
  box.focus();
});
function follow() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked === null) return;
  box.value = asked;
  show(asked);
}
document.getElementById("ask").hidden = false;
addEventListener("hashchange", follow);
follow();
