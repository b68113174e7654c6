// Turns the drawing of a map into one that can be moved, from the places that the page itself lists. Nothing is sent.
(function () {
  "use strict";
  var NEAR = 42, loading = null;

  function load(figure) {
    if (!loading) {
      loading = new Promise(function (done, failed) {
        var style = document.createElement("link"), script = document.createElement("script");
        style.rel = "stylesheet"; style.href = figure.dataset.style; document.head.append(style);
        script.src = figure.dataset.script; script.onload = done; script.onerror = failed; document.head.append(script);
      });
    }
    return loading;
  }

  function placesOf(figure) {
    return Array.from(figure.querySelectorAll("[data-lat]")).map(function (row) {
      return {
        at: L.latLng(+row.dataset.lat, +row.dataset.lon), radius: +row.dataset.radius * 1000 || 0,
        country: row.dataset.country, many: +row.dataset.many || 1, unsure: "unsure" in row.dataset,
        name: row.querySelector("b").textContent, row: row
      };
    });
  }

  function start(figure) {
    if (figure.dataset.map === "live") { return; }
    figure.dataset.map = "live";
    load(figure).then(function () { build(figure); }, function () { figure.dataset.map = ""; });
  }

  function build(figure) {
    var box = document.createElement("div"), drawing = figure.querySelector("svg.map"), words = figure.dataset;
    box.className = "map-live"; box.setAttribute("role", "region"); box.setAttribute("aria-label", words.name);
    drawing.after(box); drawing.setAttribute("hidden", ""); drawing.style.display = "none";
    var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    var map = L.map(box, {
      zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 11, worldCopyJump: false, preferCanvas: true,
      maxBounds: [[-75, -190], [86, 190]], zoomAnimation: !calm, fadeAnimation: !calm, scrollWheelZoom: false
    });
    L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
    L.control.attribution({ prefix: "Leaflet" }).addAttribution(words.source).addTo(map);
    var places = placesOf(figure), lit = {};
    places.forEach(function (place) { lit[place.country] = true; });
    box.addEventListener("focusin", function () { map.scrollWheelZoom.enable(); });
    if (places.length) {
      map.fitBounds(L.latLngBounds(places.map(function (p) { return p.at; })).pad(0.15), { maxZoom: 6, animate: false });
    } else { map.setView([25, 40], 2, { animate: false }); }
    shapes(map, words.countries, function (id) {
      return { color: lit[id] ? "#8aa9b0" : "#cfc7b6", weight: 1, fillColor: lit[id] ? "#d3dfdd" : "#f4f0e6", fillOpacity: 1 };
    });
    provinces(map, words.provinces, places);
    var layer = L.layerGroup().addTo(map);
    function paint() { layer.clearLayers(); clusters(map, places).forEach(function (group) { dot(map, layer, group, words); }); }
    map.on("zoomend", paint); paint();
    map.on("popupopen", function (event) {
      var close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (close) { close.setAttribute("aria-label", words.close); close.setAttribute("title", words.close); }
      follow(event.popup, close);
    });
    box.addEventListener("keydown", function (event) { if (event.key === "Escape") { map.closePopup(); } });
  }

  // Who opened a place with the keyboard reads on inside it, and comes back to its dot.
  function follow(popup, close) {
    var from = popup._source && popup._source.getElement();
    if (!from || document.activeElement !== from) { return; }
    var link = popup.getElement().querySelector(".leaflet-popup-content a[href]") || close;
    if (link) { link.focus({ preventScroll: true }); }
    popup.once("remove", function () { if (document.contains(from)) { from.focus({ preventScroll: true }); } });
  }

  function shapes(map, address, look) {
    fetch(address).then(function (answer) { return answer.json(); }).then(function (data) {
      var layer = L.geoJSON(data, { interactive: false, style: function (shape) { return look(shape.properties.id); } });
      layer.addTo(map); layer.bringToBack();
    });
  }

  // The provinces of a country come when one of its places is in sight and the map is close enough.
  function provinces(map, list, places) {
    var waiting = {};
    (list || "").split(" ").filter(Boolean).forEach(function (pair) { waiting[pair.slice(0, 2)] = pair.slice(3); });
    function look() {
      if (map.getZoom() < 5) { return; }
      places.forEach(function (place) {
        var address = waiting[place.country];
        if (address && map.getBounds().contains(place.at)) {
          delete waiting[place.country];
          fetch(address).then(function (answer) { return answer.json(); }).then(function (data) {
            L.geoJSON(data, { interactive: false, style: { color: "#8aa9b0", weight: 1, dashArray: "3 3", fill: false } }).addTo(map);
          });
        }
      });
    }
    map.on("moveend", look); look();
  }

  // How many metres one dot of the screen is, at that height of the map.
  function metres(map, at) { return 40075016 * Math.cos(at.lat * Math.PI / 180) / Math.pow(2, map.getZoom() + 8); }

  function clusters(map, places) {
    var groups = [];
    places.forEach(function (place) {
      var at = map.latLngToLayerPoint(place.at);
      var near = groups.find(function (group) { return group.at.distanceTo(at) < NEAR; });
      if (near) { near.places.push(place); } else { groups.push({ at: at, places: [place] }); }
    });
    return groups;
  }

  function dot(map, layer, group, words) {
    var first = group.places[0], several = group.places.length > 1, closest = map.getZoom() >= map.getMaxZoom();
    var many = group.places.reduce(function (sum, place) { return sum + place.many; }, 0);
    var unsure = group.places.some(function (place) { return place.unsure; });
    var size = Math.min((several ? 28 : 16) + Math.sqrt(many) * 3, 44);
    group.places.forEach(function (place) {
      if (place.radius / metres(map, place.at) > size / 2) {
        L.circle(place.at, { radius: place.radius, interactive: false, color: "#17424f", weight: 1, dashArray: "3 3", fillOpacity: 0.1 }).addTo(layer);
      }
    });
    var icon = L.divIcon({ className: "spot" + (unsure ? " spot--unk" : ""), iconSize: [size, size], html: several ? String(group.places.length) : "" });
    var names = group.places.map(function (place) { return place.name; });
    var label = several ? group.places.length + " " + words.places + ": " + names.slice(0, 12).join(", ") : first.name;
    var marker = L.marker(first.at, { icon: icon, title: label, keyboard: true }).addTo(layer);
    marker.getElement().setAttribute("aria-label", label);
    if (several && !closest) {
      var bounds = L.latLngBounds(group.places.map(function (place) { return place.at; }));
      marker.on("click", function () {
        map.getContainer().focus({ preventScroll: true }); // the dot goes when the map zooms; the keyboard stays on the map
        if (bounds.getNorthEast().equals(bounds.getSouthWest())) { map.setView(first.at, map.getMaxZoom()); } else { map.fitBounds(bounds.pad(0.3), { maxZoom: map.getMaxZoom() }); }
      });
      return;
    }
    var content = document.createElement("div");
    group.places.forEach(function (place) { var p = document.createElement("p"); p.append.apply(p, place.row.cloneNode(true).childNodes); content.append(p); });
    marker.bindPopup(content, { maxHeight: 260 });
  }

  document.querySelectorAll("figure[data-map]").forEach(function (figure) {
    if (figure.dataset.map === "auto" && "IntersectionObserver" in window) {
      new IntersectionObserver(function (seen, watcher) {
        if (seen.some(function (entry) { return entry.isIntersecting; })) { watcher.disconnect(); start(figure); }
      }).observe(figure);
      return;
    }
    var button = document.createElement("button");
    button.type = "button"; button.className = "btn btn--2 btn--s"; button.textContent = figure.dataset.open;
    button.addEventListener("click", function () { button.remove(); start(figure); });
    figure.querySelector(".key").after(button);
  });
})();
