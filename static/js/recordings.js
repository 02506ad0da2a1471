/** Recordings of tellings, in IndexedDB of this browser and nowhere else.

    A recording belongs to one person and one telling:
    { owner, story, telling, title, at, type, seconds, chunks: [Blob] }. Chunks are added while it is
    made, so that a page that ends in the middle leaves what was said until then. Nothing here, and
    nothing that uses it, sends a recording anywhere. */

const STORE = "recordings";
let opening = null;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("prepsite-recordings", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["owner", "story", "telling"] });
    request.onsuccess = () => {
      request.result.onclose = () => { opening = null; };
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

async function transact(mode, work) {
  opening ??= open();
  const database = await opening.catch((error) => { opening = null; throw error; });
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
  });
}

const keyOf = ({ owner, story, telling }) => [owner, story, telling];

/** Add a chunk to the recording, which the first one makes. Rejects when the device is full. */
export const add = (about, chunk, seconds) => transact("readwrite", (store) => {
  const request = store.get(keyOf(about));
  request.onsuccess = () => {
    const row = request.result ?? { ...about, chunks: [] };
    store.put({ ...row, seconds, chunks: [...row.chunks, chunk] });
  };
  return request;
});

export const remove = (row) => transact("readwrite", (store) => store.delete(keyOf(row)));

/** Keep again what `all` had read and `remove` took away. */
export const putBack = (row) => transact("readwrite", (store) => store.put(row));

/** All of one person, the newest first. Nobody else's are ever read. */
export async function all(owner) {
  const rows = await transact("readonly", (store) => store.getAll(IDBKeyRange.bound([owner], [owner, []])));
  return rows.sort((a, b) => b.at.localeCompare(a.at));
}

export const bytes = (row) => row.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
export const sound = (row) => new Blob(row.chunks, { type: row.type });
