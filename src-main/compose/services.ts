import os from 'node:os';
import path from 'node:path';
import { app, dialog, safeStorage, shell } from 'electron';
import { resolveLocale } from '@shared/locales';
import { createAccountStore } from '../auth/accounts';
import { createConnection, type ConnectionKeeper } from '../auth/connection';
import { createBrowserSignIn } from '../auth/oidc/browser-sign-in';
import { leaveProvider } from '../auth/oidc/leave';
import { createSessions } from '../auth/sessions';
import { createSignIn } from '../auth/sign-in';
import { loadBoardType, REMOTE_KINDS } from '../desk/boards';
import { createDeskFinder } from '../desk/finder';
import { createBootReader, pretendedBoot } from '../device/boot';
import { createNetworkState } from '../platform/network';
import { createSecrets } from '../platform/secrets';
import type { Log } from '../platform/types';
import type { Managed } from '../policy/managed';
import { createKeptWork } from '../settings/kept-work';
import { createLastAgreement } from '../settings/last-agreement';
import { createManagedSettings } from '../settings/managed-settings';
import { createSettings } from '../settings/settings';
import { createAttachmentFiles } from '../shell/attachment-files';
import { createLoginItem } from '../shell/login-item';
import { openPageOnLinux } from '../shell/open-page';
import { createSafeOpen, signInLink } from '../shell/safe-open';
import { createToaster } from '../shell/toaster';
import { waitingItems } from '../shell/tray-model';
import { openAccount } from './account';
import { applySettings } from './apply-settings';
import { boardTools, practiceAccount } from './board';
import type { ComposedServices, Core, Surface } from './core.types';
import { keepMirror } from './mirror';
import { asChosen, composePolicy, deskRules, policyView } from './policy';
import type { OpenedAccount, Shared } from './services.types';
import { keepTray } from './tray';
import { hintAtTray } from './tray-hint';

/** The application's identifier, as in electron-builder.yml; Windows files notifications under it. */
const APP_ID = 'org.deskbell.Deskbell';

/** Stage 2: everything behind the calls, in reading order. Loaded when tray and window stand. */
export async function composeServices(core: Core, surface: Surface): Promise<ComposedServices> {
  const { clock, log, files, folders, appState, t } = core;
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);

  const { keeper, managed } = composePolicy(core);
  const rules = deskRules(managed);
  const settings = createManagedSettings(createSettings(files.settings), managed);
  const accounts = createAccountStore(files.account);
  const network = createNetworkState(clock);
  const secrets = createSecrets({
    folder: path.join(folders.userData, 'secrets'),
    safeStorage,
    platform: process.platform,
    log,
  });
  const tools = boardTools(core);
  const openPage = (url: string): Promise<void> =>
    process.platform === 'linux' ? openPageOnLinux(url, clock) : shell.openExternal(url);
  const openSignInPage = createSafeOpen(openPage, log, signInLink);
  const sessions = createSessions({ secrets, tools, openPage: openSignInPage });
  const icon = path.join(folders.icons, 'app/256x256.png');
  const toaster = createToaster({
    platform: process.platform,
    appId: APP_ID,
    appName: () => t('common:app.name'),
    icon,
  });
  const attachments = createAttachmentFiles({
    folder: path.join(folders.userData, 'opened'),
    openPath: (file) => shell.openPath(file),
    askWhere: (name) => askWhereToSave(name, surface, t('tray:saveAttachment')),
    log,
  });
  const boot = createBootReader({
    platform: process.platform,
    clock,
    pretend: core.developer ? pretendedBoot(process.env) : null,
  });
  const setLoginItem = createLoginItem({
    platform: process.platform,
    command: [process.env['APPIMAGE'] ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()])],
    configFolder: process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config'),
    setLoginItemSettings: (item) => app.setLoginItemSettings(item),
  });
  const lastAgreement = createLastAgreement(files.agreement, log);
  const kept = createKeptWork(files.kept, log);
  const shared: Shared = {
    core,
    surface,
    settings,
    managed,
    network,
    secrets,
    sessions,
    toaster,
    lastAgreement,
    kept,
    boot,
    setLoginItem,
  };

  const connection = createConnection<OpenedAccount>({
    accounts,
    open: (account) => openAccount(asChosen(account, managed), shared),
    log,
  });
  const signIn = createSignIn({
    finder: createDeskFinder({
      loadType: loadBoardType,
      kinds: REMOTE_KINDS,
      tools,
      ids: core.ids,
    }),
    loadType: loadBoardType,
    tools,
    sessions,
    browser: createBrowserSignIn({
      tools,
      openPage: openSignInPage,
      onReturned: () => surface.window.show(),
      words: (outcome) => ({
        locale: resolveLocale(appState.get().locale),
        title: t(`signIn:page.${outcome}`),
        text: t('signIn:page.text'),
      }),
    }),
    giveBack: async (way, tokens) => void (await leaveProvider(way, tokens, tools)),
    connection,
    practice: () => practiceAccount(t('tray:practice')),
    rules,
    log,
  });

  const renderTray = keepTray(shared, () => connection.current());
  const mirror = keepMirror(shared, rules, renderTray);
  connection.onChange(mirror.take);
  applySettings(shared);

  // Before anything is offered: what is not allowed is then not there at all.
  await keeper.refresh();
  appState.update({ policy: policyView(managed, accounts.current()) });
  if (accounts.current()?.target.kind === 'practice' && !rules.allowsPractice())
    await accounts.setCurrent(null).catch((error: unknown) => log.error('account.notLeft', error));
  await attachments.tidy().catch((error: unknown) => log.error('attachments.tidy', error));
  await connection.restore().catch((error: unknown) => log.error('connection.restore', error));
  askAboutRestart(connection.current(), surface);
  if (connection.current() === null) mirror.refresh(null);
  managed.onChange(() => {
    mirror.refresh(connection.current());
    leaveWhatIsNotAllowed(connection, managed, log);
  });
  appState.update({ phase: 'ready' });

  return {
    settings,
    connection,
    signIn,
    attachments,
    managed,
    unsent: () => waitingItems(connection.current()?.outbox.items() ?? []).length,
    onWindowClosed: () => void hintAtTray(shared),
    async close() {
      await keeper.close();
      await connection.close();
      network.close();
      toaster.close();
      surface.tray.destroy();
      const { settings: chosen, account, hints, agreement, kept: left } = files;
      await Promise.all([chosen, account, hints, agreement, left].map((file) => file.settled()));
    },
  };
}

/** The practice desk is left when it is not allowed any more; what was tried there stays on disk. */
function leaveWhatIsNotAllowed(
  connection: ConnectionKeeper<OpenedAccount>,
  managed: Managed,
  log: Log,
): void {
  if (connection.current()?.account.target.kind !== 'practice' || managed.allows('practiceDesk')) return;
  connection.signOut().catch((error: unknown) => log.error('connection.notLeft', error));
}

/** After a restart that was planned Deskbell opens by itself, on the draft that it was about. */
function askAboutRestart(opened: OpenedAccount | null, { window }: Surface): void {
  const plan = opened?.restarts.view().plan;
  if (plan?.done && plan.stage === 'ask') window.show({ screen: 'newTicket', draftId: plan.draftId });
}

async function askWhereToSave(name: string, { window }: Surface, title: string): Promise<string | null> {
  const options = {
    title,
    defaultPath: path.join(app.getPath('downloads'), name),
    properties: ['showOverwriteConfirmation' as const],
  };
  const parent = window.browserWindow();
  const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options);
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}
