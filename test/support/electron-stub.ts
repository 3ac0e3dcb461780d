/** Stands in for Electron where a library that imports it runs in plain Node: no app, no IPC. */
const electron = {};

// electron-store takes the default export, like Electron's own.
export { electron as default };
