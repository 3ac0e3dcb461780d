import type { Connection } from '@shared/contract';
import { BOARD_KINDS } from '@shared/domain/board-kinds';
import type { JsonFile } from '../platform/json-file';

/**
 * Who is connected, as the stored file says, without the schemas: the tray and the first screen need it before anything
 * heavier is loaded. What does not look right counts as not connected until the account store has read it properly.
 */
export function readConnection(file: JsonFile): Connection {
  const account = field(file.readNow(), 'current');
  const person = field(account, 'person');
  const deskName = text(account, 'deskName');
  const board = BOARD_KINDS.find((kind) => kind === field(field(account, 'target'), 'kind'));
  const [name, email, phone] = [text(person, 'name'), text(person, 'email'), text(person, 'phone')];
  if (board === undefined) return { kind: 'none' };
  if (deskName === null || name === null || email === null || phone === null) return { kind: 'none' };
  return {
    kind: 'connected',
    board,
    deskName,
    // How to sign in again is said once the account store has read it properly.
    place: '',
    signIn: { kind: 'nothing' },
    login: '',
    person: { name, email, phone },
    reach: 'checking',
    lastContactAt: null,
  };
}

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;

const text = (of: unknown, name: string): string | null => {
  const value = field(of, name);
  return typeof value === 'string' ? value : null;
};
