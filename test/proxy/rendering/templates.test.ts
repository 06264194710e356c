import { renderTemplate } from '../../../lib/proxy/rendering/templates';

describe('renderTemplate', () => {
  test('refuses to leave a value out', () => {
    expect(() => renderTemplate('resolvers', {})).toThrow('nginx-templates/resolvers: there is no value for resolvers');
  });

  test('writes values as they are', () => {
    expect(renderTemplate('resolvers', { resolvers: ['<&">', "'`$"] })).toBe('<&">\n\'`$\n');
  });
});
