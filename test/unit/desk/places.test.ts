import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../src-main/desk/places';

const hrefs = (typed: string) => {
  const places = placesOf(typed);
  return places.ok ? places.value.map(({ href }) => href) : places.fault;
};

describe('what a person types as the address of a desk', () => {
  it.each([
    ['help.example.com', ['https://help.example.com/']],
    ['  Help.Example.com ', ['https://help.example.com/']],
    ['anna@example.com', ['https://example.com/']],
    ['mailto:anna@example.com', ['https://example.com/']],
    ['https://example.com/rt/', ['https://example.com/rt', 'https://example.com/']],
    ['example.com:8443', ['https://example.com:8443/']],
    ['localhost:8980', ['http://localhost:8980/']],
    ['127.0.0.1:8980', ['http://127.0.0.1:8980/']],
    ['https://bücher.example', ['https://xn--bcher-kva.example/']],
  ])('%s names a place', (typed, expected) => expect(hrefs(typed)).toEqual(expected));

  it.each([
    '',
    '   ',
    'my desk',
    'desk',
    'ftp://example.com',
    'javascript:alert(1)',
    'https://a:b@example.com',
    '@',
  ])('%s names none', (typed) => expect(hrefs(typed)).toBe('notAnAddress'));

  it.each(['http://example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1'])(
    '%s is not secure',
    (typed) => expect(hrefs(typed)).toBe('notSecure'),
  );

  it('never leads to another host than the one that was typed, whatever the path', () => {
    const path = fc.stringMatching(/^[/\\%.:@?#a-z0-9 ]*$/);
    fc.assert(
      fc.property(fc.domain(), path, (domain, after) => {
        const places = placesOf(`https://${domain}/${after}`);
        if (!places.ok) return;
        for (const { host } of places.value) expect(host).toBe(new URL(`https://${domain}`).host);
      }),
    );
    expect(hrefs('https://desk.example//other.example/x')).toEqual([
      'https://desk.example//other.example/x',
      'https://desk.example/',
    ]);
  });

  it('never leads to a place without TLS beyond this computer, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.emailAddress(), fc.domain()), (typed) => {
        const places = placesOf(typed);
        if (!places.ok) return;
        for (const { protocol, hostname } of places.value)
          expect(protocol === 'https:' || /^(localhost|127\.|\[::1\])|\.localhost$/.test(hostname)).toBe(
            true,
          );
      }),
    );
  });
});
