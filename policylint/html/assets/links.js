// Deep links: #policy=Default&target=ios 26.0 opens a cell, #policy=Default a policy. What is led to is opened.
function follow() {
  const hash = location.hash.slice(1);
  if (hash.startsWith("policy=")) {
    const asked = new URLSearchParams(hash);
    const row = rows.find((each) => each.cells[0].textContent.trim() === asked.get("policy"));
    if (!row) return;
    const target = (asked.get("target") || "").toLowerCase();
    const column = heads.findIndex((each) => [each.dataset.label, ...each.dataset.targets.split("|")].some((label) => label.toLowerCase() === target));
    if (target && column >= 0) { show(row, column + 1); return; }
    const policy = document.getElementById(row.dataset.p);
    policy.open = true;
    policy.scrollIntoView();
    return;
  }
  const led = hash && document.getElementById(hash);
  if (!led) return;
  for (let each = led; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  led.hidden = false;
  led.scrollIntoView();
}
addEventListener("hashchange", follow);
follow();
