// A form that cannot reach us stays where it is, with what was typed in it, and says so. Without
// this it is sent as every form is, and the browser has its own page for a network that is away.
const PATIENCE_MS = 8000;
const TYPED = "textarea, select, input:not([type=hidden], [type=submit])";
const asking = new WeakSet();
const reached = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || reached.has(form)) return;
  if (!form.querySelector(TYPED)) return;
  event.preventDefault();
  if (asking.has(form)) return;
  asking.add(form);
  send(form, event.submitter).finally(() => asking.delete(form));
});

// What fetches a part of a page while one types.
for (const failed of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, (event) => {
    const form = event.target.closest("form");
    if (form) tell(form);
  });
}

async function send(form, submitter) {
  if (!(await isReached())) {
    tell(form, submitter).focus();
    return;
  }
  form.querySelector("[data-unreached]")?.remove();
  reached.add(form);
  form.requestSubmit(submitter);
  reached.delete(form);
}

async function isReached() {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch("/health/live", { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

function tell(form, submitter) {
  const told = form.querySelector("[data-unreached]");
  if (told) return told;
  const notice = document.getElementById("unreached").content.firstElementChild.cloneNode(true);
  const beside = submitter?.closest(".buttons, .savebar, .talk__save");
  if (beside && form.contains(beside)) beside.before(notice);
  else form.prepend(notice);
  return notice;
}
