import type { SpooledFile } from '@shared/domain/attachment';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Message, StateChange } from '@shared/domain/ticket';

/** One thing said: by the board, or by the user and still (or just) on its way. */
export type Saying =
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly at: string;
      readonly message: Message;
      readonly isOwn: boolean;
    }
  | {
      readonly kind: 'outgoing';
      readonly key: string;
      readonly at: string;
      readonly text: string;
      readonly files: readonly SpooledFile[];
      readonly item: OutboxItem;
    }
  | {
      readonly kind: 'told';
      readonly key: string;
      readonly at: string;
      readonly change: StateChange;
      readonly text: string;
      readonly item: OutboxItem;
    };

/** Everything said on one calendar day. */
export interface TalkDay {
  /** The start of the first saying of the day; the day is named by it. */
  readonly at: string;
  readonly sayings: readonly Saying[];
}

/**
 * The conversation of one ticket: what the board has, then what this computer has not delivered yet, in the order it
 * was written. A write that the board already shows (by its ref) is shown once, and what is on its way stays last:
 * its time on the board is not known yet.
 */
export function sayingsOf(
  messages: readonly Message[],
  items: readonly OutboxItem[],
  isMine: (message: Message) => boolean,
): readonly Saying[] {
  const shown = new Set(messages.map((message) => message.ref));
  const said = messages
    .map((message): Saying => ({
      kind: 'message',
      key: message.ref ?? message.id,
      at: message.at,
      message,
      isOwn: isMine(message),
    }))
    .toSorted((a, b) => a.at.localeCompare(b.at));
  const outgoing = items
    .filter((item) => !shown.has(item.ref))
    .toSorted((a, b) => a.sequence - b.sequence)
    .flatMap((item) => outgoingOf(item, messages));
  return [...said, ...outgoing];
}

/** Only what the board does not show by itself: a delivered state change shows in the steps, a delivered rating in the survey. */
function outgoingOf(item: OutboxItem, messages: readonly Message[]): readonly Saying[] {
  const { ref: key, acceptedAt: at, write } = item;
  switch (write.kind) {
    case 'create':
      return messages.length > 0
        ? []
        : [{ kind: 'outgoing', key, at, text: write.intake.problem, files: write.files, item }];
    case 'message':
      return [{ kind: 'outgoing', key, at, text: write.text, files: write.files, item }];
    case 'state':
      return item.state.kind === 'delivered'
        ? []
        : [{ kind: 'told', key, at, change: write.change, text: write.text, item }];
    case 'rate':
    case 'join':
      return [];
  }
}

/** The sayings by calendar day in the user's time zone. */
export function byDay(sayings: readonly Saying[], timeZone: string): readonly TalkDay[] {
  const dayOf = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const days: { at: string; day: string; sayings: Saying[] }[] = [];
  for (const saying of sayings) {
    const day = dayOf.format(new Date(saying.at));
    const last = days.at(-1);
    if (last?.day === day) last.sayings.push(saying);
    else days.push({ at: saying.at, day, sayings: [saying] });
  }
  return days;
}

/** The name by which a person is spoken of: the first word of a full name. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
