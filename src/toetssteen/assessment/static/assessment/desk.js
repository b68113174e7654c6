/* The assessor's keys; the desk works without this file. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-desk]");
  if (!form) return;
  const reason = form.querySelector("textarea");
  const help = form.querySelector("[data-key-help]");

  const STORE = "toetssteen-keys";
  const keysOn = form.querySelector("[data-keys-on]");

  /* Single keys can be switched off, because speech input would press them by accident. */
  if (keysOn) {
    try { keysOn.checked = window.localStorage.getItem(STORE) !== "off"; } catch (error) { /* no storage: on */ }
    keysOn.addEventListener("change", function (event) {
      event.stopPropagation();
      try { window.localStorage.setItem(STORE, keysOn.checked ? "on" : "off"); } catch (error) { /* for this page */ }
    });
  }

  function isTyping(target) {
    return target.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
  }

  function follow(relation) {
    const link = form.querySelector('a[rel="' + relation + '"]');
    if (link) link.click();
  }

  function choose(key) {
    const level = form.querySelector('input[data-key="' + key + '"]');
    if (!level || level.disabled) return;
    level.checked = true;
    level.focus();
    level.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.altKey) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const save = form.querySelector("button.btn:not([aria-disabled])");
      if (save && (event.target === document.body || form.contains(event.target))) {
        event.preventDefault();
        form.requestSubmit(save);
      }
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && event.target === reason) {
      const level = form.querySelector("input[data-key]:checked") || form.querySelector("input[data-key]");
      if (level) level.focus();
      return;
    }
    if (isTyping(event.target) || (keysOn && !keysOn.checked)) return;
    if (/^[1-9]$/.test(event.key)) choose(event.key);
    else if (event.key === "j") follow("next");
    else if (event.key === "k") follow("prev");
    else if (event.key === "r" && reason) reason.focus();
    else if (event.key === "?" && help) {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  });
})();
