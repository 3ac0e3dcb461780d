import { RtFieldsSchema, type RtFields } from '@shared/domain/board';
import type { DeskConnector } from '../../../src-main/desk/connector';
import { createRtConnector } from '../../../src-main/desk/rt/rt-connector';
import { createClock } from '../../../src-main/platform/clock';
import { quietLog } from '../../support/quiet-log';
import type { BoardKind, BoardUnderTest, ConnectOptions } from '../board';
import { startRtServer, type RtServer, type RtUser } from './rt-server';
import { MANY } from './rt-template';

/** Time limits that let a test meet every one of them. */
const TIMEOUTS = { connect: 4_000, silence: 4_000, overall: 60_000 };

/** How a connector to RT is wanted. */
export interface RtConnectOptions extends ConnectOptions {
  readonly as?: RtUser;
  /** With name and password instead of the token. */
  readonly byPassword?: boolean;
  readonly queue?: string;
  readonly fields?: Partial<RtFields>;
  readonly wait?: number;
}

/** A Request Tracker of its own, as alice sees it. Closing it closes its connectors. */
export interface RtBoard extends BoardUnderTest {
  readonly rt: RtServer;
  connect(options?: RtConnectOptions): ReturnType<BoardUnderTest['connect']>;
}

/** Starts one. `wait`: how long a write whose answer never came may be under way, in ms. */
export async function startRtBoard(wait: number): Promise<RtBoard> {
  const rt = await startRtServer();
  const { people } = rt;
  const erin = rt.as('erin');
  const connectors: DeskConnector[] = [];
  const board: RtBoard = {
    rt,
    url: rt.url,

    connect({
      url = rt.url,
      as = 'alice',
      byPassword = false,
      isSignedOut = () => false,
      queue = rt.queue,
      fields = {},
      wait: ownWait = wait,
    } = {}) {
      const { name, realName, password, token, id } = people[as];
      const forgotten = { kind: 'token', token: `1-${id}-${'0'.repeat(32)}` } as const;
      const known = byPassword
        ? ({ kind: 'password', name, password } as const)
        : ({ kind: 'token', token } as const);
      const connector = createRtConnector({
        baseUrl: url,
        queue,
        fields: { ...RtFieldsSchema.parse({}), ...fields },
        credential: async () => (isSignedOut() ? forgotten : known),
        name: realName,
        clock: createClock(),
        log: quietLog(),
        timeouts: TIMEOUTS,
        wait: ownWait,
      });
      connectors.push(connector);
      return connector;
    },

    carriedOut: async (ref) =>
      Number(
        await rt.sql(
          `SELECT count(DISTINCT ObjectType || ObjectId) FROM ObjectCustomFieldValues WHERE Content = '${ref}' AND Disabled = 0`,
        ),
      ),
    resolve: async (id) => void (await erin.put(`/ticket/${id}`, { Status: 'resolved' })),
    reply: async (id, text) =>
      void (await erin.post(`/ticket/${id}/correspond`, { Content: text, ContentType: 'text/plain' })),
    announceOutage: async () => undefined,
    many: async () => ({ desk: board.connect({ as: 'carol' }), count: MANY }),
    refusing: async () => ({
      desk: board.connect({ queue: 'Closed Board' }),
      relent: () => rt.grant('Unprivileged', 'Closed Board', 'CreateTicket'),
    }),
    stop: () => rt.stop(),
    start: () => rt.start(),
    async close() {
      connectors.forEach((connector) => connector.close());
      await rt.close();
    },
  };
  return board;
}

/** Request Tracker 5 with everything Deskbell can use. */
export const requestTracker = (wait: number): BoardKind => ({
  name: 'Request Tracker',
  capabilities: {
    idempotency: 'lookup',
    read: true,
    assigneeShown: true,
    files: 'inline',
    reopen: 'reply',
    confirm: true,
    withdraw: false,
    rating: 'scale5',
    join: false,
    since: 'server',
    push: false,
  },
  createPath: '/REST/2.0/ticket',
  isSlow: true,
  start: () => startRtBoard(wait),
});
