// Making a passkey and using one: the browser asks its owner, and the answer is sent as a form.

const fromText = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: fromText(one.id) }));

async function make({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      user: { ...publicKey.user, id: fromText(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      // The key is to open the account by itself, so it remembers whose it is and asks who holds it.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return answer(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function use({ publicKey }) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  return answer(used, {
    authenticatorData: toText(used.response.authenticatorData),
    signature: toText(used.response.signature),
    userHandle: used.response.userHandle ? toText(used.response.userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(form.dataset.passkeyOptions);
  }
  const asked = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!asked.ok) {
    throw new Error(asked.statusText);
  }
  return (await asked.json()).request_options;
}

async function send(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  trouble.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "make" ? make : use)(await options(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    trouble.hidden = false;
    trouble.focus();
  }
}

// A browser without passkeys, or without scripts, is shown the sentence that says so instead.
if (globalThis.PublicKeyCredential) {
  for (const sentence of document.querySelectorAll("[data-passkey-missing]")) {
    sentence.hidden = true;
  }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
