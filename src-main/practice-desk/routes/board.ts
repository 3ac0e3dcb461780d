import { MAX_FILE_BYTES, MAX_FILES } from '@shared/domain/attachment';
import { BOARD_API_VERSION } from '@shared/board-api';
import type { Board } from '../board/board';
import type { People } from '../board/people';
import type { Handlers } from '../http/handlers';
import { json } from '../http/operation';
import type { Words } from '../staff/words';

type BoardHandlers = Pick<
  Handlers,
  'getBoard' | 'createSession' | 'getMe' | 'getAgreement' | 'getAnnouncements'
>;

/** What the desk refuses among files, in words a client can show. */
const REFUSED_TYPES = ['application/x-msdownload', 'application/x-executable', 'application/x-sh'];

/** Who answers here, who is calling, and what was agreed on. */
export const boardRoutes = (deps: { board: Board; people: People; words: Words }): BoardHandlers => ({
  getBoard: () =>
    json({
      api: 'deskbell-board',
      version: BOARD_API_VERSION,
      name: deps.words.t('practice:board.name'),
      practice: true,
      signIn: { method: 'persona' },
      limits: { maxFileBytes: MAX_FILE_BYTES, maxFiles: MAX_FILES, refusedTypes: REFUSED_TYPES },
    }),
  createSession: async ({ body }) => json(await deps.people.signIn(body), 201),
  getMe: ({ person }) => json(person),
  getAgreement: () => json(deps.board.agreement()),
  getAnnouncements: ({ person }) => json({ announcements: deps.board.announcements(person) }),
});
