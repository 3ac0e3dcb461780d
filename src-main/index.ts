import path from 'node:path';
import { app, Menu } from 'electron';
import { createPerf } from './platform/perf';
import { registerAppScheme } from './shell/protocol';
import { compose } from './compose';

const mark = createPerf(process.env['DESKBELL_PERF_FILE']);
mark('main');

const userData = app.commandLine.getSwitchValue('user-data-dir');
if (userData) app.setPath('userData', path.resolve(userData));

// Chromium's helpers refuse to run as root in the sandbox; root has to say --no-sandbox, and enableSandbox would override it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// No page may use the network (hardenSession), so that Chromium's code for it, in a process of its own, would guard nothing
// and cost about 10 MB.
const features = app.commandLine.getSwitchValue('enable-features').split(',').filter(Boolean);
app.commandLine.appendSwitch('enable-features', [...features, 'NetworkServiceInProcess2'].join(','));
// Else Electron builds its default menu on the way to `ready`.
Menu.setApplicationMenu(null);
registerAppScheme();

// The lock lives in the user-data folder: one Deskbell for each.
if (app.requestSingleInstanceLock()) compose(mark);
else {
  // For whoever started it in a terminal: `npm start` says nothing more.
  process.stdout.write('Deskbell is running already: this start was handed over to it.\n');
  app.exit(0);
}
