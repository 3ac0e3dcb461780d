/**
 * The names of every IPC call and push. Kept apart from the schemas so that the preload stays tiny;
 * `contract.ts` must have a schema for each (a missing or extra one does not compile).
 */
export const CALLS = [
  'app.state',
  'app.setTheme',
  'app.openExternal',
  'app.windowReady',
  'connection.connectPractice',
  'connection.signOut',
  'connection.find',
  'connection.byMail',
  'connection.signIn',
  'connection.signInAgain',
  'connection.cancelSignIn',
  'connection.check',
  'tickets.list',
  'tickets.get',
  'tickets.refresh',
  'drafts.list',
  'drafts.create',
  'drafts.save',
  'drafts.discard',
  'drafts.addFile',
  'drafts.removeFile',
  'drafts.send',
  'drafts.sendParts',
  'outbox.list',
  'outbox.submitState',
  'outbox.join',
  'outbox.sendNow',
  'outbox.sendByEmail',
  'outbox.sendAgain',
  'outbox.markArrived',
  'outbox.removeSent',
  'outbox.edit',
  'outbox.copyText',
  'outbox.discard',
  'attachments.open',
  'attachments.save',
  'screenshot.capture',
  'screenshot.collect',
  'device.collect',
  'restart.begin',
  'restart.answer',
  'survey.dismiss',
  'survey.later',
  'survey.askForCall',
  'emergency.end',
  'practice.change',
  'fallback.get',
  'fallback.set',
  'settings.get',
  'settings.set',
] as const;
/** The name of an IPC call. */
export type CallName = (typeof CALLS)[number];

/** The names of what main pushes to the window. */
export const PUSHES = [
  'app.stateChanged',
  'app.navigate',
  'tickets.changed',
  'ticket.changed',
  'outbox.changed',
  'drafts.changed',
  'settings.changed',
] as const;
/** The name of a push. */
export type PushName = (typeof PUSHES)[number];

/** The one channel prefix, so that nothing else of Electron's is reachable by name. */
export const CHANNEL_PREFIX = 'deskbell:';
