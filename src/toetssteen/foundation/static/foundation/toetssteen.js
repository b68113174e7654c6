/* Niceties only: every page works without this file. */
(function () {
  "use strict";

  /* After a failed form the reader starts at the summary of what is wrong. */
  function focusErrors(root) {
    const summary = root.querySelector("[data-errors]");
    if (summary) summary.focus();
  }

  /* Menus close on Escape and on a click elsewhere. */
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-menu]"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* A button that copies the text of another element, and says so. */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button || !navigator.clipboard) return;
    const source = document.getElementById(button.dataset.copy);
    const text = source.value === undefined ? source.textContent.trim() : source.value;
    navigator.clipboard.writeText(text).then(function () {
      const said = document.getElementById(button.dataset.copied);
      if (said) said.textContent = button.dataset.done;
    });
  });

  /* A form marked data-leave warns when something entered would be lost. */
  let entered = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-leave]")) entered = true;
  });
  document.addEventListener("submit", function () { entered = false; });
  window.addEventListener("beforeunload", function (event) {
    if (entered) event.preventDefault();
  });

  /* Selects and boxes marked data-send send their form by themselves; their button is hidden then. */
  function quickForms(root) {
    root.querySelectorAll("form[data-quick] [data-quick-button]").forEach(function (button) { button.hidden = true; });
  }
  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-quick]");
    if (form) form.requestSubmit();
  });

  /* A passkey that fails says so in the page. */
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach(function (said) { said.hidden = false; });
  });

  /* Things that need this file are hidden without it. */
  function reveal(root) {
    root.querySelectorAll("[data-script-only]").forEach(function (part) { part.hidden = false; });
  }
  function prepare(root) {
    focusErrors(root);
    quickForms(root);
    reveal(root);
  }
  prepare(document);
  document.addEventListener("htmx:afterSwap", function (event) { prepare(event.target); });
})();
