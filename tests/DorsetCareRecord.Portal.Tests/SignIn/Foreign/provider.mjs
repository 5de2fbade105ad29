// An identity provider that is not ours: oidc-provider (MIT, certified by the OpenID Foundation), a process of its own on a loopback port.
// Three issuers in it are set up after three kinds of provider, as far as one that keeps to the standard can speak their dialects. What is
// signed, asked, compared and refused is its code; who its people are, and when its keys change, the tests say under /control.
// It ends when its standard input does.
import { createServer } from "node:http";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import Provider from "oidc-provider";

const { port, portal, secret, key, tenant } = JSON.parse(process.argv[2]);
const origin = `http://127.0.0.1:${port}`;
const cookies = { keys: [randomUUID()] };
let people = {}; // who: { acr, amr, ago, claims }
let heard = [];
const sessions = {}; // the session that an issuer last began for somebody

const client = (number, more) => {
  const end = number === 1 ? "" : `-${number}`;
  return {
    client_id: "dcr-portal",
    redirect_uris: [`${portal}/signin-oidc${end}`],
    post_logout_redirect_uris: [`${portal}/signout-callback-oidc${end}`],
    backchannel_logout_uri: `${portal}/signout-backchannel${end}`,
    backchannel_logout_session_required: true,
    grant_types: ["authorization_code"],
    response_types: ["code"],
    ...more,
  };
};

const issuers = {
  // Keycloak: a secret, roles of the realm in the token, when and how surely always said, requests pushed.
  keycloak: {
    path: "/realms/dorset",
    kty: "ec",
    client: client(1, { client_secret: secret, token_endpoint_auth_method: "client_secret_post", id_token_signed_response_alg: "ES256", require_auth_time: true }),
    claims: { openid: ["sub", "acr", "amr", "realm_access", "dcr_org", "dcr_role"] },
    more: { conformIdTokenClaims: false },
  },
  // NHS CIS2: a key in place of a secret, assurance of identity and authentication, the chosen role; all roles at the userinfo endpoint alone.
  cis2: {
    path: "/cis2",
    kty: "rsa",
    client: client(2, { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [key] }, id_token_signed_response_alg: "RS256", require_auth_time: true }),
    claims: {
      openid: ["sub", "acr", "amr", "id_assurance_level", "authentication_assurance_level", "uid", "selected_roleid"],
      nationalrbacaccess: ["nhsid_nrbac_roles"],
      selectedrole: [],
    },
    more: { acrValues: ["AAL2_OR_AAL3_ANY"] },
  },
  // Entra ID: one tenant, its people by oid and another sub for each application, no userinfo endpoint, no pushed requests.
  entra: {
    path: `/${tenant}/v2.0`,
    kty: "rsa",
    client: client(3, { client_secret: secret, token_endpoint_auth_method: "client_secret_post", subject_type: "pairwise", id_token_signed_response_alg: "RS256", require_auth_time: true }),
    claims: { openid: ["sub", "oid", "tid", "amr", "acrs", "roles"] },
    features: { userinfo: { enabled: false }, pushedAuthorizationRequests: { enabled: false } },
    more: { conformIdTokenClaims: false, subjectTypes: ["pairwise"], pairwiseIdentifier: (_, account, to) => `${to.clientId}|${account}` },
  },
};

function build(name) {
  const { path, kty, client: registered, claims, features, more } = issuers[name];
  const made = kty === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(origin + path, {
    clients: [registered],
    cookies,
    claims: { profile: ["name"], ...claims },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, ...features },
    jwks: { keys: [{ ...made.privateKey.export({ format: "jwk" }), use: "sig", kid: randomUUID() }] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `${path}/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id]?.claims }) }),
    // Nobody is asked whether the portal may know who they are: it is their employer's.
    loadExistingGrant: async (ctx) => {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(ctx.oidc.params.scope);
      await grant.save();
      return grant;
    },
    ...more,
  });
  provider.on("authorization.success", (ctx) => {
    sessions[`${name} ${ctx.oidc.session.accountId}`] = ctx.oidc.session.sidFor(ctx.oidc.client.clientId);
  });
  for (const failed of ["server_error", "authorization.error", "grant.error", "pushed_authorization_request.error", "userinfo.error", "end_session.error"])
    provider.on(failed, (_, fault) => console.log(failed, fault.error_description ?? "", fault.error_detail ?? "", fault.stack));
  return { path, provider, answer: provider.callback() };
}

let running = Object.fromEntries(Object.keys(issuers).map((name) => [name, build(name)]));

async function read(request) {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

// The page that asks who one is. It is believed: passwords and cards are not what is tested here.
async function login({ provider }, request, response) {
  if (request.method === "GET") {
    const { prompt } = await provider.interactionDetails(request, response);
    response.setHeader("Content-Type", "text/html").end(`<form method="post" action="${request.originalUrl}" data-prompt="${prompt.name}"><input name="who"></form>`);
    return;
  }
  const who = new URLSearchParams(await read(request)).get("who");
  const { acr, amr, ago = 0 } = people[who] ?? {};
  const said = { accountId: who, acr, amr, ts: Math.floor(Date.now() / 1000) - ago };
  await provider.interactionFinished(request, response, { login: said }, { mergeWithLastSubmission: false });
}

async function control(what, request) {
  const said = JSON.parse((await read(request)) || "null");
  if (what === "people") people = said;
  else if (what === "heard") return [heard, (heard = [])][0];
  else if (what === "rotate") running[said] = build(said);
  else if (what === "end") {
    const registered = await running[said.at].provider.Client.find("dcr-portal");
    await registered.backchannelLogout(said.who, sessions[`${said.at} ${said.who}`]);
  } else throw new Error(`no such control: ${what}`);
  return null;
}

createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, origin);
    if (pathname.startsWith("/control/")) {
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(await control(pathname.slice("/control/".length), request)));
      return;
    }
    heard.push(`${request.method} ${pathname}`);
    const one = Object.values(running).find(({ path }) => pathname.startsWith(`${path}/`));
    if (!one) {
      response.writeHead(404).end();
      return;
    }
    [request.originalUrl, request.url] = [request.url, request.url.slice(one.path.length)];
    await (request.url.startsWith("/interaction/") ? login(one, request, response) : one.answer(request, response));
  } catch (fault) {
    console.log(fault.stack);
    response.writeHead(500).end();
  }
}).listen(port, "127.0.0.1", () => console.log("ready"));

process.stdin.resume().on("end", () => process.exit(0));
