/** A value of the registry, as far as managed settings have such. `null`: of a kind that they do not have. */
export type RegistryValue = string | number | readonly string[] | null;
/** A key of the registry with its values and the keys below it. */
export interface RegistryKey {
  readonly [name: string]: RegistryValue | RegistryKey;
}

const KEY_LINE = /^HKEY_[A-Z_]+\\/;
/** Name, kind and data, each set off by four spaces; a name may itself have spaces in it. */
const VALUE_LINE = /^ {4}(.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;
/** How `reg.exe` writes the end of each text of a list. */
const LIST_SEPARATOR = '\\0';

interface Line {
  readonly key: readonly string[];
  readonly name: string;
  readonly type: string;
  readonly data: string;
}

/**
 * Reads what `reg.exe query KEY /s` prints. The keys are told by their full name, so that no word of the answer is needed
 * that Windows says in the user's language. A text with line breaks goes on in the next lines.
 *
 * @param key the full name of the key that was asked for, e.g. `HKEY_LOCAL_MACHINE\Software\Policies\Deskbell`
 */
export function parseRegQuery(text: string, key: string): RegistryKey {
  const tree: MutableKey = new Map();
  for (const { key: path, name, type, data } of linesOf(text, key))
    put(path.reduce<MutableKey>(keyBelow, tree), name, valueOf(type, data));
  return plain(tree);
}

/** The keys right below a key, from what `reg.exe query KEY` prints. */
export function subKeysOf(text: string, key: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => belowKey(line, key) ?? [])
    .filter((name) => name !== '');
}

function linesOf(text: string, key: string): readonly Line[] {
  const lines: { key: readonly string[]; name: string; type: string; data: string }[] = [];
  let current: readonly string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const value = VALUE_LINE.exec(line);
    if (KEY_LINE.test(line)) {
      current = belowKey(line, key);
    } else if (value && current) {
      const [, name = '', type = '', data = ''] = value;
      lines.push({ key: current, name, type, data });
    } else if (current) {
      const last = lines.at(-1);
      if (last?.key === current) last.data += `\n${line}`;
    }
  }
  // A key without a value of its own has no name but one in the user's language, in brackets.
  return lines.filter(({ name }) => !/^\(.*\)$/.test(name));
}

/** The names of the keys from `key` down to the one in the line; `null`: another key. The case of names means nothing. */
function belowKey(line: string, key: string): readonly string[] | null {
  const name = line.trim();
  if (!KEY_LINE.test(name)) return null;
  if (name.toLowerCase() === key.toLowerCase()) return [];
  return name.toLowerCase().startsWith(`${key.toLowerCase()}\\`)
    ? name.slice(key.length + 1).split('\\')
    : null;
}

function valueOf(type: string, data: string): RegistryValue {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return data.trimEnd();
    case 'REG_DWORD':
    case 'REG_QWORD':
      return Number(data.trim());
    case 'REG_MULTI_SZ':
      return data
        .trimEnd()
        .split(LIST_SEPARATOR)
        .filter((one) => one !== '');
    default:
      return null;
  }
}

type MutableKey = Map<string, RegistryValue | MutableKey>;

function keyBelow(key: MutableKey, name: string): MutableKey {
  const known = key.get(name);
  if (known instanceof Map) return known;
  const made: MutableKey = new Map();
  key.set(name, made);
  return made;
}

/** A key and a value may have the same name; the key then says more. */
function put(key: MutableKey, name: string, value: RegistryValue): void {
  if (!(key.get(name) instanceof Map)) key.set(name, value);
}

const plain = (key: MutableKey): RegistryKey =>
  Object.fromEntries([...key].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]));
