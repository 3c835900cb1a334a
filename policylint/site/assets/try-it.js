// Judges an export in this browser: Python and the wheel are files beside this script, and the export goes nowhere.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const box = document.getElementById("try"), file = document.getElementById("file"), devices = document.getElementById("devices");
const state = document.getElementById("state"), result = document.getElementById("result");
const beside = (name) => new URL(name, import.meta.url).href;
const add = (to, tag, text, of) => to.appendChild(Object.assign(document.createElement(tag), { textContent: text }, of || {}));
const grades = { "cannot-connect": "refused", refused: "refused", "refused-on-some": "refused", weakened: "weak", unknown: "unknown", accepted: "fine", "not-applicable": "none" };

async function started() {
  const python = await loadPyodide({ indexURL: beside("pyodide/") });
  for (const name of ["policylint.whl", "packaging.zip"]) {
    python.unpackArchive(await (await fetch(beside(name))).arrayBuffer(), "zip", { extractDir: "/try" });
  }
  python.runPython("import os, sys; sys.path.insert(0, '/try'); os.chdir('/tmp')");
  python.runPython(await (await fetch(beside("judge.py"))).text());
  return python.globals.get("judge");
}
state.textContent = "Python is being started…";
const ready = started();
ready.then(() => { state.textContent = "Ready."; box.hidden = false; }, (error) => { state.textContent = `Python could not be started: ${error}`; });

async function judge(given) {
  state.textContent = "Judging…";
  result.replaceChildren();
  const ending = /\.[a-z0-9]{1,8}$/i.exec(given.name);
  const run = await ready, data = new Uint8Array(await given.arrayBuffer());
  await new Promise((done) => setTimeout(done, 20)); // so that the word above is shown
  const told = JSON.parse(run(`export${ending ? ending[0] : ""}`, data, devices.value.trim()));
  document.body.dataset.told = JSON.stringify(told);
  state.textContent = told.error ? "It could not be judged." : `${given.name}: ${told.report.summary.errors} errors, ${told.report.summary.warnings} warnings, ${told.report.summary.notes} notes.`;
  if (told.error) add(result, "p", told.error, { className: "unread" });
  else show(told.report);
}
function show(report) {
  const verdicts = table(["Policy", "Client", "Verdict", "Gets in", "Does: met, partly, not, unknown"]);
  for (const each of report.verdicts) {
    const line = verdicts.insertRow();
    add(line, "th", each.policy, { scope: "row" });
    add(line, "td", each.target);
    add(line, "td", each.verdict, { className: `two g-${grades[each.verdict]}` });
    add(line, "td", each.access);
    add(line, "td", Object.values(each.demands).join(", "));
  }
  const findings = table(["Severity", "Policy", "Finding", "What to do"]);
  for (const each of report.findings) {
    const line = findings.insertRow();
    add(add(line, "td", ""), "span", each.severity, { className: `severity ${each.severity}` });
    add(line, "th", each.policy || "", { scope: "row" });
    add(line, "td", `${each.rule} ${each.message}${each.targets && each.targets.length ? ` (${each.targets.join(", ")})` : ""}`);
    add(line, "td", each.fix || "");
  }
}
function table(heads) {
  const scroll = add(result, "div", "", { className: "scroll", tabIndex: 0 });
  const made = add(scroll, "table", "", { className: "answers" }), row = made.createTHead().insertRow();
  for (const head of heads) add(row, "th", head, { scope: "col" });
  return made.createTBody();
}
const begin = (given) => given && judge(given).catch((error) => { state.textContent = `It could not be judged: ${error}`; });
file.addEventListener("change", () => begin(file.files[0]));
devices.addEventListener("change", () => begin(file.files[0]));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => { event.preventDefault(); begin(event.dataTransfer.files[0]); });
