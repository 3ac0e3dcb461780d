import os from 'node:os';
import { app, powerMonitor } from 'electron';
import type { PolicyView } from '@shared/domain/policy-view';
import type { Account } from '../auth/accounts';
import { isSameDesk, type ChosenDesk, type DeskRules } from '../desk/chosen-desk';
import { placeOf } from '../desk/offers';
import { POLICY_SWITCH } from '../policy/command-line';
import { createManaged, type Managed } from '../policy/managed';
import { createPolicyKeeper, type PolicyKeeper } from '../policy/policy';
import { sourceOf } from '../policy/sources';
import type { Core } from './core.types';

/** The managed settings of this computer; nothing is read yet but the copy of the last time. */
export function composePolicy({ developer, files, clock, log }: Core): {
  readonly keeper: PolicyKeeper;
  readonly managed: Managed;
} {
  // Whoever starts a program may write anywhere: a packaged Deskbell takes nothing from its command line.
  const chosenFile = developer ? app.commandLine.getSwitchValue(POLICY_SWITCH) : '';
  const source = sourceOf({
    platform: process.platform,
    env: process.env,
    userName: os.userInfo().username,
    chosenFile: chosenFile || null,
  });
  const keeper = createPolicyKeeper({ source, kept: files.policy, clock, log });
  // A computer that slept may have been taken to another place, or been given new settings.
  powerMonitor.on('resume', () => void keeper.refresh());
  return { keeper, managed: createManaged(keeper) };
}

/** Which desks may be connected. */
export const deskRules = (managed: Managed): DeskRules => ({
  chosen: () => chosenDesk(managed),
  allowsOthers: () => managed.allows('otherDesks'),
  allowsPractice: () => managed.allows('practiceDesk'),
});

function chosenDesk(managed: Managed): ChosenDesk | null {
  const { board, agreement, branding, signIn } = managed.policy();
  if (!board) return null;
  return {
    target: board,
    name: agreement?.provider ?? null,
    logo: branding?.logo ?? null,
    login: (signIn?.name ?? '').replaceAll('{user}', os.userInfo().username),
    tokens: signIn?.tokens ?? 'allowed',
    scopes: signIn?.scopes ?? null,
  };
}

/**
 * An account at the desk that was chosen is spoken to as the organisation says now (names of fields, a mail server). Its
 * place stays as it is: it names the account's folder.
 */
export function asChosen(account: Account, managed: Managed): Account {
  const { board } = managed.policy();
  if (!board || !isSameDesk(board, account.target)) return account;
  const place = 'url' in account.target ? { url: account.target.url } : {};
  return { ...account, target: { ...board, ...place } };
}

/** What the window shows of the managed settings, with the account that is connected. */
export function policyView(managed: Managed, account: Account | null): PolicyView {
  const { board } = managed.policy();
  if (!board) return managed.view();
  return {
    ...managed.view(),
    desk: { kind: board.kind, place: placeOf(board) },
    isOtherDesk: account !== null && account.target.kind !== 'practice' && !isSameDesk(board, account.target),
  };
}
