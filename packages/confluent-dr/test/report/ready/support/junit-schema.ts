/** What an element may have, by the published schema of JUnit's XML (Jenkins' xUnit plugin, junit-10.xsd). */
interface ElementRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  /** At most one of these. */
  readonly oneOf?: readonly string[];
}

const OUTCOME: ElementRule = { required: [], optional: ['type', 'message'], children: [] };

const RULES: Readonly<Record<string, ElementRule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: [
      ...['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url', 'version'],
    ],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name', 'classname'],
    optional: ['assertions', 'time', 'status', 'group', 'file', 'line', 'url'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    oneOf: ['skipped', 'error', 'failure'],
  },
  skipped: OUTCOME,
  error: OUTCOME,
  failure: OUTCOME,
  'system-out': { required: [], optional: [], children: [] },
  'system-err': { required: [], optional: [], children: [] },
};

const FORMS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(['tests', 'failures', 'errors', 'skipped', 'disabled'].map((name) => [name, /^\d+$/])),
  time: /^\d+(\.\d+)?$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** What is wrong with a report by that schema, and with its counts. */
export function junitProblems(xml: string): string[] {
  try {
    const root = parsed(xml);
    return ['testsuites', 'testsuite'].includes(root.name) ? problemsOf(root) : [`its root is ${root.name}`];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Of elements alone: these reports have no text in between. @throws Error where it is not well-formed */
function parsed(xml: string): Element {
  const [declaration] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(xml) ?? [];
  if (declaration === undefined) {
    throw new Error('it does not begin as XML does');
  }
  const open: Element[] = [{ name: '', attributes: {}, children: [] }];
  const token = /\s*<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>\s*/y;
  for (token.lastIndex = declaration.length; token.lastIndex < xml.length;) {
    const at = token.lastIndex;
    const [, end, name, attributes, empty] = token.exec(xml) ?? [];
    if (name === undefined) {
      throw new Error(`not well-formed at ${xml.slice(at, at + 40)}`);
    }
    if (end) {
      if (open.pop()?.name !== name) {
        throw new Error(`</${name}> ends something else`);
      }
      continue;
    }
    const element: Element = { name, attributes: attributesOf(attributes), children: [] };
    open.at(-1)!.children.push(element);
    if (!empty) {
      open.push(element);
    }
  }
  const [{ children }, ...unended] = open;
  if (unended.length > 0 || children.length !== 1) {
    throw new Error(`one root is allowed, with an end; received ${children.map(({ name }) => name).join(', ')}`);
  }
  return children[0];
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value] as const);
  const bare = pairs.find(([, value]) => /&(?!#\d+;|#x[\da-f]+;|amp;|lt;|gt;|quot;|apos;)/i.test(value));
  if (bare || new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new Error(`attributes are not well-formed: ${text}`);
  }
  return Object.fromEntries(pairs);
}

function problemsOf({ name, attributes, children }: Element): string[] {
  const rule = RULES[name];
  if (rule === undefined) {
    return [`there is no ${name}`];
  }
  const given = Object.keys(attributes);
  const names = children.map((child) => child.name);
  return [
    ...rule.required.filter((one) => !given.includes(one)).map((one) => `${name} lacks ${one}`),
    ...given.filter((one) => ![...rule.required, ...rule.optional].includes(one)).map((one) => `${name} has ${one}`),
    ...given
      .filter((one) => FORMS[one] !== undefined && !FORMS[one].test(attributes[one]))
      .map((one) => `${one} of ${name} is ${attributes[one]}`),
    ...names.filter((one) => !rule.children.includes(one)).map((one) => `${name} holds ${one}`),
    ...(names.filter((one) => rule.oneOf?.includes(one)).length > 1 ? [`${name} has several outcomes`] : []),
    ...(name === 'testsuite' ? miscounted(attributes, children) : []),
    ...children.flatMap(problemsOf),
  ];
}

function miscounted(attributes: Element['attributes'], children: readonly Element[]): string[] {
  const cases = children.filter(({ name }) => name === 'testcase');
  const having = (outcome: string): number =>
    cases.filter((one) => one.children.some(({ name }) => name === outcome)).length;
  const counts = {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
  return Object.entries(counts)
    .filter(([name, count]) => attributes[name] !== undefined && attributes[name] !== String(count))
    .map(([name, count]) => `${name} is ${attributes[name]}, and there are ${count}`);
}
