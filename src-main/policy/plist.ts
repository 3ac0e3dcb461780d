import { err, ok, type Result } from '@shared/domain/result';

/** A value of a property list. Dates and data stay the text they are written as. */
export type PlistValue =
  string | number | boolean | readonly PlistValue[] | { readonly [key: string]: PlistValue };

const TOKEN = /<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([a-z]+)[^>]*?(\/?)>|([^<]+)/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

type Token =
  | { readonly kind: 'open' | 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Reads a property list in XML (https://www.apple.com/DTDs/PropertyList-1.0.dtd), as `plutil` and configuration profiles
 * write it. Nothing outside the text is ever looked up.
 */
export function parsePlist(xml: string): Result<PlistValue, 'notAPlist'> {
  const tokens = tokensOf(xml);
  const reader = createReader(tokens);
  try {
    reader.open('plist');
    const value = reader.value();
    reader.close('plist');
    return reader.isAtEnd() ? ok(value) : err('notAPlist');
  } catch (error) {
    if (error instanceof SyntaxError) return err('notAPlist');
    throw error;
  }
}

function tokensOf(xml: string): readonly Token[] {
  return [...xml.matchAll(TOKEN)].flatMap(([, slash, name, selfClosing, text]): readonly Token[] => {
    if (text !== undefined) return [{ kind: 'text', text }];
    if (name === undefined) return [];
    const open: Token = { kind: slash === '/' ? 'close' : 'open', name };
    return selfClosing === '/' ? [open, { kind: 'close', name }] : [open];
  });
}

function createReader(tokens: readonly Token[]) {
  let at = 0;
  const isBlank = (token: Token | undefined): boolean => token?.kind === 'text' && token.text.trim() === '';
  /** The next element's beginning or end; the white space between elements means nothing. */
  const peek = (): Token | undefined => {
    while (isBlank(tokens[at])) at += 1;
    return tokens[at];
  };
  const take = (kind: 'open' | 'close', name?: string): string => {
    const token = peek();
    if (token?.kind !== kind || (name !== undefined && token.name !== name))
      throw new SyntaxError(`${name ?? 'an element'} is missing`);
    at += 1;
    return token.name;
  };
  const text = (name: string): string => {
    const parts: string[] = [];
    for (let token = tokens[at]; token?.kind === 'text'; token = tokens[at]) {
      parts.push(token.text);
      at += 1;
    }
    take('close', name);
    return unescape(parts.join(''));
  };
  const isNext = (kind: 'open' | 'close'): boolean => peek()?.kind === kind;

  function value(): PlistValue {
    const name = take('open');
    switch (name) {
      case 'dict':
        return group();
      case 'array':
        return list();
      case 'true':
      case 'false':
        take('close', name);
        return name === 'true';
      case 'integer':
      case 'real':
        return Number(text(name).trim());
      case 'string':
      case 'date':
        return text(name);
      case 'data':
        return text(name).replace(/\s+/g, '');
      default:
        throw new SyntaxError('not a kind of value');
    }
  }

  function group(): PlistValue {
    const members: [string, PlistValue][] = [];
    while (isNext('open')) {
      take('open', 'key');
      members.push([text('key'), value()]);
    }
    take('close', 'dict');
    return Object.fromEntries(members);
  }

  function list(): PlistValue {
    const entries: PlistValue[] = [];
    while (isNext('open')) entries.push(value());
    take('close', 'array');
    return entries;
  }

  return {
    open: (name: string) => take('open', name),
    close: (name: string) => take('close', name),
    value,
    isAtEnd: () => peek() === undefined,
  };
}

const unescape = (text: string): string =>
  text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const isHex = name[1]?.toLowerCase() === 'x';
    const code = isHex ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
