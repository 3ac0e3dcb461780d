// Loaded into Electron before the app: Playwright starts Electron with a password store that encrypts nothing.
require('electron').app.commandLine.appendSwitch('password-store', 'gnome-libsecret');
