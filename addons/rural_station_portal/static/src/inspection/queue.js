/** Inspections as the telephone keeps them: drafts, what waits for the network, what the server has said (ST-06). */

const DATABASE = "rural-inspections";
const KEEP_DAYS = 7;
const DAY = 24 * 60 * 60 * 1000;

let opened = null;

function open() {
    opened ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("inspections", {keyPath: "number"});
            request.result.createObjectStore("photos", {keyPath: "key"}).createIndex("number", "number");
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    return opened;
}

/** Do something with the stores in one transaction; give what the request that `work` returns has brought. */
async function within(mode, work) {
    const transaction = (await open()).transaction(["inspections", "photos"], mode);
    const request = work(transaction.objectStore("inspections"), transaction.objectStore("photos"));
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
    });
}

/** Make a number that no other telephone makes: XJ, the day, eight signs of chance. */
export function newNumber(now) {
    const signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    const chance = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => signs[byte % signs.length]);
    const china = new Date(now.getTime() + 8 * 60 * 60 * 1000);
    return `XJ${china.toISOString().slice(0, 10).replaceAll("-", "")}-${chance.join("")}`;
}

export function saveInspection(inspection) {
    return within("readwrite", (inspections) => inspections.put(inspection));
}

export function readInspection(number) {
    return within("readonly", (inspections) => inspections.get(number));
}

/** Give a partner's inspections, the latest first; what has long arrived is forgotten. */
export async function listInspections(partner) {
    const all = await within("readonly", (inspections) => inspections.getAll());
    const isOld = (each) => Date.now() - Date.parse(each.inspected_at) > KEEP_DAYS * DAY;
    const old = all.filter((each) => each.state === "done" && isOld(each));
    await Promise.all(old.map((each) => removeInspection(each.number)));
    return all
        .filter((each) => each.partner === partner && !old.includes(each))
        .sort((one, other) => other.inspected_at.localeCompare(one.inspected_at));
}

export async function removeInspection(number) {
    await removePhotos(number);
    return within("readwrite", (inspections) => inspections.delete(number));
}

export function savePhoto(photo) {
    return within("readwrite", (_inspections, photos) => photos.put(photo));
}

export function removePhoto(key) {
    return within("readwrite", (_inspections, photos) => photos.delete(key));
}

export function listPhotos(number) {
    return within("readonly", (_inspections, photos) => photos.index("number").getAll(number));
}

async function removePhotos(number) {
    for (const photo of await listPhotos(number)) {
        await removePhoto(photo.key);
    }
}

/** Put an inspection into the form in which the server takes it. */
function formOf(inspection, photos, token) {
    const form = new FormData();
    const keysAt = (place) => photos.filter((photo) => photo.place === place).map((photo) => photo.key);
    const {number, inspected_at, longitude, latitude, accuracy, position_at, remark} = inspection;
    const answers = Object.entries(inspection.answers).map(([item, answer]) => ({
        item,
        ...answer,
        photos: keysAt(`item-${item}`),
    }));
    const problems = Object.entries(inspection.problems)
        .filter(([, problem]) => problem.result)
        .map(([problem, result]) => ({problem, ...result, photos: keysAt(`problem-${problem}`)}));
    form.append("csrf_token", token);
    form.append(
        "inspection",
        JSON.stringify({
            ...{number, inspected_at, longitude, latitude, accuracy, position_at, remark},
            ...{answers, problems, photos: keysAt("place")},
        })
    );
    for (const photo of photos) {
        form.append(photo.key, photo.blob, photo.name);
    }
    return form;
}

/** Send one inspection; what the server says of it is kept with it. */
async function send(inspection, token) {
    const photos = await listPhotos(inspection.number);
    const response = await fetch(`/my/area/inspect/${inspection.station}/send`, {
        method: "POST",
        body: formOf(inspection, photos, token),
        redirect: "error",
    });
    if (response.status >= 500) {
        throw new Error(response.statusText);
    }
    const says = response.ok ? await response.json() : {refused: `${response.status} ${response.statusText}`};
    if (says.refused) {
        await saveInspection({...inspection, state: "refused", message: says.refused});
        return;
    }
    const message = [says.sentence, ...says.photos_refused].join("\n");
    await saveInspection({...inspection, state: "done", counts: says.counts, url: says.url, message});
    await removePhotos(inspection.number);
}

/**
 * Send what waits, one after the other, by one page at a time.
 *
 * @param {Number} partner whose inspections are sent: a telephone may have several people
 * @param {Function} onChange called after each
 * @returns {Promise<String>} "done", "offline" or "login", when somebody has to log in first
 */
export async function sendWaiting(partner, onChange) {
    const work = async () => {
        const waiting = (await listInspections(partner)).filter((each) => each.state === "waiting").reverse();
        if (!waiting.length) {
            return "done";
        }
        if (!navigator.onLine) {
            return "offline";
        }
        try {
            const ready = await fetch("/my/area/inspect/ready", {cache: "no-store"});
            const isOurs = ready.ok && !ready.redirected;
            const says = isOurs ? await ready.json() : {};
            if (says.partner !== partner) {
                return "login";
            }
            for (const inspection of waiting) {
                await send(inspection, says.csrf_token);
                await onChange();
            }
        } catch {
            return "offline";
        }
        return "done";
    };
    return navigator.locks ? navigator.locks.request("rural-inspections", work) : work();
}
