// The least an Electron app with a tray and one window can be; what Deskbell costs is held against it. It understands
// the same flag and writes the same marks.
const fs = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow, Menu, nativeImage, Tray } = require('electron');

const file = process.env.DESKBELL_PERF_FILE;
const mark = (name) =>
  fs.appendFileSync(
    file,
    `${JSON.stringify({ mark: name, at: performance.timeOrigin + performance.now() })}\n`,
  );

mark('main');
let tray;
let window;

function show() {
  if (window) {
    window.show();
    mark('reopened');
    return;
  }
  window = new BrowserWindow({ width: 1040, height: 720, show: false });
  mark('window-created');
  window.once('ready-to-show', () => {
    mark('ready-to-show');
    window.show();
    mark('usable');
  });
  window.on('close', (event) => {
    event.preventDefault();
    window.hide();
  });
  void window.loadFile(path.join(__dirname, 'index.html'));
}

app.on('window-all-closed', () => undefined);
Menu.setApplicationMenu(null);
void app.whenReady().then(() => {
  mark('ready');
  const side = 22;
  tray = new Tray(
    nativeImage.createFromBitmap(Buffer.alloc(side * side * 4, 0x80), { width: side, height: side }),
  );
  tray.setToolTip('Empty');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open', click: show },
      { label: 'Quit', click: () => app.exit(0) },
    ]),
  );
  mark('tray');
  if (!process.argv.includes('--hidden')) show();
});
