import * as z from 'zod';
import {
  AddMessageSchema,
  AdvanceSchema,
  AgreementSchema,
  AnnouncementsSchema,
  BOARD_API_VERSION,
  BoardEventSchema,
  BoardSchema,
  BoardTicketSchema,
  CreateTicketSchema,
  FaultSchema,
  IDEMPOTENCY_HEADER,
  PersonaAnswerSchema,
  PersonaRequestSchema,
  PersonSchema,
  PROBLEM_MEDIA_TYPE,
  ProblemSchema,
  SetStateSchema,
  SurveySchema,
  TicketPageSchema,
  UploadSchema,
  WriteAnswerSchema,
} from '@shared/board-api';
import { AnnouncementSchema } from '@shared/domain/agreement';
import { AttachmentSchema } from '@shared/domain/attachment';
import { IntakeSchema } from '@shared/domain/intake';
import { SurveyAnswersSchema } from '@shared/domain/survey';
import { MessageSchema } from '@shared/domain/ticket';
import type { AnswerSpec, Operation } from './http/operation';
import {
  AgreementChangeSchema,
  FaultsSchema,
  operations,
  ReplySchema,
  SeedAnswerSchema,
  SeedSchema,
  StatusSchema,
  WritesSchema,
} from './http/operations';

/** Schemas that the document names; the others are written out where they are used. */
const NAMED = {
  AddMessage: AddMessageSchema,
  Advance: AdvanceSchema,
  Agreement: AgreementSchema,
  AgreementChange: AgreementChangeSchema,
  Announcement: AnnouncementSchema,
  Announcements: AnnouncementsSchema,
  Attachment: AttachmentSchema,
  Board: BoardSchema,
  BoardEvent: BoardEventSchema,
  CreateTicket: CreateTicketSchema,
  Fault: FaultSchema,
  Faults: FaultsSchema,
  Intake: IntakeSchema,
  Message: MessageSchema,
  Person: PersonSchema,
  PersonaAnswer: PersonaAnswerSchema,
  PersonaRequest: PersonaRequestSchema,
  Problem: ProblemSchema,
  Reply: ReplySchema,
  Seed: SeedSchema,
  SeedAnswer: SeedAnswerSchema,
  SetState: SetStateSchema,
  Status: StatusSchema,
  Survey: SurveySchema,
  SurveyAnswers: SurveyAnswersSchema,
  Ticket: BoardTicketSchema,
  TicketPage: TicketPageSchema,
  Upload: UploadSchema,
  WriteAnswer: WriteAnswerSchema,
  Writes: WritesSchema,
} as const;

type Json = { readonly [key: string]: unknown };

const DESCRIPTION = `The contract between Deskbell and a service board. Every write carries an idempotency key: the same key
with the same body gets the first answer again, with another body 409. Errors are problem documents (RFC 9457); fields
that do not fit are named by JSON pointers. Operations below /practice exist on the practice desk only, with the manual pace.`;

/** The OpenAPI 3.1 document of the Board API as text, made from the operations and schemas that the server runs on. */
export function openApiDocument(): string {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Deskbell Board API',
      version: `${BOARD_API_VERSION}.0.0`,
      description: DESCRIPTION.replaceAll('\n', ' '),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [...new Set(Object.values(operations).map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: namedSchemas(),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function paths(): Json {
  const all: Record<string, Record<string, Json>> = {};
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    all[operation.path] = {
      ...all[operation.path],
      [operation.method.toLowerCase()]: described(name, operation),
    };
  }
  return all;
}

function described(operationId: string, operation: Operation): Json {
  const parameters = [
    ...pathParameters(operation),
    ...queryParameters(operation),
    ...headerParameters(operation),
  ];
  const requestBody = requestBodyOf(operation);
  return {
    operationId,
    tags: [operation.tag],
    summary: operation.summary,
    security: securityOf(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: responses(operation),
  };
}

/** A desk without an access token lets everybody use what `desk` operations offer, so signing in is optional there. */
function securityOf(operation: Operation): readonly Json[] {
  switch (operation.access) {
    case 'anybody':
      return [];
    case 'desk':
      return [{}, { session: [] }];
    case 'person':
      return [{ session: [] }];
  }
}

const pathParameters = ({ path }: Operation): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: Operation): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = inlined(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function headerParameters({ idempotencyKey, etag, headers = {} }: Operation): Json[] {
  const optional = (name: string, description: string): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  const key = { name: IDEMPOTENCY_HEADER, in: 'header', schema: { type: 'string', format: 'uuid' } };
  return [
    ...(idempotencyKey ? [{ ...key, required: idempotencyKey === 'required' }] : []),
    ...(etag
      ? [optional('If-None-Match', 'The ETag of the version that is known: 304 where it is still that one.')]
      : []),
    ...Object.entries(headers).map(([name, description]) => optional(name, description)),
  ];
}

function requestBodyOf({ body, bytes }: Operation): Json | null {
  if (bytes) return { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  return body ? { required: true, content: { 'application/json': { schema: reference(body) } } } : null;
}

function responses(operation: Operation): Json {
  const good = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    goodResponse(operation, answer),
  ]);
  const problems = problemsOf(operation).map((status) => [
    String(status),
    {
      description: PROBLEMS[status] ?? '',
      content: { [PROBLEM_MEDIA_TYPE]: { schema: reference(ProblemSchema) } },
    },
  ]);
  const unchanged = operation.etag
    ? [['304', { description: 'The version that is known is the newest.' }]]
    : [];
  return Object.fromEntries([...good, ...unchanged, ...problems]) as Json;
}

function goodResponse(operation: Operation, answer: AnswerSpec): Json {
  const media = answer.media ?? (answer.schema ? 'application/json' : null);
  const schema = answer.schema ? reference(answer.schema) : { type: 'string', format: 'binary' };
  const headers = {
    ...(operation.etag ? { ETag: { schema: { type: 'string' } } } : {}),
    ...(operation.idempotencyKey
      ? {
          'Idempotent-Replayed': {
            description: 'Given before, with the same key.',
            schema: { const: 'true' },
          },
        }
      : {}),
  };
  return {
    description: answer.description,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(media === null ? {} : { content: { [media]: { schema } } }),
  };
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Not understood: bad JSON, a query that does not fit, no idempotency key.',
  401: 'Not signed in, or not any more.',
  403: 'Asked by a web page, or under another name than the desk has.',
  404: 'Not there, or not the caller’s.',
  409: 'The ticket has moved on, or the key was used for something else; `conflict` says which.',
  413: 'Too large.',
  415: 'Not a type that is accepted.',
  422: 'Fields that do not fit; `errors` names them.',
  429: 'Too many requests; Retry-After says when to come back.',
  500: 'A bug of the board.',
  503: 'Not now; Retry-After says when to come back.',
};

/** The problem statuses an operation can have, from what it asks for. */
function problemsOf(operation: Operation): readonly number[] {
  const { access, query, body, bytes, idempotencyKey, path, problems = [], manualOnly } = operation;
  const statuses = new Set([403, 429, 500, 503, ...problems]);
  if (access !== 'anybody') statuses.add(401);
  if (query || body || bytes || idempotencyKey) statuses.add(400);
  if (path.includes('{') || manualOnly) statuses.add(404);
  if (idempotencyKey) statuses.add(409);
  if (body || bytes) for (const status of [413, 415, 422]) statuses.add(status);
  return [...statuses].sort((one, other) => one - other);
}

const referenceTo = (id: string): string => `#/components/schemas/${id}`;

function namedSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: referenceTo });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutMarks(schema)]));
}

/** A reference where the schema has a name, the schema itself otherwise. */
function reference(schema: z.ZodType): Json {
  const named = Object.entries<z.ZodType>(NAMED).find(([, known]) => known === schema);
  return named ? { $ref: referenceTo(named[0]) } : inlined(schema);
}

interface Inlined extends Json {
  readonly properties?: Json;
  readonly required?: readonly string[];
}

const inlined = (schema: z.ZodType): Inlined => withoutMarks(z.toJSONSchema(schema, { io: 'input' }));

/** `$schema` and `$id` say what the document says already. */
function withoutMarks(schema: object): Json {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}
