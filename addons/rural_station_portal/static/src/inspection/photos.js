/** Photos as the telephone keeps them: small enough for a village's network. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/**
 * Make a photo smaller.
 *
 * @param {File} file as the camera gives it, of any size
 * @returns {Promise<Blob>} a JPEG
 * @throws {Error} for what is no picture
 */
export async function shrink(file) {
    const bitmap = await createImageBitmap(file, {imageOrientation: "from-image"});
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(file.name))), "image/jpeg", QUALITY);
    });
}

/** Give a photo the name of what it has become. */
export function nameOf(file) {
    return `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
}
