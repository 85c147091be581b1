
"use strict";
// Sorts and filters the lists of the page. Nothing is fetched and nothing stored: what is chosen
// stands behind the # of the address, so that it outlives a reload and can be sent to a colleague.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const says = document.body.dataset;
  const digits = Object.fromEntries(says.digits.split(" ").filter(Boolean).map((pair) => pair.split(":")));
  const collator = new Intl.Collator(says.locale, { numeric: true, sensitivity: "base" });
  const of = (sentence, number, total) => sentence.replace("{number}", number).replace("{total}", total);
  const box = one("#q");
  const selects = all("#tools select");
  const clear = one("#clear");
  const live = one("#live");

  const lists = all("table.list").map((table) => ({
    table,
    id: table.id.slice(2),
    key: "",
    order: "",
    bodies: [...table.tBodies],
    // A project's row is followed by the one that opens to its milestones: they stay together.
    rows: [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.matches(".group, .opens")).map((row) => ({
      row, parts: row.matches(".project > tr") ? [...row.parentNode.rows] : [row],
      home: row.parentNode, data: row.dataset, text: "",
    })),
    sorted: table.appendChild(document.createElement("tbody")),
    shown: Object.assign(document.createElement("p"), { className: "shown", hidden: true }),
  }));
  for (const list of lists) {
    list.sorted.hidden = true;
    list.table.parentNode.before(list.shown);
  }

  // Amounts are added up in minor units, which are whole: one currency never meets another.
  const thousands = new RegExp(`\\B(?=(\\d{${says.next}})*\\d{3}$)`, "g"); // in India pairs beyond three digits
  const money = (rows) => {
    const sums = new Map();
    for (const { data } of rows) {
      if (data.minor) sums.set(data.currency, (sums.get(data.currency) ?? 0n) + BigInt(data.minor));
    }
    return [...sums].sort().map(([currency, sum]) => {
      const places = Number(digits[currency] ?? 2);
      const plain = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
      const whole = plain.slice(0, plain.length - places).replace(thousands, says.group);
      return `${sum < 0n ? "-" : ""}${whole}${places ? says.decimal + plain.slice(-places) : ""} ${currency}`;
    });
  };

  // A project may have several owners, one a line.
  const is = (said, wanted) => said === wanted || said.split("\n").includes(wanted);
  const wanted = () => selects.filter((select) => select.value).map((select) => [select.dataset.choice, select.value]);

  const matches = (entry, words, chosen) => {
    if (words.length && !entry.text) {
      entry.text = fold([...entry.parts.map((row) => row.textContent), ...Object.values(entry.data)].join(" "));
    }
    // A list that has no such column, as the projects have no status, is not asked for it.
    return words.every((word) => entry.text.includes(word))
      && chosen.every(([name, value]) => entry.data[name] === undefined || is(entry.data[name], value));
  };

  const filter = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const chosen = wanted();
    const active = words.length + chosen.length > 0;
    let shown = 0;
    let total = 0;
    for (const list of lists) {
      const left = list.rows.filter((entry) => {
        const gone = active && !matches(entry, words, chosen);
        for (const row of entry.parts) row.hidden = gone;
        return !gone;
      });
      for (const body of list.bodies) body.hidden = ![...body.rows].some((row) => !row.hidden && !row.matches(".group"));
      // Sums of groups and lists are those of everything, so they step aside for the sum of what is left.
      all(".group .sums, .group .count, tfoot", list.table).forEach((sum) => { sum.hidden = active; });
      list.shown.hidden = !active;
      const { beyond } = list.table.dataset;
      list.shown.textContent = [of(says.shown, left.length, list.rows.length), ...(left.length ? money(left) : []), ...(beyond ? [beyond] : [])].join(" · ");
      list.table.parentNode.hidden = active && !left.length;
      shown += left.length;
      total += list.rows.length;
    }
    for (const control of [box, ...selects]) control.classList.toggle("on", control.value.trim() !== "");
    clear.disabled = !active;
    live.textContent = active ? of(says.match, shown, total) : "";
  };

  const value = (row, index, kind) => {
    const cell = row.cells[index];
    const said = cell.dataset.v ?? cell.textContent.trim();
    return said === "" ? null : kind === "money" || kind === "number" ? Number(said) : said;
  };

  const sort = (list) => {
    const header = all("thead th", list.table).find((th) => th.dataset.key === list.key);
    all("thead th[data-sort]", list.table).forEach((th) => th.removeAttribute("aria-sort"));
    if (!header || !list.order) {
      if (!list.sorted.hidden) for (const { parts, home } of list.rows) home.append(...parts);
      list.sorted.hidden = true;
      return;
    }
    header.setAttribute("aria-sort", list.order);
    const sign = list.order === "descending" ? -1 : 1;
    const kind = header.dataset.sort;
    const keyed = list.rows.map((entry) => [value(entry.row, header.cellIndex, kind), entry]);
    keyed.sort(([a, x], [b, y]) => {
      // Empty cells come last, whichever way; amounts are compared within their currency only.
      if (a === null || b === null) return (a === null) - (b === null);
      const apart = kind === "money" ? collator.compare(x.data.currency, y.data.currency) : 0;
      return apart || sign * (typeof a === "number" ? a - b : collator.compare(a, b));
    });
    list.sorted.append(...keyed.flatMap(([, entry]) => entry.parts));
    list.sorted.hidden = false;
  };

  const NEXT = { "": "ascending", ascending: "descending", descending: "" };
  const anchor = () => location.hash.slice(1).split("&").find((part) => part && !part.includes("=")) ?? "";

  const save = () => {
    const state = new URLSearchParams();
    if (box.value.trim()) state.set("q", box.value.trim());
    for (const [name, choice] of wanted()) state.set(name, choice);
    for (const { id, key, order } of lists) if (order) state.append("sort", `${id}.${key}.${order}`);
    const hash = [anchor(), String(state)].filter(Boolean).join("&");
    if (location.hash.slice(1) === hash) return;
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* a preview pane may forbid it: then the choice is not kept */ }
  };

  const load = () => {
    const state = new URLSearchParams(location.hash.slice(1).split("&").filter((part) => part.includes("=")).join("&"));
    box.value = state.get("q") ?? "";
    for (const select of selects) {
      const said = state.get(select.dataset.choice) ?? "";
      select.value = [...select.options].some((option) => option.value === said) ? said : "";
    }
    for (const list of lists) {
      const [, key, order] = state.getAll("sort").map((part) => part.split(".")).find(([id]) => id === list.id) ?? [];
      list.key = key ?? "";
      list.order = order in NEXT ? order : "";
      sort(list);
    }
    filter();
  };

  const changed = () => { filter(); save(); };
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
  for (const select of selects) select.addEventListener("change", changed);
  clear.addEventListener("click", () => {
    for (const control of [box, ...selects]) control.value = "";
    changed();
    box.focus();
  });
  for (const list of lists) {
    for (const th of all("thead th[data-sort]", list.table)) {
      if (!th.dataset.sort || list.rows.length < 2) continue;
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.textContent = th.textContent;
      // On paper browsers repeat a header's text on each page, but not its buttons.
      th.replaceChildren(Object.assign(document.createElement("span"), { className: "label", textContent: th.textContent }), button);
      button.addEventListener("click", () => {
        list.order = list.key === th.dataset.key ? NEXT[list.order] : "ascending";
        list.key = th.dataset.key;
        sort(list);
        changed();
      });
    }
  }
  // A link to a section replaces what stands behind the #: then what is chosen is written back.
  addEventListener("hashchange", () => { if (location.hash.includes("=")) load(); else save(); });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const more of opened) more.open = true;
  });
  addEventListener("afterprint", () => { for (const more of opened) more.open = false; });

  // What a list says as plain text, for a mail or a chat: the rows that can be seen, under their headings.
  const words = (root, selector) => root.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const plain = (table) => {
    const lines = [document.title];
    for (const body of table.tBodies) {
      if (body.hidden) continue;
      lines.push("", words(body, ".group span > span"));
      for (const row of [...body.rows].filter((each) => !each.hidden && !each.matches(".group"))) {
        const where = [".c-severity", ".c-cell > a, .c-cell > bdi:not(.sub)", ".c-cell .sub"].map((part) => words(row, part));
        const what = [".c-message > bdi", ".c-message .sub"].map((part) => words(row, part));
        lines.push(`- ${where.filter(Boolean).join(", ")}: ${what.join(" ")} (${words(row, ".c-code")})`);
      }
    }
    return lines.join("\n") + "\n";
  };
  const copying = one("#copying");
  if (copying) {
    copying.hidden = false;
    one("#copy").addEventListener("click", async () => {
      const area = one("#by-hand");
      const text = plain(one("#t-problems"));
      let done = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Not every browser has a clipboard for a file or inside a preview: then the older way, else by hand.
        area.value = text;
        area.hidden = false;
        area.select();
        done = document.execCommand("copy");
      }
      area.hidden = done;
      const said = one("#copied");
      said.textContent = done ? said.dataset.done : said.dataset.byHand;
      if (done) one("#copy").focus();
      else area.focus();
    });
  }
  const opening = one("#opening");
  if (opening) {
    const mores = all("#t-projects details");
    const { open, close } = opening.dataset;
    opening.hidden = !mores.length;
    one("#open-all").addEventListener("click", ({ target }) => {
      const closed = mores.some((more) => !more.open);
      for (const more of mores) more.open = closed;
      target.textContent = closed ? close : open;
    });
  }

  one("#tools").hidden = lists.reduce((sum, list) => sum + list.rows.length, 0) < 2;
  load();
  if (anchor() && location.hash.includes("&")) document.getElementById(anchor())?.scrollIntoView();
})();
