// Copies a command. Where the browser has no clipboard for a file, the text is marked, ready to be copied by hand.
async function copy(button) {
  const code = button.parentElement.querySelector("code");
  const text = code.textContent.trimEnd();
  try {
    await navigator.clipboard.writeText(text);
    say("Copied");
  } catch {
    getSelection().selectAllChildren(code);
    const done = document.execCommand("copy");
    say(done ? "Copied" : "Marked: copy it with the keyboard");
  }
  const was = button.dataset.was || button.textContent;
  button.dataset.was = was;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = was; }, 1500);
}
function offerCopies(within) {
  for (const button of within.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
offerCopies(document);
