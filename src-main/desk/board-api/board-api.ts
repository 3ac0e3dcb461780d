import type { Board } from '@shared/board-api';
import type { BoardTarget, SignInWay } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { ok, type Result } from '@shared/domain/result';
import type { BoardTools, BoardType, FoundBoard } from '../board-type';
import { createBoardApiConnector } from './board-api-connector';
import { createEntrance } from './entrance';

type Target = Extract<BoardTarget, { kind: 'boardApi' }>;

/** Boards that speak the Board API: a provider's gateway, or a practice desk that runs by itself. */
export const boardApi: BoardType<Target> = {
  kind: 'boardApi',

  async find(address, tools, signal) {
    const found = await entranceOf({ kind: 'boardApi', url: address.href }, tools, signal);
    if (found.ok) return found;
    // Something answered, but not as a board does.
    const { fault } = found;
    const isOther =
      fault.kind === 'conflict' || fault.kind === 'rejected' || fault.kind === 'authExpired' || isPage(fault);
    return isOther ? ok(null) : found;
  },

  entrance: entranceOf,

  async admit(target, sender, { clock, userAgent, ca, waysTo }, signal) {
    const entrance = createEntrance({ baseUrl: target.url, clock, userAgent, ca, waysTo });
    const entered = await entrance.signInAs(sender, signal);
    entrance.close();
    return entered.ok ? ok({ kind: 'bearer', token: entered.value.token }) : entered;
  },

  connect: (target, session, _person, tools) =>
    createBoardApiConnector({
      ...tools,
      baseUrl: target.url,
      async accessToken() {
        const credential = await session.credential();
        return credential?.kind === 'bearer' ? credential.token : null;
      },
      renewToken: async (token) => (await session.renew?.({ kind: 'bearer', token })) ?? false,
    }),
};

async function entranceOf(
  target: Target,
  { clock, userAgent, ca, waysTo }: BoardTools,
  signal?: AbortSignal,
): Promise<Result<FoundBoard<Target>, DeskFault>> {
  const entrance = createEntrance({ baseUrl: target.url, clock, userAgent, ca, waysTo });
  const board = await entrance.board(signal);
  entrance.close();
  return board.ok ? ok({ target, name: board.value.name, signIn: wayOf(board.value) }) : board;
}

function wayOf({ signIn }: Board): SignInWay {
  switch (signIn.method) {
    case 'persona':
      return { kind: 'persona' };
    case 'oidc': {
      const { method: _, ...way } = signIn;
      return { kind: 'browser', ...way };
    }
  }
}

const isPage = (fault: DeskFault): boolean => fault.kind === 'offline' && fault.cause === 'captivePortal';
