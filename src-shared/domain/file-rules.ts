import { MAX_FILE_BYTES, type FileProblem } from './attachment';
import { cleanText } from './text';

/** A file as far as the rules must know it. */
export interface FileFacts {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The beginning of the content; `HEAD_BYTES` are enough. */
  readonly head: Uint8Array;
}

/** How much of a file `checkFile` looks at, in bytes. */
export const HEAD_BYTES = 512;

/** The longest name that every common file system takes, in UTF-8 bytes. */
const MAX_NAME_BYTES = 255;
const FALLBACK_NAME = 'file';

/**
 * Extensions that a double click runs on Windows, macOS or Linux. Script languages that open in an editor (`.py`,
 * `.ts`, `.rb`) are not among them; documents with macros are not either: they are what people need help with.
 */
const PROGRAM_EXTENSIONS = new Set(
  (
    'appimage application appref-ms apk app bat bash cmd com command cpl crx csh deb desktop dll dmg exe ' +
    'fish gadget hta inf ins ipa iso img isp jar jnlp js jse ksh lnk mpkg msc msh msi msix msixbundle appx ' +
    'appxbundle msp mst ocx out pif pkg plugin prg ps1 ps1xml ps2 psc1 psd1 psm1 reg rpm run scf scpt scr sct ' +
    'settingcontent-ms sh shb shs so sys tool url vb vbe vbs vhd vhdx vxd webloc workflow ws wsc wsf wsh xbap xpi zsh'
  ).split(' '),
);

/** How the content of programs begins. */
const PROGRAM_MAGIC: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0xfe, 0xed, 0xfa, 0xce], // Mach-O, 32 and 64 bits, both byte orders
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe], // Mach-O for several processors, and Java classes
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], // Windows shortcut
];

/** Marks of direction: U+202E and its kin can make `exe.fdp` look like `pdf.exe` reversed. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE_NAME =
  /^(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?=\.|$)/i;
const NOT_IN_NAMES = /[<>:"|?*]/g;

/**
 * Why a file cannot go along, from its name, size and beginning alone; `null` if it can. A program is refused by its
 * extension (also behind spaces, dots or marks of direction) and by its content whatever it is called.
 */
export function checkFile(file: FileFacts): FileProblem | null {
  if (file.size === 0) return 'empty';
  if (isProgram(file.name, file.head)) return 'program';
  return file.size > MAX_FILE_BYTES ? 'tooLarge' : null;
}

/** Whether opening a file with this name or beginning would run it. */
export function isProgram(name: string, head: Uint8Array): boolean {
  return PROGRAM_EXTENSIONS.has(extensionOf(name)) || isProgramContent(head);
}

/** The extension in lower case without its dot, as the system that opens the file would read it; `''` for none. */
export function extensionOf(name: string): string {
  const visible = stripped(name).replace(/[. ]+$/, '');
  const dot = visible.lastIndexOf('.');
  return dot < 0
    ? ''
    : visible
        .slice(dot + 1)
        .trim()
        .toLowerCase();
}

function isProgramContent(head: Uint8Array): boolean {
  return (
    isPortableExecutable(head) || isScript(head) || PROGRAM_MAGIC.some((magic) => startsWith(head, magic))
  );
}

/** Windows programs start with `MZ`; a text that does so is told apart by the binary header that follows. */
const isPortableExecutable = (head: Uint8Array): boolean =>
  startsWith(head, [0x4d, 0x5a]) && head.subarray(2, 64).some((byte) => byte === 0);

/** A script that names its interpreter by an absolute path: `#!/…`, also after spaces. */
function isScript(head: Uint8Array): boolean {
  return startsWith(head, [0x23, 0x21]) && /^#!\s*\//.test(String.fromCharCode(...head.subarray(0, 16)));
}

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

const stripped = (name: string): string => cleanText(name).replace(BIDI, '').replace(/\s/g, ' ');

/** A size as people read it, in steps of 1000: `340 bytes`, `12 kB`, `3.4 MB`. Never says 0 of something that has bytes. */
export function sizeOf(bytes: number, locale: string): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), SIZE_UNITS.length - 1);
  const unit = SIZE_UNITS[step] ?? 'byte';
  const value = bytes / 1000 ** step;
  const maximumFractionDigits = value < 10 && step > 1 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits,
  }).format(value);
}

const SIZE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * A name under which a file can be saved on every system: no path, no control characters or marks of direction, no
 * device name, no dot or space at the ends, at most 255 UTF-8 bytes with the extension kept. Never empty. Applying it
 * twice changes nothing.
 */
export function safeFileName(name: string): string {
  const base =
    stripped(name)
      .split(/[/\\]/)
      .findLast((part) => /[^. ]/.test(part)) ?? '';
  const plain = trimmed(base.replace(NOT_IN_NAMES, '_')).replace(DEVICE_NAME, '_$&');
  return fit(plain || FALLBACK_NAME);
}

const trimmed = (name: string): string => name.replace(/^[. ]+|[. ]+$/g, '');

/** Cuts the middle of a name that is too long: whole graphemes, extension kept. */
function fit(name: string): string {
  if (byteLength(name) <= MAX_NAME_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const tail = dot > 0 && byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const stem = tail === '' ? name : name.slice(0, dot);
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(stem)) {
    if (byteLength(kept + segment) + byteLength(tail) > MAX_NAME_BYTES) break;
    kept += segment;
  }
  return `${trimmed(kept) || FALLBACK_NAME}${tail}`;
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;
