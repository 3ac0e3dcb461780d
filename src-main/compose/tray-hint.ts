import type { Shared } from './services.types';

/** The first time the window is closed, says once that Deskbell goes on in the tray. */
export async function hintAtTray({ core, toaster, settings }: Shared): Promise<void> {
  const { files, log, t } = core;
  const hints = files.hints.readNow();
  if (typeof hints === 'object' && hints !== null && 'tray' in hints) return;
  if (!settings.get().notifications.enabled) return;
  await files.hints.write({ tray: true }).catch((error: unknown) => log.error('hints', error));
  const toast = {
    title: t('tray:closed.title'),
    body: t(
      core.appState.get().capabilities?.read === false ? 'tray:closed.bodyMailbox' : 'tray:closed.body',
    ),
    urgent: false,
    action: t('notify:action.open'),
  };
  const outcome = await toaster.show(toast, () => undefined);
  log.info('hint.tray', { outcome: outcome.kind });
}
