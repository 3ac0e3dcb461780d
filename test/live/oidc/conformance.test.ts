import type { BoardKind, BoardUnderTest } from '../board';
import { PRACTICE, startPracticeBoard, type SignedIn } from '../board-api/practice-board';
import { describeConformance } from '../conformance';
import { describeDelivery } from '../delivery';
import { startProvider } from './provider';
import { createStation, tokensFor, wayOf } from './station';

/** So short that access tokens end in the middle of everything. */
const ACCESS_TOKEN_SECONDS = 2;

/** A desk whose people sign in at a provider: Ada's session renews itself all the time. */
async function startBoard(): Promise<BoardUnderTest> {
  const provider = await startProvider({ accessTokenSeconds: ACCESS_TOKEN_SECONDS });
  const { issuer, clientId, audience, scopes } = provider;
  const station = createStation();
  const owner = { id: 'ada', signIn: wayOf(provider) };

  async function signIn(): Promise<SignedIn> {
    const tokens = await tokensFor(station, owner.signIn);
    await station.sessions.begin(owner, { kind: 'tokens', tokens });
    const session = station.sessions.of(owner);
    return {
      async token() {
        const credential = await session.credential();
        if (credential?.kind !== 'bearer') throw new Error('The session is over.');
        return credential.token;
      },
      renew: (token) => session.renew({ kind: 'bearer', token }),
    };
  }

  const board = await startPracticeBoard({ issuer: { issuer, clientId, audience, scopes }, signIn });
  return {
    ...board,
    async close() {
      await board.close();
      await provider.stop();
      station.remove();
    },
  };
}

const kind: BoardKind = { ...PRACTICE, name: 'Board API with OpenID Connect', start: startBoard };

describeConformance(kind);
describeDelivery(kind);
