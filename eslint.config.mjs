import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '.gen/',
      'dist/',
      '.dist-*/',
      'cdktf.out/',
      'coverage/',
      'node_modules/',
      'lib/runbook/client/kafka-rest-types.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.mjs', 'tools/*.mjs'] } },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@cdktf/provider-azurerm',
              message: 'Import the resource alone: @cdktf/provider-azurerm/lib/<resource>.',
            },
          ],
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
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
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
