import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { ok, type Result } from '@shared/domain/result';
import { RefSchema, type Ref } from '@shared/domain/primitives';
import { IDEMPOTENCY_HEADER, ProblemSchema, type Person } from '@shared/board-api';
import type { People } from '../board/people';
import { StorageFailure } from '../data/store';
import type { DeskClock, DeskLog, Pace } from '../types';
import { readJson } from './body';
import { fingerprintOf } from './canonical';
import type { Faults } from './faults';
import { meetFault } from './fault-effects';
import { bearerOf, isWelcome } from './guards';
import type { Handlers } from './handlers';
import type { Answer, Call, Handler, Operation } from './operation';
import { operations, type OperationName } from './operations';
import { fieldErrors, type MakeProblem } from './problem';
import { matches, respond, type DeskEnv } from './respond';

/** What the server needs. */
export interface ServerDeps {
  readonly handlers: Handlers;
  readonly people: People;
  readonly faults: Faults;
  readonly problem: MakeProblem;
  readonly pace: Pace;
  readonly clock: DeskClock;
  readonly log: DeskLog;
  readonly host: string;
  /** The port that is listened on; known once it is. */
  readonly port: () => number;
}

/** How long to wait after the disk did not take a write, or nobody could say who asks. */
const RETRY_AFTER_SECONDS = 5;

/** The HTTP side of the desk: guards, faults, then the operations, each checked on its way in and out. */
export function createApp(deps: ServerDeps): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use('*', async (c, next) => {
    if (!isWelcome(c.env.incoming, deps.host, deps.port())) return respond(deps.problem('forbidden'));
    // hono answers HEAD by running the GET and dropping its body, which would open an event stream for nobody.
    if (c.env.incoming.method === 'HEAD') return respond(deps.problem('methodNotAllowed'));
    return meetFault(c as Context<DeskEnv>, next, deps);
  });
  for (const name of Object.keys(operations) as OperationName[]) {
    const operation: Operation = operations[name];
    app.on(operation.method, honoPath(operation.path), (c) => serve(c as Context<DeskEnv>, name, deps));
  }
  for (const [path, methods] of methodsByPath()) {
    const headers = { Allow: methods.join(', ') };
    app.all(honoPath(path), () => respond(deps.problem('methodNotAllowed', { headers })));
  }
  app.notFound(() => respond(deps.problem('notFound')));
  app.onError((error, c) => respond(failure(error, c, deps)));
  return app;
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { path, method } of Object.values(operations)) all.set(path, [...(all.get(path) ?? []), method]);
  return all;
}

async function serve(c: Context<DeskEnv>, name: OperationName, deps: ServerDeps): Promise<Response> {
  const operation: Operation = operations[name];
  const call = await checkedCall(c, operation, deps);
  if (!call.ok) return respond(call.fault);
  const handler: Handler<Operation> = deps.handlers[name];
  const answer = checkedAnswer(operation, await handler(call.value));
  return respond(operation.etag ? conditional(answer, c.env.incoming.headers['if-none-match']) : answer);
}

/** Everything an operation asks of a request; the first that is missing is answered. */
async function checkedCall(
  c: Context<DeskEnv>,
  operation: Operation,
  deps: ServerDeps,
): Promise<Result<Call<Operation>, Answer>> {
  const refuse = (...problem: Parameters<MakeProblem>): Result<never, Answer> => ({
    ok: false,
    fault: deps.problem(...problem),
  });
  const { incoming, outgoing } = c.env;
  if (operation.manualOnly && deps.pace !== 'manual') return refuse('notFound');

  const caller = await deps.people.identify(bearerOf(incoming));
  if (caller === 'unavailable')
    return refuse('unavailable', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });
  const isIn = { anybody: true, person: caller.person !== null, desk: caller.trusted }[operation.access];
  if (!isIn) return refuse('unauthorized', { headers: { 'WWW-Authenticate': 'Bearer' } });

  const query = operation.query?.safeParse(c.req.query());
  if (query?.success === false) return refuse('badRequest', { errors: fieldErrors(query.error) });

  const key = keyOf(c, operation);
  if (key === undefined) return refuse('badRequest', { detail: IDEMPOTENCY_HEADER });

  const raw = operation.body ? await readJson(incoming) : ok(null);
  if (!raw.ok)
    return refuse(
      raw.fault === 'tooLarge' ? 'tooLarge' : raw.fault === 'badType' ? 'unsupportedType' : 'badRequest',
    );
  const body = operation.body?.safeParse(raw.value);
  if (body?.success === false) return refuse('invalid', { errors: fieldErrors(body.error) });

  return ok({
    params: c.req.param(),
    query: query?.data,
    body: body?.data,
    person: operation.access === 'person' ? caller.person : null,
    key,
    fingerprint: fingerprintOf(operation.method, c.req.path, raw.value),
    trusted: caller.trusted,
    until: caller.until,
    incoming,
    outgoing,
  } as Call<Operation> & { person: Person | null });
}

/** The idempotency key; `null` where none is needed, `undefined` where it is missing or is no UUID. */
function keyOf(c: Context<DeskEnv>, operation: Operation): Ref | null | undefined {
  if (!operation.idempotencyKey) return null;
  const header = c.req.header(IDEMPOTENCY_HEADER);
  if (header === undefined) return operation.idempotencyKey === 'optional' ? null : undefined;
  const key = RefSchema.safeParse(header);
  return key.success ? key.data.toLowerCase() : undefined;
}

/** An answer that does not fit its schema is a bug here, and the client is spared it. */
function checkedAnswer(operation: Operation, answer: Answer): Answer {
  if (answer.kind === 'problem') ProblemSchema.parse(answer.problem);
  if (answer.kind !== 'json') return answer;
  const schema = operation.answers[answer.status]?.schema;
  if (!schema) throw new Error(`practice desk: no answer ${answer.status} is declared for ${operation.path}`);
  return { ...answer, value: schema.parse(answer.value) };
}

/** Adds an ETag where the handler set none, and answers 304 to a client that has this version. */
function conditional(answer: Answer, ifNoneMatch: string | undefined): Answer {
  if (answer.kind !== 'json' || answer.status !== 200) return answer;
  const text = JSON.stringify(answer.value);
  const etag =
    answer.headers?.ETag ?? `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  const headers = { ...answer.headers, ETag: etag };
  if (matches(ifNoneMatch, etag)) return { kind: 'notModified', headers };
  return { kind: 'text', status: 200, text, headers };
}

function failure(error: unknown, c: Context<DeskEnv>, deps: ServerDeps): Answer {
  if (c.env.incoming.destroyed && !c.env.incoming.complete) {
    deps.log.info('practice-desk.request-aborted');
    return deps.problem('badRequest');
  }
  deps.log.error('practice-desk.request', error);
  if (error instanceof StorageFailure) {
    return deps.problem('unavailable', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });
  }
  return deps.problem('internal');
}
