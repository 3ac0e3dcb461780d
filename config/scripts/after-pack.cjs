const fs = require('node:fs');
const path = require('node:path');

/**
 * electron-builder calls this with the unpacked application. A runtime prepared for running from source has an app of
 * its own, which nothing but Deskbell's may be. Whoever gets the package gets the licences with it.
 */
exports.default = async ({ appOutDir, packager }) => {
  const { thirdPartyNotices } = await import('./lib/notices.mjs');
  const resources = packager.getResourcesDir(appOutDir);
  fs.rmSync(path.join(resources, 'default_app.asar'), { force: true });
  fs.rmSync(path.join(appOutDir, 'version'), { force: true });
  fs.copyFileSync(path.join(__dirname, '../../LICENSE'), path.join(resources, 'LICENSE.txt'));
  fs.writeFileSync(path.join(resources, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
};
