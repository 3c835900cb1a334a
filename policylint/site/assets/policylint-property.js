// <policylint-property name="AllowCamera" clients="ios gmail">: the answers to one setting, on any page.
const policylintHere = document.currentScript.src;
const policylintWaiting = new Map();
window.policylintProperty = (data) => {
  for (const element of policylintWaiting.get(data.key) || []) element.show(data);
  policylintWaiting.delete(data.key);
};
const policylintStyle = new CSSStyleSheet();
policylintStyle.replaceSync(`
  :host { display: block; font: 15px/1.45 system-ui, sans-serif; color: CanvasText; background: Canvas; color-scheme: light dark; overflow: auto; }
  table { border-collapse: collapse; } caption, th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; } caption { font-weight: 600; }
  th, td { border-bottom: 1px solid GrayText; } .e-inferred { outline: 2px dashed GrayText; outline-offset: -3px; font-style: italic; }
  .empty { border: 2px dashed GrayText; } .g-refused { font-weight: 700; } p { margin: .3rem 0; }`);
customElements.define("policylint-property", class extends HTMLElement {
  connectedCallback() {
    const name = this.getAttribute("name") || "";
    if (this.shadowRoot || !/^[A-Za-z0-9]+$/.test(name)) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [policylintStyle];
    this.shadowRoot.append("…");
    if (!policylintWaiting.has(name)) {
      policylintWaiting.set(name, []);
      const script = document.createElement("script");
      script.src = new URL(`${name}.js`, policylintHere).href;
      script.addEventListener("error", () => this.shadowRoot.replaceChildren(`policylint knows no setting ${name}`));
      document.head.append(script);
    }
    policylintWaiting.get(name).push(this);
  }
  show(data) {
    const wanted = (this.getAttribute("clients") || "").split(/\s+/).filter((each) => data.families[each]);
    const site = new URL("../", policylintHere).href;
    const page = site + data.place;
    const links = { row: (row) => `${page}#${row}`, client: (family) => `${site}clients/${family}.html`, help: `${site}docs/testing-a-phone.html` };
    const made = policylintTable(data.answers, data.families, links, wanted.length ? wanted : null);
    made.querySelector("table").prepend(Object.assign(document.createElement("caption"), { textContent: data.key }));
    const about = Object.assign(document.createElement("p"), { textContent: `${data.about} Known as of ${data.as_of}; gate: AllowNonProvisionableDevices.` });
    this.shadowRoot.replaceChildren(made, about);
  }
});
