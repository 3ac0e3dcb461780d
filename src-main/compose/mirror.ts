import { powerMonitor } from 'electron';
import type { AppState } from '@shared/contract';
import { wayUnder, type DeskRules } from '../desk/chosen-desk';
import { placeOf } from '../desk/offers';
import { isBegun } from '../drafts/shape';
import { waitingItems } from '../shell/tray-model';
import type { Reach } from '../sync/sync.types';
import type { Core } from './core.types';
import { policyView } from './policy';
import type { OpenedAccount, Shared } from './services.types';

/** Keeps window, app state and tray in step with the account that is open, and with the managed settings. */
export function keepMirror(shared: Shared, rules: DeskRules, renderTray: () => void) {
  const { core, surface, managed, secrets, lastAgreement, kept } = shared;
  const { appState, log } = core;
  const { ipc, window } = surface;
  let stop = (): void => undefined;

  const updateState = (opened: OpenedAccount): void => {
    const agreement = opened.facts.agreement();
    if (agreement !== null) lastAgreement.keep(agreement, opened.account.target.kind);
    appState.update({
      connection: connectionOf(opened, opened.sync.reach(), rules),
      ...numbersOf(shared, opened),
      policy: policyView(managed, opened.account),
      emergencies: [...opened.emergencies.list()],
      announcements: [...opened.facts.announcements()],
      restart: opened.restarts.view(),
      capabilities: opened.connector.capabilities,
      fallback: managed.allows('mailFallback') ? (opened.fallback?.state() ?? null) : null,
      kept: null,
      secrets: secrets.persistence(),
      quarantined: opened.quarantined,
    });
  };
  const pushTickets = (
    { tickets }: OpenedAccount,
    ids: ReadonlySet<string> | 'all',
    removed: readonly string[],
  ): void =>
    ipc.push('tickets.changed', {
      upserted: tickets.list().filter(({ id }) => ids === 'all' || ids.has(id)),
      removed: [...removed],
      dismissedSurveys: [...tickets.dismissedSurveys()],
      laterSurveys: { ...tickets.laterSurveys() },
      syncedAt: tickets.syncedAt(),
    });

  const follow = (opened: OpenedAccount): (() => void) => {
    const { emergencies, tickets, outbox, drafts, facts, sync, restarts } = opened;
    const setActivity = (): void => sync.setActivity(window.isVisible() ? 'window' : 'background');
    const onSuspend = (): void => sync.setActivity('asleep');
    powerMonitor.on('suspend', onSuspend);
    powerMonitor.on('resume', setActivity);
    powerMonitor.on('resume', emergencies.look);
    const stops = [
      tickets.onChange(({ upserted, removed }) => {
        pushTickets(opened, new Set(upserted.map(({ after }) => after.id)), removed);
        upserted.forEach(({ after }) => ipc.push('ticket.changed', after));
        renderTray();
      }),
      outbox.onChange(({ upserted, removed }) => {
        ipc.push('outbox.changed', { upserted: [...upserted], removed: [...removed], progress: [] });
        renderTray();
      }),
      sync.onProgress((progress) =>
        ipc.push('outbox.changed', { upserted: [], removed: [], progress: [progress] }),
      ),
      drafts.onChange((all) => ipc.push('drafts.changed', { drafts: [...all] })),
      facts.onChange(() => updateState(opened)),
      emergencies.onChange(() => updateState(opened)),
      sync.onReach(() => updateState(opened)),
      window.onVisibility(setActivity),
      window.onVisibility((visible) => {
        if (visible) void restarts.visit().catch((error: unknown) => log.error('restart.visit', error));
      }),
      restarts.onChange(() => updateState(opened)),
      ...(opened.fallback ? [opened.fallback.onChange(() => updateState(opened))] : []),
      () => powerMonitor.off('suspend', onSuspend),
      () => powerMonitor.off('resume', setActivity),
      () => powerMonitor.off('resume', emergencies.look),
    ];
    setActivity();
    updateState(opened);
    pushTickets(opened, 'all', []);
    ipc.push('outbox.changed', { upserted: [...outbox.items()], removed: [], progress: [] });
    ipc.push('drafts.changed', { drafts: [...drafts.list()] });
    return () => {
      stops.forEach((one) => one());
      kept.note({ items: waitingItems(outbox.items()).length, drafts: drafts.list().filter(isBegun).length });
      const removed = outbox.items().map(({ ref }) => ref);
      ipc.push('outbox.changed', { upserted: [], removed, progress: [] });
      ipc.push('drafts.changed', { drafts: [] });
      ipc.push('tickets.changed', {
        upserted: [],
        removed: tickets.list().map(({ id }) => id),
        dismissedSurveys: [],
        syncedAt: null,
      });
    };
  };

  /** Something else has changed that is told along with the account. */
  const refresh = (opened: OpenedAccount | null): void => {
    if (opened) updateState(opened);
    else appState.update({ ...withoutAccount(shared), policy: policyView(managed, null) });
    renderTray();
  };
  return {
    refresh,
    /** Another account is open, or none. */
    take(opened: OpenedAccount | null): void {
      stop();
      stop = opened ? follow(opened) : () => undefined;
      if (!opened)
        appState.update({
          emergencies: [],
          announcements: [],
          capabilities: null,
          fallback: null,
          quarantined: 0,
        });
      refresh(opened);
    },
  };
}

const connectionOf = (
  { account, facts }: OpenedAccount,
  reach: Reach,
  rules: DeskRules,
): ReturnType<Core['appState']['get']>['connection'] => ({
  kind: 'connected',
  board: account.target.kind,
  place: placeOf(account.target),
  signIn: wayUnder(account.target, account.signIn, rules),
  login: account.login,
  deskName: facts.agreement()?.provider ?? account.deskName,
  person: account.person,
  reach: reach.state,
  lastContactAt: reach.lastContactAt,
});

/** What the window knows while nobody is connected. */
const withoutAccount = (shared: Shared) => ({
  connection: { kind: 'none' as const },
  ...numbersOf(shared, null),
  kept: shared.kept.get(),
});

/**
 * The numbers to call and what was agreed: from the account's board, else from the policy, else the last that this machine
 * has known. While nobody is connected the policy is nearer to the truth than a desk of the past.
 */
function numbersOf(
  { core, managed, lastAgreement }: Shared,
  opened: OpenedAccount | null,
): Pick<AppState, 'agreement' | 'agreementFrom'> {
  const own = opened?.facts.agreement() ?? null;
  if (opened && own) return { agreement: own, agreementFrom: opened.account.target.kind };
  const told = managed.agreement(opened?.account.deskName ?? core.t('common:contact.serviceDesk'));
  if (told) return { agreement: told, agreementFrom: 'policy' };
  const last = lastAgreement.get();
  // A desk that has no agreement to tell must not be given another desk's numbers.
  if (last === null || (opened && last.from !== opened.account.target.kind)) return { agreement: null };
  return { agreement: last.agreement, agreementFrom: last.from };
}
