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
              regex: String.raw`^(\.\./)+(${[...folders.slice(index + 1), 'cli', 'runbook', 'lab'].join('|')})/`,
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

export default tseslint.config(
  {
    ignores: [
      '.gen/',
      'dist/',
      '.dist-*/',
      'cdktf.out/',
      'coverage/',
      '.stryker-tmp/',
      'reports/',
      'node_modules/',
      'lib/runbook/client/kafka-rest-types.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.mjs', 'tools/*.mjs', 'test/support/*.cjs'] } },
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
    // The lab judges what the constructs make: a table that both had could be wrong in both, and nothing would show it.
    files: ['lib/lab/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: String.raw`^(\.\./)+(active-passive|bindings|cli|cluster|link|proxy|runbook|state|validation)/`,
              message: 'The lab takes nothing from what it judges; give it its own, from the published facts.',
            },
            { regex: '^@cdktf/|^cdktf$|^constructs$', message: 'The lab knows nothing of constructs.' },
          ],
        },
      ],
    },
  },
  // The constructs stand on one another in this order; none knows those above it.
  ...layers(['server-names', 'validation', 'state', 'cluster', 'link', 'proxy', 'active-passive']),
  { files: ['**/*.{mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['test/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
    },
  },
);
