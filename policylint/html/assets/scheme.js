// Light or dark: as the system has it, until the reader says otherwise. The switch is there for those who can use it.
"use strict";
const root = document.documentElement;
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
const themeSwitch = document.querySelector("[data-theme-switch]");
themeSwitch.hidden = false;
themeSwitch.addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remembered("policylint-theme", root.dataset.theme);
});
function say(text) {
  document.getElementById("said").textContent = text;
}
