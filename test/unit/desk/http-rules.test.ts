import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay } from '../../../src-main/desk/backoff';
import { isLoopback, parseBaseUrl } from '../../../src-main/desk/base-url';
import { closeCursor, openCursor, queryOf } from '../../../src-main/desk/board-api/cursor';
import { uploadKey } from '../../../src-main/desk/board-api/uploads';
import { failure } from '../../../src-main/desk/exchange';
import {
  DEFAULT_THROTTLE_MS,
  MAX_THROTTLE_MS,
  MIN_THROTTLE_MS,
  retryAfter,
} from '../../../src-main/desk/retry-after';
import { RefSchema } from '@shared/domain/primitives';
import { REF } from './support/connector';

const NOW = new Date('2026-03-02T08:00:00.000Z');
const wait = (value: string | undefined, date?: string): number =>
  retryAfter(value, NOW, date).getTime() - NOW.getTime();

describe('Retry-After', () => {
  it('takes seconds', () => expect(wait('120')).toBe(120_000));
  it('takes a date', () => expect(wait('Mon, 02 Mar 2026 08:05:00 GMT')).toBe(300_000));

  it('measures a date against the clock of the one who said it', () => {
    expect(wait('Mon, 02 Mar 2026 11:05:00 GMT', 'Mon, 02 Mar 2026 11:00:00 GMT')).toBe(300_000);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '0x10', '2026-03-02', 'NaN', '1e9'])(
    'falls back for %s',
    (value) => {
      expect(wait(value)).toBe(DEFAULT_THROTTLE_MS);
    },
  );

  it.each(['0', 'Mon, 02 Mar 2026 07:00:00 GMT'])('never means at once: %s', (value) => {
    expect(wait(value)).toBe(MIN_THROTTLE_MS);
  });

  it('is always a time between the bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map(String),
          fc.date({ noInvalidDate: true }).map((at) => at.toUTCString()),
        ),
        (value) => {
          expect(wait(value)).toBeGreaterThanOrEqual(MIN_THROTTLE_MS);
          expect(wait(value)).toBeLessThanOrEqual(MAX_THROTTLE_MS);
        },
      ),
    );
  });
});

describe('the address of a board', () => {
  it.each([
    'https://desk.example.com',
    'https://desk.example.com/api/',
    'http://localhost:4000',
    'http://127.0.0.1:80',
    'http://[::1]:4000',
  ])('may be %s', (text) => expect(parseBaseUrl(text).ok).toBe(true));

  it.each([
    'http://desk.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://localhost.example.com',
  ])('needs TLS: %s', (text) => expect(parseBaseUrl(text)).toEqual({ ok: false, fault: 'notSecure' }));

  it.each(['', 'desk', 'file:///etc/passwd', 'javascript:alert(1)'])('is none: %s', (text) => {
    expect(parseBaseUrl(text)).toEqual({ ok: false, fault: 'notAnAddress' });
  });

  it('keeps no credentials, query or trailing slash', () => {
    const url = parseBaseUrl('https://user:secret@desk.example.com/board/?a=1#b');
    expect(url.ok && url.value.href).toBe('https://desk.example.com/board');
  });

  it('keeps the host, however the path begins', () => {
    const url = parseBaseUrl('https://desk.example.com//other.example/x/');
    expect(url.ok && url.value.href).toBe('https://desk.example.com//other.example/x');
    expect(parseBaseUrl('https://desk.example.com//%00').ok).toBe(true);
  });

  it('knows this computer', () => expect(isLoopback(new URL('http://127.3.2.1/'))).toBe(true));
});

describe('a request that failed', () => {
  it.each([
    ['ENOTFOUND', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['ENETUNREACH', 'noNetwork'],
    ['EAI_AGAIN', 'noNetwork'],
    ['ETIMEDOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate'],
    ['EPROTO', 'certificate'],
  ])('before the connection stood (%s) did not leave', (code, cause) => {
    expect(failure('connecting', code, null)).toEqual({ kind: 'unsent', cause });
  });

  it('after that may have left, whatever the code says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sent' as const, 'answering' as const),
        fc.constantFrom('ECONNREFUSED', 'EPIPE', 'ENOTFOUND', ''),
        (stage, code) => {
          expect(failure(stage, code, null).kind).toBe('unanswered');
        },
      ),
    );
  });
});

describe('upload keys', () => {
  const sha = 'a'.repeat(64);
  it('are the same for the same file of the same write, and good keys', () => {
    expect(uploadKey(REF, 0, sha)).toBe(uploadKey(REF, 0, sha));
    expect(RefSchema.safeParse(uploadKey(REF, 0, sha)).success).toBe(true);
  });

  it('differ by place, content and write', () => {
    const keys = [
      uploadKey(REF, 0, sha),
      uploadKey(REF, 1, sha),
      uploadKey(REF, 0, 'b'.repeat(64)),
      uploadKey(crypto.randomUUID(), 0, sha),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the cursor', () => {
  it('goes on within a listing, and from the watermark after it', () => {
    expect(queryOf(openCursor(closeCursor({ watermark: 'w1', nextCursor: 'c1' })), 10)).toEqual({
      cursor: 'c1',
      limit: '10',
    });
    expect(queryOf(openCursor(closeCursor({ watermark: 'w1', nextCursor: null })), 10)).toEqual({
      updatedSince: 'w1',
      limit: '10',
    });
  });

  it.each([null, '', 'nonsense', '{}', '[1,2]'])('begins anew with %s', (text) => {
    expect(queryOf(openCursor(text), 10)).toEqual({ limit: '10' });
  });
});

describe('waiting between tries', () => {
  it('grows, stays below the longest, and leaves at least half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, chance) => {
          const full = Math.min(1_000 * 2 ** (failures - 1), 60_000);
          const delay = backoffDelay({ first: 1_000, longest: 60_000 }, failures, () => chance);
          expect(delay).toBeGreaterThanOrEqual(Math.floor(full / 2));
          expect(delay).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});
