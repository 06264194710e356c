import { junitProblems } from './support/junit-schema';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const suite = (attributes: string, body: string): string =>
  `${HEAD}<testsuites>\n<testsuite ${attributes}>${body}</testsuite>\n</testsuites>\n`;
const NUMBERS = 'name="x" tests="1" failures="1" errors="0"';
const CASE = '<testcase classname="x" name="y"><failure message="&#38;"/></testcase>';

test('JUnit takes what its schema allows', () => {
  expect(junitProblems(suite(NUMBERS, CASE))).toEqual([]);
});

test.each<[string, string, string]>([
  ['without a declaration', suite(NUMBERS, CASE).replace(HEAD, ''), 'it does not begin as XML does'],
  ['another root', `${HEAD}<report/>`, 'its root is report'],
  ['no end', `${HEAD}<testsuites>`, 'one root is allowed, with an end; received testsuites'],
  ['ends that cross', `${HEAD}<testsuites><testsuite></testsuites></testsuite>`, '</testsuites> ends something else'],
  ['a bare sign', suite(NUMBERS, CASE.replace('&#38;', '&')), 'attributes are not well-formed:  message="&"'],
  ['text in between', suite(NUMBERS, `${CASE}well`), 'not well-formed at well</testsuite>\n</testsuites>\n'],
  ['no name', suite(NUMBERS.replace('name="x" ', ''), CASE), 'testsuite lacks name'],
  ['an unknown attribute', suite(`${NUMBERS} colour="red"`, CASE), 'testsuite has colour'],
  ['a time in words', suite(`${NUMBERS} time="long"`, CASE), 'time of testsuite is long'],
  ['a wrong count', suite(NUMBERS.replace('failures="1"', 'failures="0"'), CASE), 'failures is 0, and there are 1'],
  ['two outcomes', suite(NUMBERS, CASE.replace('</', '<skipped/></')), 'testcase has several outcomes'],
])('and tells of %s', (_, xml, problem) => {
  expect(junitProblems(xml)).toContain(problem);
});
