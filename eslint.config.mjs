import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Folders of lib, the lowest first: each may import from those before it and from none after it. */
function layers(folders) {
  return folders.slice(0, -1).map((folder, index) => ({
    files: [`lib/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [WHOLE_AZURERM],
          patterns: [
            {
              regex: String.raw`^(\.\./)+(${[...folders.slice(index + 1), 'packages/.*'].join('|')})/`,
              message: `${folder}/ stands below it: move what both need down.`,
            },
          ],
        },
      ],
    },
  }));
}

const WHOLE_AZURERM = {
  name: '@cdktf/provider-azurerm',
  message: 'Import the resource alone: @cdktf/provider-azurerm/lib/<resource>.',
};

const CONSTRUCTS = {
  regex: '^@cdktf/|^cdktf$|^constructs$|^cdktf-confluent-dr',
  message: 'Constructs are in lib/ alone.',
};

export default tseslint.config(
  {
    ignores: [
      '.gen/',
      '**/dist/',
      '.dist-*/',
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
    // The tool knows of the constructs what they put into the output `runbook`, and shares the rendering of the proxy alone.
    files: ['packages/confluent-dr/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            CONSTRUCTS,
            {
              regex: String.raw`(^|/)lib/(?!proxy/rendering$)|confluent-dr-lab/src`,
              message: 'The tool is installed without constructs and lab; what they share is the output `runbook`.',
            },
          ],
        },
      ],
    },
  },
  {
    // The lab judges what the constructs make: a table that both had could be wrong in both, and nothing would show it.
    files: ['packages/confluent-dr-lab/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            CONSTRUCTS,
            {
              regex: String.raw`(^|/)lib/|confluent-dr/src`,
              message: 'The lab takes nothing from what it judges; give it its own, from the published facts.',
            },
          ],
        },
      ],
    },
  },
  // The constructs stand on one another in this order; none knows those above it.
  ...layers(['synthesis', 'server-names', 'validation', 'state', 'cluster', 'link', 'proxy', 'active-passive']),
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
