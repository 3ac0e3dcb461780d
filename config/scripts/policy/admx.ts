import { leavesOf, type Group, type Kinds, type Value, type Whole } from './model';
import { document, element, type Node } from './xml';

const SPACE = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';
const KEY = String.raw`Software\Policies\Deskbell`;
const REVISION = '1.0';
const SUPPORTED = 'SUPPORTED_Deskbell';
const ROOT = 'Deskbell';

/** Everything of one template: the definition for ADMX, and what ADML says of it. */
interface Template {
  readonly policy: Node;
  readonly strings: ReadonlyMap<string, string>;
  readonly presentation: Node | null;
}

/** The administrative template for Group Policy and Intune, and its English words. */
export function groupPolicyFiles(policy: Group): { readonly admx: string; readonly adml: string } {
  const groups = groupsOf(policy);
  const templates = leavesOf(policy).flatMap(templatesOf);
  return { admx: document(definitions(groups, templates)), adml: document(resources(groups, templates)) };
}

const groupsOf = (group: Group): readonly Group[] =>
  group.members.flatMap((member) => (member.kind === 'group' ? [member, ...groupsOf(member)] : []));

function definitions(groups: readonly Group[], templates: readonly Template[]): Node {
  return element(
    'policyDefinitions',
    { revision: REVISION, schemaVersion: '1.0', xmlns: SPACE },
    element(
      'policyNamespaces',
      {},
      element('target', { prefix: 'deskbell', namespace: 'Deskbell.Policies.Deskbell' }),
    ),
    element('resources', { minRequiredRevision: REVISION }),
    element(
      'supportedOn',
      {},
      element('definitions', {}, element('definition', { name: SUPPORTED, displayName: textRef(SUPPORTED) })),
    ),
    element(
      'categories',
      {},
      element('category', { name: ROOT, displayName: textRef(ROOT) }),
      ...groups.map((group) =>
        element(
          'category',
          {
            name: categoryOf(group.path),
            displayName: textRef(categoryOf(group.path)),
            explainText: textRef(`${categoryOf(group.path)}_Explain`),
          },
          element('parentCategory', { ref: categoryOf(group.path.slice(0, -1)) }),
        ),
      ),
    ),
    element('policies', {}, ...templates.map(({ policy }) => policy)),
  );
}

function resources(groups: readonly Group[], templates: readonly Template[]): Node {
  const strings = new Map([
    [SUPPORTED, 'Deskbell'],
    [ROOT, 'Deskbell'],
    ...groups.flatMap(({ path, title, description }): [string, string][] => [
      [categoryOf(path), title],
      [`${categoryOf(path)}_Explain`, description],
    ]),
    ...templates.flatMap((template) => [...template.strings]),
  ]);
  return element(
    'policyDefinitionResources',
    { revision: REVISION, schemaVersion: '1.0', xmlns: SPACE },
    element('displayName', {}, 'Deskbell'),
    element('description', {}, 'Managed settings of Deskbell, the tray client of a service desk.'),
    element(
      'resources',
      {},
      element('stringTable', {}, ...[...strings].map(([id, text]) => element('string', { id }, text))),
      element('presentationTable', {}, ...templates.flatMap(({ presentation }) => presentation ?? [])),
    ),
  );
}

function templatesOf(leaf: Value | Whole | Kinds): readonly Template[] {
  switch (leaf.kind) {
    case 'kinds':
      return leaf.kinds.flatMap((kind) =>
        wholeTemplates(
          kind,
          `${leaf.title}: ${kind.title}`,
          `${kind.description} Of the kinds of service desks only one counts: enable one of these settings.`,
        ),
      );
    case 'whole':
      return wholeTemplates(leaf, leaf.title, leaf.description);
    default:
      return [valueTemplate(leaf)];
  }
}

/** A part that counts as a whole is one setting with several fields; parts with keys of their own are settings beside it. */
function wholeTemplates(
  whole: Whole,
  title: string,
  description: string,
  category = categoryOf(whole.path.slice(0, -1)),
): readonly Template[] {
  const { mark, values, path } = whole;
  const id = idOf([...path, ...(mark ? [mark.value] : [])]);
  const own = template({
    id,
    title,
    description: [description, ...values.map((value) => `${value.title}: ${value.description}`)]
      .filter(Boolean)
      .join('\n'),
    category,
    key: keyOf(path),
    ...(mark ? { mark } : {}),
    values,
  });
  return [
    own,
    ...whole.parts.flatMap((part) =>
      wholeTemplates(part, `${title}: ${part.title.toLowerCase()}`, part.description, category),
    ),
  ];
}

function valueTemplate(value: Value): Template {
  const { path, title, description } = value;
  return template({
    id: idOf(path),
    title,
    description: `${description}${exampleOf(value)}`,
    category: categoryOf(path.slice(0, -1)),
    key: keyOf(path.slice(0, -1)),
    values: [value],
  });
}

interface Setting {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly key: string;
  readonly mark?: { readonly name: string; readonly value: string };
  readonly values: readonly Value[];
}

function template(setting: Setting): Template {
  const { id, title, description, category, key, mark, values } = setting;
  const [only] = values;
  // Yes and no alone need no field: the setting itself is enabled or disabled.
  const isSwitch = mark === undefined && values.length === 1 && only?.kind === 'yesNo';
  const fields = isSwitch ? [] : values;
  const strings = new Map([
    [id, title],
    [`${id}_Explain`, description],
    ...fields.flatMap((value) =>
      value.kind === 'choice'
        ? value.choices.map((choice): [string, string] => [choiceId(id, value, choice), choice])
        : [],
    ),
  ]);
  const policy = element(
    'policy',
    {
      name: id,
      class: 'Machine',
      displayName: textRef(id),
      explainText: textRef(`${id}_Explain`),
      key,
      ...(isSwitch ? { valueName: nameOf(only) } : {}),
      ...(mark ? { valueName: mark.name } : {}),
      ...(fields.length > 0 ? { presentation: `$(presentation.${id})` } : {}),
    },
    element('parentCategory', { ref: category }),
    element('supportedOn', { ref: SUPPORTED }),
    ...(isSwitch
      ? [
          element('enabledValue', {}, element('decimal', { value: 1 })),
          element('disabledValue', {}, element('decimal', { value: 0 })),
        ]
      : []),
    ...(mark
      ? [
          element('enabledValue', {}, element('string', {}, mark.value)),
          element('disabledValue', {}, element('delete')),
        ]
      : []),
    ...(fields.length > 0
      ? [element('elements', {}, ...fields.map((value) => fieldOf(id, key, value)))]
      : []),
  );
  const presentation =
    fields.length > 0
      ? element('presentation', { id }, ...fields.map((value) => shownField(id, value)))
      : null;
  return { policy, strings, presentation };
}

function fieldOf(id: string, key: string, value: Value): Node {
  const name = nameOf(value);
  const common = { id: `${id}_${name}`, valueName: name };
  const required = value.isRequired || isAlone(id, value) ? { required: 'true' } : {};
  switch (value.kind) {
    case 'yesNo':
      return element(
        'boolean',
        common,
        element('trueValue', {}, element('decimal', { value: 1 })),
        element('falseValue', {}, element('decimal', { value: 0 })),
      );
    case 'number':
      return element('decimal', { ...common, ...required, minValue: value.least, maxValue: value.most });
    case 'choice':
      return element(
        'enum',
        { ...common, ...required },
        ...value.choices.map((choice) =>
          element(
            'item',
            { displayName: textRef(choiceId(id, value, choice)) },
            element('value', {}, element('string', {}, choice)),
          ),
        ),
      );
    case 'text':
      return element('text', { ...common, ...required, maxLength: value.longest });
    case 'list':
      // Values of the list are named 1, 2, 3 … in a key of their own.
      return element('list', { id: common.id, key: `${key}\\${name}`, valuePrefix: '' });
  }
}

function shownField(id: string, value: Value): Node {
  const refId = `${id}_${nameOf(value)}`;
  switch (value.kind) {
    case 'yesNo':
      return element(
        'checkBox',
        { refId, ...(value.initial === true ? { defaultChecked: 'true' } : {}) },
        value.title,
      );
    case 'number':
      return element(
        'decimalTextBox',
        { refId, defaultValue: Number(value.initial ?? value.example ?? value.least) },
        value.title,
      );
    case 'choice':
      return element('dropdownList', { refId, noSort: 'true', defaultItem: 0 }, value.title);
    case 'text':
      return element(
        'textBox',
        { refId },
        element('label', {}, value.title),
        ...(typeof value.initial === 'string' ? [element('defaultValue', {}, value.initial)] : []),
      );
    case 'list':
      return element('listBox', { refId }, value.title);
  }
}

/** A setting of one value is nothing without it. */
const isAlone = (id: string, value: Value): boolean => idOf(value.path) === id;
const nameOf = (value: Value | undefined): string => value?.path.at(-1) ?? '';
const idOf = (path: readonly string[]): string => path.join('_');
const choiceId = (id: string, value: Value, choice: string): string => `${id}_${nameOf(value)}_${choice}`;
const categoryOf = (path: readonly string[]): string => (path.length === 0 ? ROOT : `Category_${idOf(path)}`);
const keyOf = (path: readonly string[]): string => [KEY, ...path].join('\\');
const textRef = (id: string): string => `$(string.${id})`;

function exampleOf({ example, kind }: Value): string {
  if (kind === 'yesNo' || kind === 'choice') return '';
  const words = (Array.isArray(example) ? example : [example])
    .filter((one): one is string | number => typeof one === 'string' || typeof one === 'number')
    .join('; ');
  return words === '' || words.length > 120 ? '' : `\nExample: ${words}`;
}
