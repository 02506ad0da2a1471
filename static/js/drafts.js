/** What was typed and no server has acknowledged yet, kept in IndexedDB.

    A draft belongs to one person, one row and one tab:
    { owner, url, tab, key, base, fields: {name: text}, job, at }. `base` is the version it began
    from; `job` the save that was on its way ({ key, base, fields }), so that a save whose answer was
    lost can be asked about again. localStorage is no place for this: a killed browser loses it. */

const STORE = "drafts";

/** A random UUID; crypto.randomUUID is missing on plain http addresses. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export const TAB = uuid();

let opening = null;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("prepsite-drafts", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ["owner", "url", "tab"] });
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => { opening = null; };
      database.onversionchange = () => { database.close(); opening = null; };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  });
}

/** Run `work(store)` in a transaction; resolves to its request's result once that is committed. */
async function transact(mode, work) {
  opening ??= open();
  const database = await opening.catch((error) => { opening = null; throw error; });
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const put = (draft) => transact("readwrite", (store) => store.put(draft));

export const remove = ({ owner, url, tab }) =>
  transact("readwrite", (store) => store.delete([owner, url, tab]));

/** The drafts of one person, those of one row if `url` is given. Nobody else's are ever read. */
export function drafts(owner, url) {
  // In IndexedDB's order an array comes after every string.
  const range = url
    ? IDBKeyRange.bound([owner, url], [owner, url, []])
    : IDBKeyRange.bound([owner], [owner, []]);
  return transact("readonly", (store) => store.getAll(range));
}

/** The one draft under these names as it is now, or undefined. */
export const draft = ({ owner, url, tab }) =>
  transact("readonly", (store) => store.get([owner, url, tab]));

const lock = (tab) => `prepsite-tab-${tab}`;

/** Resolves once this page's own lock is held: for as long as it lives, however it ends. */
export const held = new Promise((resolve) => {
  if (!navigator.locks) return resolve();
  navigator.locks.request(lock(TAB), () => {
    resolve();
    return new Promise(() => {});
  });
});

/** Run `work` once the page `tab` is no more; at once where the browser cannot tell. One page at a
    time: of several that wait, the first to come finds the draft. */
export function whenGone(tab, work) {
  return navigator.locks ? navigator.locks.request(lock(tab), work) : work();
}
