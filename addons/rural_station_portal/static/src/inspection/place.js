/** Where the telephone is. */

const EARTH_RADIUS = 6371000;
const WAIT_MILLISECONDS = 30000;

/** @returns {Promise<Object>} longitude, latitude, accuracy and position_at; rejected where none is to be had */
export function takePosition() {
    return new Promise((resolve, reject) => {
        if (!navigator.geolocation) {
            reject(new Error("no geolocation"));
            return;
        }
        navigator.geolocation.getCurrentPosition(
            ({coords, timestamp}) =>
                resolve({
                    longitude: coords.longitude,
                    latitude: coords.latitude,
                    accuracy: coords.accuracy,
                    position_at: new Date(timestamp).toISOString(),
                }),
            reject,
            {enableHighAccuracy: true, maximumAge: 0, timeout: WAIT_MILLISECONDS}
        );
    });
}

/** @returns {Number} metres between two places, each with longitude and latitude in degrees */
export function metresBetween(here, there) {
    const radians = (degrees) => (degrees * Math.PI) / 180;
    const half = (one, other) => Math.sin(radians(other - one) / 2) ** 2;
    const share =
        half(here.latitude, there.latitude) +
        Math.cos(radians(here.latitude)) * Math.cos(radians(there.latitude)) * half(here.longitude, there.longitude);
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(share));
}
