/** A page of text: a title and lines under it. */
export interface Page {
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly string[];
}

const MARGIN = 64;
const TOP = 760;
/** Characters of the body font that fit on a line. */
const LINE_WIDTH = 80;

/** An A4 page as PDF 1.4, in a built-in font (PDF 32000-1, 9.6.2.2). Letters outside Latin-1 become `?`. */
export function pdfOf(page: Page): Uint8Array {
  const content = contentOf(page);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
  ];
  return Buffer.from(fileOf(objects), 'latin1');
}

function fileOf(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}

function contentOf(page: Page): string {
  const parts = [
    textAt('F2', 20, TOP, page.title),
    textAt('F1', 11, TOP - 24, page.subtitle),
    ...page.lines
      .flatMap((line) => wrapped(line, LINE_WIDTH))
      .map((line, index) => textAt('F1', 12, TOP - 64 - index * 20, line)),
  ];
  return parts.join('\n');
}

const textAt = (font: 'F1' | 'F2', size: number, y: number, text: string): string =>
  `BT /${font} ${size} Tf ${MARGIN} ${y} Td (${escaped(text)}) Tj ET`;

function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const escaped = (text: string): string =>
  text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .replace(/[\\()]/g, '\\$&');
