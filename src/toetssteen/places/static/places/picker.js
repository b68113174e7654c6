/* Suggests places under a text field. Without this file the field is a text field and the server asks back. */
(function () {
  "use strict";
  const WAIT = 150;
  let number = 0;

  function element(name, attributes, text) {
    const made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  function equip(input) {
    number += 1;
    const words = document.querySelector("[data-places-words]");
    const list = element("ul", { id: "places-" + number, role: "listbox", "class": "places", "aria-label": words ? words.dataset.list : "" });
    const said = element("p", { "class": "sr", role: "status" });
    const box = element("div", { "class": "places-box" });
    list.hidden = true;
    input.parentNode.insertBefore(box, input);
    box.append(input, list, said);
    const set = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
    Object.keys(set).forEach(function (key) { input.setAttribute(key, set[key]); });
    const chosen = document.getElementById(input.dataset.placesChosen || "");
    const country = document.getElementById(input.dataset.placesCountry || "");
    let timer = 0, request = null, at = -1;

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(next) {
      const options = list.children;
      if (!options.length) return;
      at = (next + options.length) % options.length;
      Array.from(options).forEach(function (option, n) { option.setAttribute("aria-selected", n === at ? "true" : "false"); });
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
    function take(option) {
      input.value = option.dataset.name;
      if (chosen) chosen.value = option.dataset.id;
      if (country && option.dataset.country) {
        country.value = option.dataset.country;
        country.dispatchEvent(new Event("change", { bubbles: true }));
      }
      said.textContent = option.textContent;
      close();
    }
    function fill(places) {
      list.replaceChildren();
      places.forEach(function (place, n) {
        const option = element("li", { id: list.id + "-" + n, role: "option", "aria-selected": "false" });
        option.dataset.id = place.id;
        option.dataset.name = place.name;
        option.dataset.country = place.country;
        option.append(element("span", {}, place.matched ? place.name + " (" + place.matched + ")" : place.name));
        option.append(document.createTextNode(" "), element("small", {}, place.detail));
        option.addEventListener("mousedown", function (event) { event.preventDefault(); take(option); });
        list.append(option);
      });
      const open = places.length > 0;
      list.hidden = !open;
      input.setAttribute("aria-expanded", open ? "true" : "false");
      if (words) said.textContent = open ? words.dataset.some.replace("{n}", places.length) : words.dataset.none;
    }
    function ask() {
      const text = input.value.trim();
      if (request) request.abort();
      if (text.length < 2 && text.charCodeAt(0) < 0x2e80) return close();
      request = new AbortController();
      const query = new URLSearchParams({ q: text, format: "json" });
      if (country && country.value) query.set("country", country.value);
      fetch(input.dataset.places + "?" + query, { signal: request.signal, credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : { places: [] }; })
        .then(function (answer) { at = -1; fill(answer.places); })
        .catch(function () { /* the next letter asks again */ });
    }
    input.addEventListener("input", function () {
      if (chosen) chosen.value = "";
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (open) mark(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)); else ask();
      } else if (event.key === "Enter" && open && at >= 0) {
        event.preventDefault();
        take(list.children[at]);
      } else if (event.key === "Escape" && open) {
        event.stopPropagation();
        close();
      }
    });
    input.addEventListener("blur", function () { clearTimeout(timer); if (request) request.abort(); close(); });
  }

  function prepare(root) {
    root.querySelectorAll("input[data-places]:not([role])").forEach(equip);
  }
  prepare(document);
  document.addEventListener("htmx:afterSwap", function (event) { prepare(event.target); });
  document.addEventListener("htmx:oobAfterSwap", function (event) { prepare(event.target); });
})();
