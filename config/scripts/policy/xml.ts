/** An element of XML, or text. */
export type Node =
  string | { readonly name: string; readonly attributes: Attributes; readonly children: readonly Node[] };
type Attributes = Readonly<Record<string, string | number>>;

/** Makes an element. */
export const element = (name: string, attributes: Attributes = {}, ...children: readonly Node[]): Node => ({
  name,
  attributes,
  children,
});

/** Writes a document. */
export const document = (root: Node): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${write(root, '')}\n`;

function write(node: Node, indent: string): string {
  if (typeof node === 'string') return indent + escape(node);
  const { name, attributes, children } = node;
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const head = `${indent}<${name}${pairs.join('')}`;
  if (children.length === 0) return `${head}/>`;
  // Text stands right between its marks: the space around it would count.
  const [only] = children;
  if (children.length === 1 && typeof only === 'string') return `${head}>${escape(only)}</${name}>`;
  return [`${head}>`, ...children.map((child) => write(child, `${indent}  `)), `${indent}</${name}>`].join(
    '\n',
  );
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
