// While `make dev` runs: loads the page again when the server that answers is not the one that rendered it.

let known;

async function look() {
  try {
    const response = await fetch("/dev/build", { cache: "no-store" });
    const start = await response.text();
    known ??= start;
    if (response.ok && start !== known) return location.reload();
  } catch {
    // Between two servers nobody answers: the next look finds the new one.
  }
  setTimeout(look, 500);
}

look();
