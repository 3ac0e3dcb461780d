import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import type { Ref } from '@shared/domain/primitives';
import type { Person, Problem } from '@shared/board-api';

/** One answer of an operation when all went well. */
export interface AnswerSpec {
  readonly description: string;
  /** What the answer must fit; left out where there is none to check (bytes, events, nothing). */
  readonly schema?: z.ZodType;
  /** `application/json` with a schema, nothing without, unless said here. */
  readonly media?: string;
}

/** One operation of the API, as data: the server and the OpenAPI document are made from it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With parameters in braces, e.g. `/v1/tickets/{id}`. */
  readonly path: string;
  readonly tag: 'board' | 'tickets' | 'files' | 'events' | 'practice';
  readonly summary: string;
  /** Who may call: anybody, somebody signed in, or whoever may use this desk at all (its access token, where it has one). */
  readonly access: 'anybody' | 'person' | 'desk';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is a file. */
  readonly bytes?: true;
  readonly idempotencyKey?: 'required' | 'optional';
  /** Answers carry an ETag, and 304 follows If-None-Match. */
  readonly etag?: true;
  readonly headers?: Readonly<Record<string, string>>;
  /** Exists with the manual pace only. */
  readonly manualOnly?: true;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Further problem statuses than those that follow from the rest. */
  readonly problems?: readonly number[];
}

type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** A request to an operation after everything the operation says was checked. */
export interface Call<O extends Operation> {
  readonly params: Readonly<Record<NamesIn<O['path']>, string>>;
  readonly query: O['query'] extends z.ZodObject ? z.output<O['query']> : undefined;
  readonly body: O['body'] extends z.ZodType ? z.output<O['body']> : undefined;
  readonly person: O['access'] extends 'person' ? Person : null;
  readonly key: O['idempotencyKey'] extends 'required' ? Ref : Ref | null;
  /** SHA-256 of method, address and body; of the body only where it is JSON. */
  readonly fingerprint: string;
  /** Whether the caller proved with the access token that it belongs to this desk's owner. */
  readonly trusted: boolean;
  /** Until when the caller has proved who they are; `null`: for as long as they like. */
  readonly until: Date | null;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** What a handler gives back. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly value: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** JSON that was checked when it was stored. */
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'stream';
      readonly stream: ReadableStream<Uint8Array>;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'nothing'; readonly status: 204 }
  /** The client has this version already. */
  | { readonly kind: 'notModified'; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'problem';
      readonly problem: Problem;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The handler writes to `outgoing` itself. */
  | { readonly kind: 'sent' };

/** What carries out an operation. */
export type Handler<O extends Operation> = (call: Call<O>) => Promise<Answer> | Answer;

/** Answers with a value. */
export const json = (
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  kind: 'json',
  status,
  value,
  headers,
});
