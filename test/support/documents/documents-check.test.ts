import { codeBlocks } from './code-blocks';
import { commands, problemOf } from './commands';
import { examplePrograms, isTestCode, synthesized } from './example-programs';

const markdown = (...blocks: (readonly [language: string, code: string])[]) =>
  blocks.map(([language, code]) => `Text.\n\n\`\`\`${language}\n${code}\n\`\`\`\n`).join('\n');
const programsOf = (...code: string[]) =>
  examplePrograms('example', codeBlocks(markdown(...code.map((text) => ['ts', text] as const))));

const output = `import { TerraformOutput } from 'cdktf';\nnew TerraformOutput(this, 'Greeting', { value: 'hello' });`;
const stack = `import { TerraformStack } from 'cdktf';\nexport class Mine extends TerraformStack {}`;
const app = `import { App, TerraformStack } from 'cdktf';\nconst app = new App();\nnew TerraformStack(app, 'whole');\napp.synth();`;
/** Goes on with `output`. */
const MORE = `new TerraformOutput(this, 'More', { value: 'again' });`;

describe('the check of documents', () => {
  test('finds blocks with their language and line', () => {
    expect(codeBlocks(markdown(['ts', 'a;'], ['bash', 'b\nc']))).toEqual([
      { language: 'ts', code: 'a;', line: 3 },
      { language: 'bash', code: 'b\nc', line: 9 },
    ]);
  });

  test('refuses a block that is never closed', () => {
    expect(() => codeBlocks('```ts\nlet a;')).toThrow('begins in line 1 is never closed');
  });

  test.each([
    ['bare statements, in a stack of their own', output, ['readme']],
    ['a stack class', stack, ['readme']],
    ['an app as it is', app, ['whole']],
  ])('synthesizes %s', (_, code, stacks) => {
    const [program] = programsOf(code);
    expect(synthesized(program)).toEqual(stacks);
  });

  test('lets a block without imports go on with the one before', () => {
    expect(programsOf(output, MORE, app)).toHaveLength(2);
  });

  test('fails when a program that compiles does not run', () => {
    const [program] = programsOf(`${output}\nnew TerraformOutput(this, 'Greeting', { value: 'twice' });`);
    expect(() => synthesized(program)).toThrow(/already a Construct with name 'Greeting'/);
  });

  test('knows tests from programs', () => {
    const tests = programsOf(`import { Testing } from 'cdktf';\ntest('it', () => expect(Testing).toBeDefined());`);
    expect([...tests, ...programsOf(output)].map(isTestCode)).toEqual([true, false]);
  });

  test('takes shell blocks apart', () => {
    const script = '# first\nnpm ci && npx cdktf synth # then\nTF_VAR_a=1 terraform apply \\\n  -var="b=c d"';
    expect(commands(codeBlocks(markdown(['bash', script]))).map(({ words }) => words)).toEqual([
      ['npm', 'ci'],
      ['npx', 'cdktf', 'synth'],
      ['terraform', 'apply', '-var="b=c d"'],
    ]);
  });

  test.each([
    'npm ci',
    'npm test',
    'npm run lint',
    'npx cdktf deploy --auto-approve --var cc_failover_primary=true',
    'cp package.json elsewhere',
    'terraform plan',
    '.ci/run',
  ])('accepts %s', (command) => {
    expect(problemOf({ words: command.split(' '), line: 1 })).toBeUndefined();
  });

  test.each([
    ['npm run lynt', 'package.json has no script lynt'],
    ['npx cdktf synth --context a=b', 'cdktf synth has no --context'],
    ['npx cdktf aplly', 'cdktf aplly is not among'],
    ['cp terraform.simple.tfvars terraform.tfvars', 'terraform.simple.tfvars does not exist'],
    ['make', 'make is not in the table of known commands'],
  ])('refuses %s', (command, problem) => {
    expect(problemOf({ words: command.split(' '), line: 1 })).toContain(problem);
  });
});
