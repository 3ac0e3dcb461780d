import { MAX_FILE_BYTES, MAX_FILES } from '@shared/domain/attachment';
import { BOARD_API_VERSION, type Board as BoardDescription } from '@shared/board-api';
import type { Board } from '../board/board';
import type { People } from '../board/people';
import type { Handlers } from '../http/handlers';
import { json } from '../http/operation';
import type { MakeProblem } from '../http/problem';
import type { IssuerOptions } from '../identity/issuer';
import type { Words } from '../staff/words';

type BoardHandlers = Pick<
  Handlers,
  'getBoard' | 'createSession' | 'getMe' | 'getAgreement' | 'getAnnouncements'
>;

/** What the desk refuses among files, in words a client can show. */
const REFUSED_TYPES = ['application/x-msdownload', 'application/x-executable', 'application/x-sh'];

/** Who answers here, who is calling, and what was agreed on. */
export const boardRoutes = (deps: {
  board: Board;
  people: People;
  issuer: IssuerOptions | null;
  problem: MakeProblem;
  words: Words;
}): BoardHandlers => ({
  getBoard: () =>
    json({
      api: 'deskbell-board',
      version: BOARD_API_VERSION,
      name: deps.words.t('practice:board.name'),
      practice: true,
      signIn: signInBy(deps.issuer),
      limits: { maxFileBytes: MAX_FILE_BYTES, maxFiles: MAX_FILES, refusedTypes: REFUSED_TYPES },
    }),
  createSession: async ({ body }) =>
    deps.issuer ? deps.problem('notFound') : json(await deps.people.signIn(body), 201),
  getMe: ({ person }) => json(person),
  getAgreement: () => json(deps.board.agreement()),
  getAnnouncements: ({ person }) => json({ announcements: deps.board.announcements(person) }),
});

function signInBy(issuer: IssuerOptions | null): BoardDescription['signIn'] {
  if (issuer === null) return { method: 'persona' };
  const { audience: _, scopes, ...way } = issuer;
  return { method: 'oidc', ...way, scopes: [...scopes] };
}
