/** Talking to the save address. Nothing here throws: an answer is always { status, data }. */

const PATIENCE = 15_000;   // ms until a request counts as lost
const KEEPALIVE = 60_000;  // bytes; browsers refuse a keepalive body over 64 KiB

let token = null;

const fieldsWithToken = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");

async function request(url, options = {}) {
  try {
    const answer = await fetch(url, {
      redirect: "manual",   // a followed redirect would show the sign-in page as a success
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
      headers: { "X-Requested-With": "fetch", Accept: "application/json", ...options.headers },
    });
    if (answer.type === "opaqueredirect") return { status: 401, data: null };
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    const data = json ? await answer.json() : null;
    // A proxy's or a hotel's page with status 200 is no answer of ours.
    return { status: answer.ok && !json ? 0 : answer.status, data };
  } catch {
    return { status: 0, data: null };
  }
}

export const read = (url) => request(url);

/** Signing in changes the CSRF token: fetch the new one, for this page's forms too. */
async function renew(tokenUrl, owner) {
  const { status, data } = await request(tokenUrl);
  if (status !== 200) return status;
  if (String(data.owner) !== owner) return 401;
  token = data.token;
  for (const input of fieldsWithToken()) input.value = token;
  const carrier = document.querySelector("[hx-headers*=X-CSRFToken]");
  carrier?.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  return 200;
}

/** POST one save: `place` is { url, owner, tokenUrl }, `job` { key, base, fields }. */
export async function post(place, job, tab) {
  const body = JSON.stringify({
    version: job.base, key: job.key, tab, owner: Number(place.owner), fields: job.fields,
  });
  const small = new Blob([body]).size < KEEPALIVE;
  for (let again = false; ; again = true) {
    const answer = await request(place.url, {
      method: "POST", body, keepalive: small,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": token ?? fieldsWithToken()[0]?.value ?? "",
      },
    });
    if (answer.status !== 403 || again) return answer;
    const renewed = await renew(place.tokenUrl, place.owner);
    if (renewed !== 200) return { status: renewed, data: null };
  }
}
