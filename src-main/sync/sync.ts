import { keptEmailLanes } from '@shared/domain/by-email';
import type { OutboxItem, Receipt } from '@shared/domain/outbox';
import { createDrain } from './drain';
import { createFactKeeper } from './fact-keeper';
import { createFollow } from './follow';
import { createListeners } from './listeners';
import { keepDelivered } from './prune';
import { createPull } from './pull';
import { CHECKING, reachAfter, watched, type Contact } from './reach';
import { inDoubt, isSentByEmail, sendItem, UNDECIDED } from './send';
import type { Activity, Reach, Sync, SyncDeps, TicketNews, UploadProgress } from './sync.types';

/** How many tickets are written to at the same time unless told otherwise. */
const LANES = 3;

/** Creates the sync of one connection. */
export function createSync(deps: SyncDeps): Sync {
  const { outbox, tickets, facts, spool, clock, network, random, log, mail } = deps;
  const { local = false, lanes = LANES } = deps;
  const stopper = new AbortController();
  const { signal } = stopper;
  const reachListeners = createListeners<Reach>(log);
  const newsListeners = createListeners<TicketNews>(log);
  const progressListeners = createListeners<UploadProgress>(log);
  let reach = CHECKING;
  let unlisten = (): void => undefined;

  const hasNetwork = (): boolean => local || network.isOnline();
  const mayTalk = (): boolean => !signal.aborted && reach.state !== 'signedOut' && hasNetwork();
  const isByEmail = (item: OutboxItem): boolean => isSentByEmail(item, outbox);

  const connector = watched(deps.connector, onContact);
  const pull = createPull({ connector, tickets, clock, log, signal, onNews });
  const keeper = createFactKeeper({ connector, facts, clock, signal });
  const follow = createFollow({
    connector,
    pull,
    facts: keeper,
    clock,
    random,
    log,
    canAsk: mayTalk,
    signal,
  });
  const drain = createDrain({
    outbox,
    clock,
    log,
    lanes,
    canSend: (item) => (isByEmail(item) ? !signal.aborted && mail?.canSend() !== false : mayTalk()),
    wayOf: (item) => (isByEmail(item) ? 'email' : 'board'),
    isHeld: (item) => item.write.kind === 'create' && facts.agreement()?.standing === 'serviceHold',
    send: (item, options) => sendItem({ connector, mail, outbox, tickets, spool }, item, options),
    onDelivered: (item, receipt) => run(item.write.kind === 'join' ? afterJoining() : afterDelivery(receipt)),
    onProgress: ({ ref }, sent, total) => progressListeners.tell({ ref, sent, total }),
  });

  const run = (task: Promise<unknown>): void =>
    void task.catch((error: unknown) => log.error('sync.failed', error));

  function onContact(contact: Contact, call: 'read' | 'write'): void {
    if (!signal.aborted) setReach(reachAfter(reach, contact, call, clock.now()));
  }

  function setReach(next: Reach): void {
    const before = reach.state;
    reach = next;
    if (before === next.state || signal.aborted) return;
    reachListeners.tell(next);
    if (next.state === 'signedOut') follow.stop();
    // The board is back: what waits after failures leaves at once.
    if (next.state === 'online' && before === 'offline') wakeOutbox();
  }

  const wakeOutbox = (): void => run(outbox.wake().then(() => drain.pump()));

  function onNetwork(online: boolean): void {
    if (reach.state === 'signedOut') return;
    if (!online && !local) {
      follow.stop();
      setReach({ ...reach, state: 'offline' });
      return;
    }
    wakeOutbox();
    follow.start();
  }

  function onNews(news: TicketNews): void {
    newsListeners.tell(news);
    run(prune());
  }

  async function afterDelivery(receipt: Receipt): Promise<void> {
    if (signal.aborted) return;
    if (connector.capabilities.read && receipt.via !== 'email') await pull.one(receipt.ticketId);
    await prune();
  }

  /** The board's list says it from now on. */
  async function afterJoining(): Promise<void> {
    keeper.outdate('announcements');
    if (mayTalk()) await keeper.refresh();
    await prune();
  }

  async function prune(): Promise<void> {
    const now = clock.now();
    const byEmail = keptEmailLanes(outbox.items(), now);
    await outbox.prune((item) => byEmail.has(item.lane) || keepDelivered(item, seen(item), now));
  }

  function seen(item: OutboxItem) {
    const id = item.state.kind === 'delivered' ? item.state.receipt.ticketId : '';
    const announcement = facts.announcements().find((one) => one.id === id);
    return { ticket: tickets.get(id), fetchedAt: pull.fetchedAt(id), announcement };
  }

  /** What was delivered shortly before the last end and may not be in the cache yet. */
  async function catchUpDeliveries(): Promise<void> {
    const ids = outbox
      .items()
      .flatMap(({ state, write }) =>
        state.kind === 'delivered' && write.kind !== 'join' && state.receipt.via !== 'email'
          ? [state.receipt.ticketId]
          : [],
      );
    for (const id of new Set(ids)) if (mayTalk() && connector.capabilities.read) await pull.one(id);
    await prune();
  }

  /** What was being sent at the last end, to somebody who cannot be asked for it: no network is needed to know that. */
  async function leaveUndecided(): Promise<void> {
    const isOpen = (item: OutboxItem): boolean =>
      item.state.kind === 'queued' &&
      inDoubt(item) &&
      (isByEmail(item) || connector.capabilities.idempotency === 'none');
    for (const { ref } of outbox.items().filter(isOpen))
      await outbox.settle(ref, { kind: 'needsUser', fault: UNDECIDED });
  }

  return {
    start() {
      const stops = [network.onChange(onNetwork), facts.onChange(() => drain.pump())];
      unlisten = () => stops.forEach((stop) => stop());
      if (!hasNetwork()) setReach({ ...reach, state: 'offline' });
      run(leaveUndecided());
      drain.start();
      follow.start();
      run(catchUpDeliveries());
    },
    async stop() {
      stopper.abort();
      unlisten();
      follow.stop();
      await drain.stop();
    },
    resume() {
      if (signal.aborted) return;
      setReach({ ...reach, state: hasNetwork() ? 'checking' : 'offline' });
      wakeOutbox();
      follow.start();
    },
    refresh: () => follow.refresh(),
    fetch: (id) => pull.one(id),
    setActivity: (activity: Activity) => follow.setActivity(activity),
    reach: () => reach,
    onReach: (listener) => reachListeners.add(listener),
    onNews: (listener) => newsListeners.add(listener),
    onProgress: (listener) => progressListeners.add(listener),
  };
}
