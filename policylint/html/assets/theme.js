// Light or dark: as the system has it, until the reader says otherwise. The bar is there for those who can use it.
"use strict";
const root = document.documentElement;
const bar = document.getElementById("bar");
bar.hidden = false;
function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null; // a file opened from a mail may not be allowed to keep anything
  }
}
const kept = remembered("policylint-theme");
if (kept === "light" || kept === "dark") root.dataset.theme = kept;
document.querySelector("[data-theme-switch]").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remembered("policylint-theme", root.dataset.theme);
});
const openAll = document.querySelector("[data-open-all]");
openAll.addEventListener("click", () => {
  const open = openAll.getAttribute("aria-pressed") !== "true";
  openAll.setAttribute("aria-pressed", String(open));
  openAll.textContent = open ? "Close all" : "Open all";
  for (const each of document.querySelectorAll("main details")) each.open = open;
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("main details:not([open])")];
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});
function say(text) {
  document.getElementById("said").textContent = text;
}
