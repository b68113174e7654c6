/* The keys of the question "same site or not?"; the page works without this file. */
(function () {
  "use strict";

  const desk = document.querySelector("[data-site-desk]");
  if (!desk) return;
  const STORE = "toetssteen-keys";
  const keysOn = desk.querySelector("[data-keys-on]");

  /* Single keys can be switched off, because speech input would press them by accident. */
  if (keysOn) {
    try { keysOn.checked = window.localStorage.getItem(STORE) !== "off"; } catch (error) { /* no storage: on */ }
    keysOn.addEventListener("change", function () {
      try { window.localStorage.setItem(STORE, keysOn.checked ? "on" : "off"); } catch (error) { /* for this page */ }
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    if (keysOn && !keysOn.checked) return;
    const relation = { j: "next", k: "prev" }[event.key];
    const target = relation
      ? desk.querySelector('a[rel="' + relation + '"]')
      : /^[sdu]$/.test(event.key) && desk.querySelector('button[data-key="' + event.key + '"]');
    if (target) {
      event.preventDefault();
      target.click();
    }
  });
}());
