"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const by = (id) => document.getElementById(id);
  root.classList.add("js");
  all("[hidden]").forEach((e) => { e.hidden = false; });

  // light and dark; a file opened from disk may have no storage
  const store = (value) => { try { return value ? localStorage.setItem("variorum-theme", value) : localStorage.getItem("variorum-theme"); } catch { return null; } };
  const asked = store();
  if (asked === "light" || asked === "dark") root.dataset.theme = asked;
  const flip = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    store(root.dataset.theme);
  };
  by("theme").addEventListener("click", flip);

  // filters
  const rows = all(".row"), entries = all("#only .entry");
  const find = by("find"), aspect = by("aspect"), shown = by("shown");
  const verdicts = all("[data-verdict]", document).filter((e) => e.tagName === "BUTTON");
  let verdict = "";
  const haystack = new Map([...rows, ...entries].map((e) => [e, e.textContent.toLowerCase()]));
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const row of rows) {
      const fits = (!verdict || row.dataset.verdict === verdict)
        && (!aspect.value || row.dataset.aspects.split(" ").includes(aspect.value))
        && words.every((w) => haystack.get(row).includes(w));
      row.hidden = !fits;
      n += fits;
    }
    for (const entry of entries) entry.hidden = !words.every((w) => haystack.get(entry).includes(w));
    shown.textContent = n === rows.length ? "" : `${n} of ${rows.length} rows`;
  };
  const choose = (value) => {
    verdict = value;
    for (const b of verdicts) b.setAttribute("aria-pressed", String(b.dataset.verdict === value));
    filter();
  };
  if (find) {
    for (const b of verdicts) b.addEventListener("click", () => choose(b.dataset.verdict));
    aspect.addEventListener("change", filter);
    find.addEventListener("input", filter);
  }
  const layout = by("layout");
  if (layout) layout.addEventListener("click", () => {
    const cards = by("synopsis").classList.toggle("cards");
    layout.setAttribute("aria-pressed", String(cards));
  });

  // rows and texts, both ways
  let here = null, back = null;
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let still = true; // a page that opens at a fragment stands there at once
  const scroll = (e, block) => e.scrollIntoView({ block, inline: "nearest", behavior: quiet || still ? "instant" : "smooth" });
  const light = (spans) => {
    for (const e of all(".lit")) e.classList.remove("lit");
    for (const e of spans) e.classList.add("lit");
  };
  const stand = (row) => {
    if (here) here.classList.remove("here");
    here = row;
    if (!row) return;
    row.hidden = false;
    row.classList.add("here");
    row.focus({ preventScroll: true });
    light(all(`[data-to="${row.id}"]`));
    scroll(row, "center");
  };
  // every column shows its own wording of the entry; the page moves once, to the one asked for
  const read = (span) => {
    const to = span.dataset.to;
    const lit = to ? all(`[data-to="${to}"]`) : [span];
    light(lit.includes(span) ? lit : [...lit, span]);
    for (const column of all(".account")) {
      const mine = column.contains(span) ? span : lit.find((e) => column.contains(e));
      if (mine) column.scrollTop += mine.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
    }
    scroll(span, "center");
    span.closest(".account").focus({ preventScroll: true });
  };
  const visit = (id) => { if (location.hash !== `#${id}`) history.pushState(null, "", `#${id}`); };
  const go = (id) => {
    const e = by(id);
    if (!e) return false;
    if (e.matches(".row, .entry")) stand(e);
    else if (e.matches(".claim, .at")) { back = here || back; read(e); }
    else return false;
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const id = decodeURIComponent(link.getAttribute("href").slice(1));
      const from = link.closest(".row, .entry");
      if (from) { back = from; }
      if (go(id)) { event.preventDefault(); visit(id); }
      return;
    }
    const claim = event.target.closest(".claim[data-to]");
    if (claim && !String(getSelection())) { go(claim.dataset.to); visit(claim.dataset.to); }
  });
  window.addEventListener("popstate", () => go(decodeURIComponent(location.hash.slice(1))));

  // keys
  const help = by("help");
  by("help-open").addEventListener("click", () => help.showModal());
  by("help-close").addEventListener("click", () => help.close());
  const step = (by_) => {
    const open = rows.filter((r) => !r.hidden);
    if (!open.length) return;
    const at = open.indexOf(here);
    stand(open[at < 0 ? (by_ > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by_))]);
  };
  const keys = {
    j: () => step(1), k: () => step(-1),
    ArrowDown: () => step(1), ArrowUp: () => step(-1),
    b: () => { if (back) stand(back); },
    "/": () => { if (find) { scroll(find, "center"); find.focus(); } },
    c: () => { if (find) choose(verdict === "contradict" ? "" : "contradict"); },
    t: flip,
    "?": () => help.showModal(),
    Enter: () => {
      const quote = here && here.querySelector(".quote");
      if (quote) quote.click();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const on = event.target;
    if (on.matches("input, select, textarea")) { if (event.key === "Escape") on.blur(); return; }
    // arrows scroll, and Enter follows, unless a row has the focus
    if ((event.key.startsWith("Arrow") || event.key === "Enter") && !on.matches(".row, .entry")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  if (location.hash) go(decodeURIComponent(location.hash.slice(1)));
  still = false;
})();
