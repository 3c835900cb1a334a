// The bar is there for those who can use it; what is folded opens at once, and before it is printed.
document.getElementById("bar").hidden = false;
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
