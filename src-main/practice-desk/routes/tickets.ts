import { assertNever, type Result } from '@shared/domain/result';
import type { Board, WriteContent, WriteFault } from '../board/board';
import type { StoredAnswer, WriteKey } from '../board/once';
import type { Handlers } from '../http/handlers';
import { json, type Answer } from '../http/operation';
import type { MakeProblem } from '../http/problem';
import type { Words } from '../staff/words';

type TicketHandlers = Pick<
  Handlers,
  | 'listTickets'
  | 'createTicket'
  | 'getTicket'
  | 'addMessage'
  | 'setState'
  | 'rateTicket'
  | 'getRef'
  | 'joinAnnouncement'
>;
type KeyedCall =
  | Parameters<Handlers['addMessage']>[0]
  | Parameters<Handlers['setState']>[0]
  | Parameters<Handlers['rateTicket']>[0];

/** Header of an answer that was given before (same key, same body). */
export const REPLAYED_HEADER = 'Idempotent-Replayed';

/** Tickets: read, file, write into, change, rate. */
export function ticketRoutes(deps: { board: Board; problem: MakeProblem; words: Words }): TicketHandlers {
  const { board, problem } = deps;

  const write = async (call: KeyedCall, content: WriteContent): Promise<Answer> =>
    written(await board.write(call.person, keyOf(call), call.params.id, content), deps);

  return {
    listTickets({ person, query }) {
      const page = board.page(person, query);
      return page
        ? json(page)
        : problem('badRequest', { errors: [{ pointer: '/cursor', detail: 'unknown' }] });
    },
    createTicket: async (call) => written(await board.file(call.person, keyOf(call), call.body), deps),
    getTicket({ person, params }) {
      const ticket = board.ticket(person, params.id);
      return ticket ? json(ticket, 200, { ETag: `"${ticket.version}"` }) : problem('notFound');
    },
    addMessage: (call) => write(call, { kind: 'message', ...call.body }),
    setState: (call) => write(call, { kind: 'state', ...call.body }),
    rateTicket: (call) => write(call, { kind: 'rate', ...call.body }),
    joinAnnouncement: async (call) =>
      written(await board.join(call.person, keyOf(call), call.params.id), deps),
    getRef({ person, params }) {
      const answer = board.byRef(person, params.ref.toLowerCase());
      return answer ? json(answer) : problem('notFound');
    },
  };
}

const keyOf = (call: {
  readonly person: { readonly id: string };
  readonly key: string;
  readonly fingerprint: string;
}): WriteKey => ({ personId: call.person.id, ref: call.key, fingerprint: call.fingerprint });

function written(
  result: Result<StoredAnswer, WriteFault>,
  deps: { problem: MakeProblem; words: Words },
): Answer {
  if (!result.ok) return refused(result.fault, deps);
  const { status, answer, replayed } = result.value;
  return {
    kind: 'text',
    status,
    text: answer,
    ...(replayed ? { headers: { [REPLAYED_HEADER]: 'true' } } : {}),
  };
}

function refused(fault: WriteFault, { problem, words }: { problem: MakeProblem; words: Words }): Answer {
  if (fault === 'keyReused') return problem('keyReused', { conflict: 'keyReused' });
  switch (fault.kind) {
    case 'notFound':
      return problem('notFound');
    case 'badUpload':
      return problem('invalid', {
        errors: [{ pointer: `/uploads/${fault.index}`, detail: words.t('practice:refusal.upload') }],
      });
    case 'refused': {
      const { conflict, why } = fault.refusal;
      return problem('conflict', { conflict, detail: words.t(`practice:refusal.${why}`) });
    }
    default:
      return assertNever(fault);
  }
}
