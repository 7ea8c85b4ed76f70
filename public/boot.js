// Wakes the islands of a page and looks after its forms. A file of its own, so that the policy needs no inline script.
// It reads from its own tag where the wasm lies; a page without islands loads none.

const page = document.documentElement;
const tag = document.getElementById("plinth-boot");
const ready = () => { page.dataset.hydrated = "true"; };

// The last error of this tab, for a report of a problem: where it was, without what stands behind a question mark.
const NOTED = "plinth-error";
const note = (text) => {
  try {
    sessionStorage.setItem(NOTED, `${new Date().toISOString()} ${location.pathname}: ${text}`.slice(0, 1000));
  } catch { /* A browser that keeps nothing tells nothing. */ }
};
addEventListener("error", (event) => {
  if (event.message) note(`${event.message} (${event.filename?.split("?")[0]}:${event.lineno}:${event.colno})`);
});
addEventListener("unhandledrejection", (event) => note(String(event.reason?.message ?? event.reason)));

// Islands wake in document order, outer before inner. What an island's server children hold wakes with the owner of
// that island, which the children's element hands out.
async function wake(node, glue, owners) {
  const island = node.localName === "leptos-island";
  const children = node.localName === "leptos-children";
  if (island) {
    await wakeOne(node, node.dataset.component, glue, owners.at(-1));
  }
  const inner = children ? [...owners, node.$$on_hydrate] : owners;
  for (const child of [...node.children]) {
    await wake(child, glue, inner);
  }
}

async function wakeOne(element, name, glue, owner) {
  const start = glue[name];
  if (!start) {
    console.warn(`No island is called ${name}.`);
    return;
  }
  owner?.();
  await start(element);
}

async function boot() {
  if (!document.querySelector("leptos-island") || !tag?.dataset.js) {
    return;
  }
  const glue = await import(tag.dataset.js);
  await glue.default({ module_or_path: tag.dataset.wasm });
  glue.hydrate();
  window.__hydrateIsland = (element, name) => wakeOne(element, name, glue);
  await wake(document.body, glue, []);
}

// Without islands every form and link still works: say why they sleep, and leave the page alone.
boot().catch((reason) => {
  note(String(reason));
  console.error("The page stays without its islands.", reason);
}).finally(ready);

// A report tells what only the browser knows, where who sends it sees it. What was told is not told again.
const report = document.querySelector("form[data-report]");
if (report) {
  const { facts, client_error: error } = report.elements;
  facts.value = [
    `${innerWidth} × ${innerHeight}`, `${devicePixelRatio}×`, navigator.language,
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  ].join(", ");
  try {
    error.value ||= sessionStorage.getItem(NOTED) ?? "";
  } catch { /* As above. */ }
  report.querySelector("[data-report-error]").hidden = !error.value;
} else if (document.querySelector("[data-reported]")) {
  try { sessionStorage.removeItem(NOTED); } catch { /* As above. */ }
}

// A form with data-pending is sent once; its button shows that it is at work.
const busy = (form, submitter) => {
  const button = submitter ?? form.querySelector("button:not([type=button])");
  form.dataset.sent = "";
  button?.setAttribute("aria-busy", "true");
};
const idle = () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-pending]")) return;
  if ("sent" in form.dataset) {
    event.preventDefault();
  } else if (!event.defaultPrevented) {
    busy(form, event.submitter);
  }
});
addEventListener("pageshow", (event) => { if (event.persisted) idle(); });

// Browsers that do not know `command` yet open and close dialogs by this.
if (!("command" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog instanceof HTMLDialogElement) {
      button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
    }
  });
}

// Public pages may be fetched before the click. Signed-in pages are never stored, so fetching them early is wasted.
if ("prefetch" in page.dataset) {
  const seen = new Set([location.pathname]);
  document.addEventListener("pointerover", (event) => {
    const link = event.target.closest?.("a[href^='/']:not([href^='//'])");
    const path = link?.pathname;
    if (!path || seen.has(path) || path.startsWith("/o/") || path.startsWith("/account")) return;
    seen.add(path);
    const hint = Object.assign(document.createElement("link"), { rel: "prefetch", href: link.href });
    document.head.append(hint);
  }, { passive: true });
}
