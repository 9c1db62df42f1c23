// A real OpenID provider for tests: oidc-provider with accounts of ours, on this machine alone.
//
// It tells its address on standard output when it listens. Whoever signs in chooses an account by
// name; what that account's answer says comes from the file of accounts. POST /mischief makes the
// answers that follow wrong in one way, which is how a service that lies is tried.

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { parseArgs } from "node:util";
import { SignJWT, decodeJwt, exportJWK, generateKeyPair, importJWK } from "jose";
import { Provider, errors, interactionPolicy } from "oidc-provider";

const { values: given } = parseArgs({
  options: { accounts: { type: "string" }, certificate: { type: "string" }, answers: { type: "string" } },
});
const accounts = JSON.parse(readFileSync(given.accounts, "utf-8"));
const pem = readFileSync(given.certificate);
const CLIENT = "samskap-tests";
const ONES_OWN = ["authorization_details", "groups", "pid", "email", "email_verified", "name", "amr"];

async function key() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), use: "sig", alg: "RS256" };
}

const [ours, anothers] = [await key(), await key()];
let mischief = "";

// Each takes the claims of an answer that is right, and makes them wrong in one way.
const WRONG = {
  nonce: (claims) => ({ ...claims, nonce: "of-another-sign-in" }),
  acr: (claims) => ({ ...claims, acr: "low" }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 3600, exp: claims.exp - 7200 }),
  audience: (claims) => ({ ...claims, aud: "another-client" }),
  issuer: (claims) => ({ ...claims, iss: "https://elsewhere.example" }),
  key: (claims) => claims,
  unsigned: (claims) => claims,
};

async function signedAgain(claims) {
  const wrong = WRONG[mischief](claims);
  if (mischief === "unsigned") {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "none", typ: "JWT" })}.${part(wrong)}.`;
  }
  const signer = mischief === "key" ? anothers : ours;
  return new SignJWT(wrong)
    .setProtectedHeader({ alg: "RS256", kid: ours.kid })
    .sign(await importJWK(signer, "RS256"));
}

// Whoever signs in has agreed: they are asked who they are, and nothing else.
const asked = interactionPolicy.base();
asked.remove("consent");

function configured() {
  return {
    clients: [
      {
        client_id: CLIENT,
        client_secret: "told-to-nobody",
        redirect_uris: given.answers.split(" "),
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    clientAuthMethods: ["client_secret_post"],
    jwks: { keys: [ours] },
    pkce: { required: () => true },
    acrValues: ["substantial", "high"],
    scopes: ["openid", "email", "profile"],
    claims: { openid: ["sub", ...ONES_OWN] },
    conformIdTokenClaims: false,
    cookies: { keys: ["of-these-tests-alone"] },
    features: { devInteractions: { enabled: false }, resourceIndicators: { enabled: false } },
    extraParams: { authorization_details: look },
    interactions: { policy: asked, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AuthorizationCode: 60, AccessToken: 60, IdToken: 60 },
    findAccount: (_ctx, sub) => {
      const account = Object.values(accounts).find((each) => each.sub === sub);
      return account && { accountId: sub, claims: () => account };
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

// As Ansattporten takes it: one kind, one resource. Which organisations it lets choose is its own.
function look(_ctx, text) {
  for (const { type, resource } of text ? JSON.parse(text) : []) {
    if (type !== "ansattporten:altinn:resource" || !resource.startsWith("urn:altinn:resource:")) {
      throw new errors.InvalidRequest("no such authorization_details");
    }
  }
}

const page = (uid, details) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>
<h1>Sign in</h1>
<p id="asked">${details}</p>
<form method="post" action="/interaction/${uid}">
<label>Account <input name="account" autofocus></label>
<button type="submit">Sign in</button>
<button type="submit" name="decline" value="1">Decline</button>
</form></body></html>`;

async function body(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

async function interact(provider, request, response) {
  const { uid, params } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    const details = params.authorization_details ?? "";
    response.end(page(uid, `${params.acr_values ?? ""} ${details}`.replaceAll("<", "&lt;")));
    return;
  }
  const form = new URLSearchParams(await body(request));
  const declined = { error: "access_denied", error_description: "declined" };
  const { sub, amr } = accounts[form.get("account")] ?? {};
  const login = { accountId: sub, amr, acr: params.acr_values, remember: false };
  const result = form.has("decline") ? declined : { login };
  await provider.interactionFinished(request, response, result);
}

let provider;
const server = createServer({ key: pem, cert: pem }, async (request, response) => {
  const { pathname } = new URL(request.url, "https://localhost");
  try {
    if (pathname === "/mischief") {
      mischief = await body(request);
      response.end(mischief);
    } else if (pathname.startsWith("/interaction/")) {
      await interact(provider, request, response);
    } else {
      await provider.callback()(request, response);
    }
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end(String(error));
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = `https://localhost:${server.address().port}`;
  provider = new Provider(address, configured());
  provider.use(async (ctx, next) => {
    await next();
    if (mischief && ctx.oidc?.route === "token" && ctx.body?.id_token) {
      ctx.body.id_token = await signedAgain(decodeJwt(ctx.body.id_token));
    }
  });
  for (const event of ["server_error", "authorization.error", "grant.error"]) {
    provider.on(event, (_ctx, error) => console.error(event, error.message, error.error_description ?? ""));
  }
  console.log(address);
});
// Whoever started it is gone when this is closed.
process.stdin.on("end", () => process.exit()).resume();
