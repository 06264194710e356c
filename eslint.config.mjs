import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

const DEEPEST = 3;

/** Folders below a root, the lowest first: each may import from those before it and from none after it. */
function layers(root, folders, { paths = [], patterns = [] }) {
  return folders.flatMap((folder, index) =>
    Array.from({ length: DEEPEST }, (_, depth) => ({
      files: [`${root}/${folder}${'/*'.repeat(depth + 1)}.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            paths,
            patterns: [
              ...patterns,
              {
                // A folder may have rooms that are called like those beside it.
                regex: String.raw`^(\.\./){${depth + 1}}(${[...folders.slice(index + 1), 'packages'].join('|')})/`,
                message: `${folder}/ stands below it: move what both need down.`,
              },
            ],
          },
        ],
      },
    })),
  );
}

const WHOLE_AZURERM = {
  name: '@cdktf/provider-azurerm',
  message: 'Import the resource alone: @cdktf/provider-azurerm/lib/<resource>.',
};

const CONSTRUCTS = {
  regex: '^@cdktf/|^cdktf$|^constructs$|^cdktf-confluent-dr',
  message: 'Constructs are in lib/ alone.',
};

/** The tool knows of the constructs what they put into the output `runbook`, and shares the rendering of the proxy alone. */
const OF_THE_TOOL = {
  patterns: [
    CONSTRUCTS,
    {
      regex: String.raw`(^|/)lib/(?!proxy/rendering$)|confluent-dr-lab/src`,
      message: 'The tool is installed without constructs and lab; what they share is the output `runbook`.',
    },
  ],
};

/** The lab judges what the constructs make: a table that both had could be wrong in both, and nothing would show it. */
const OF_THE_LAB = {
  patterns: [
    CONSTRUCTS,
    {
      regex: String.raw`(^|/)lib/|confluent-dr/src`,
      message: 'The lab takes nothing from what it judges; give it its own, from the published facts.',
    },
  ],
};

const WHOLE_ZOD = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier[imported.name='z'][importKind='value']",
  message: 'Write `import * as z`: with `z` all of zod goes into the bundle, and the tool starts later.',
};

export default tseslint.config(
  {
    ignores: [
      '.gen/',
      '**/dist/',
      '.dist-*/',
      '.cdktn/',
      'cdktf.out/',
      'coverage/',
      '.stryker-tmp/',
      'reports/',
      'node_modules/',
      'packages/confluent-dr/src/client/kafka-rest-types.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.mjs', 'tools/*.mjs', 'packages/confluent-dr/bin/*.js', 'test/support/*.cjs'],
        },
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [WHOLE_AZURERM],
        },
      ],
    },
  },
  {
    files: ['packages/confluent-dr/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', OF_THE_TOOL], 'no-restricted-syntax': ['error', WHOLE_ZOD] },
  },
  { files: ['packages/confluent-dr-lab/src/**/*.ts'], rules: { 'no-restricted-imports': ['error', OF_THE_LAB] } },
  // What is in a folder stands on those before it, and knows none after it.
  ...layers(
    'lib',
    ['synthesis', 'server-names', 'validation', 'state', 'network', 'cluster', 'link', 'proxy', 'active-passive'],
    {
      paths: [WHOLE_AZURERM],
    },
  ),
  ...layers(
    'packages/confluent-dr/src',
    [
      ...['client', 'observe', 'canary', 'deployment', 'plan', 'probe'],
      ...['proxy', 'execute', 'drill', 'report', 'words', 'cli'],
    ],
    OF_THE_TOOL,
  ),
  ...layers(
    'packages/confluent-dr-lab/src',
    ['schema', 'azure', 'cloud', 'terraform', 'kafka', 'machine', 'nginx', 'background', 'cli'],
    OF_THE_LAB,
  ),
  { files: ['**/*.{mjs,cjs}', 'packages/*/bin/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs', 'packages/*/bin/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['test/**/*.ts', 'packages/*/test/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
    },
  },
);
