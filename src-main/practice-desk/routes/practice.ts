import type { Result } from '@shared/domain/result';
import type { BoardTicket } from '@shared/board-api';
import type { Controls } from '../board/controls';
import type { Faults } from '../http/faults';
import type { Handlers } from '../http/handlers';
import { json, type Answer } from '../http/operation';
import type { MakeProblem } from '../http/problem';
import type { Standstill } from '../staff/advance';
import type { Stage } from '../staff/stage';
import type { Words } from '../staff/words';

type PracticeHandlers = Pick<
  Handlers,
  | 'advanceTicket'
  | 'replyToTicket'
  | 'setTicketStatus'
  | 'changeAgreement'
  | 'setAnnouncements'
  | 'countWrites'
  | 'seedTickets'
  | 'setClock'
  | 'addFault'
  | 'listFaults'
  | 'clearFaults'
>;

/** What tests use with the manual pace. */
export function practiceRoutes(deps: {
  stage: Stage;
  controls: Controls;
  faults: Faults;
  problem: MakeProblem;
  words: Words;
}): PracticeHandlers {
  const { stage, controls, faults, problem, words } = deps;

  function ticketOr(result: Result<BoardTicket, 'notFound' | Standstill>): Answer {
    if (result.ok) return json(result.value);
    if (result.fault === 'notFound') return problem('notFound');
    const conflict = result.fault === 'closed' ? 'closed' : 'stale';
    return problem('conflict', { conflict, detail: words.t(`practice:refusal.${result.fault}`) });
  }

  return {
    advanceTicket: async ({ params, body }) => ticketOr(await stage.advance(params.id, body.to)),
    replyToTicket: async ({ params, body }) =>
      ticketOr(
        await stage.reply(params.id, {
          ...body,
          attachments: body.attachments.map(({ name, type, base64 }) => ({
            name,
            type,
            bytes: Buffer.from(base64, 'base64'),
          })),
        }),
      ),
    setTicketStatus: async ({ params, body }) => ticketOr(await stage.relabel(params.id, body.label)),
    changeAgreement: async ({ body }) => json(await controls.changeAgreement(body)),
    setAnnouncements: async ({ body }) =>
      json({ announcements: await controls.setAnnouncements(body.announcements) }),
    countWrites: () => json({ writes: controls.countWrites() }),
    async seedTickets({ person, body }) {
      await controls.seed(person, body.count);
      return json({ created: body.count }, 201);
    },
    setClock: ({ body }) => json({ now: controls.setClock(new Date(body.now)).toISOString() }),
    addFault({ body }) {
      faults.add(body);
      return json({ faults: faults.list() }, 201);
    },
    listFaults: () => json({ faults: faults.list() }),
    clearFaults() {
      faults.clear();
      return { kind: 'nothing', status: 204 };
    },
  };
}
