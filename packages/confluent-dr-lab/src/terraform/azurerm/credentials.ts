import { blocks, text, type Value, type ValueObject } from '../../schema/value';
import { type Rule } from '../planning/rules';
import { type Diagnostic, ProviderError } from '../protocol/messages';

const KNOWN_PASSWORDS = [
  ...['abc@123', 'P@$$w0rd', 'P@ssw0rd', 'P@ssword123', 'Pa$$word'],
  ...['pass@word1', 'Password!', 'Password1', 'Password22', 'iloveyou!'],
];
const RESERVED_USERS = [
  ...['administrator', 'admin', 'admin1', 'admin2', 'user', 'user1', 'user2', 'user3', 'user4', 'user5', 'test'],
  ...['test1', 'test2', 'test3', '1', '123', 'a', 'actuser', 'adm', 'aspnet', 'backup', 'console', 'david', 'guest'],
  ...['john', 'owner', 'root', 'server', 'sql', 'support', 'support_388945a0', 'sys'],
];
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^\w]/];
const LEAST_KINDS = 3;

/** Unlike a rule, it does not tell what it received. */
export function checkPassword(value: Value | undefined): Diagnostic[] {
  const judged = typeof value === 'string';
  const good =
    judged &&
    /^.{6,72}$/s.test(value) &&
    !KNOWN_PASSWORDS.includes(value) &&
    KINDS.filter((kind) => kind.test(value)).length >= LEAST_KINDS;
  return good || !judged
    ? []
    : [
        {
          summary: 'Invalid value for admin_password',
          detail:
            'Allowed is text of 6 to 72 characters of three of: lower case, upper case, digits, special characters ' +
            '(_ is none); and none of the passwords that everybody tries.',
          path: ['admin_password'],
        },
      ];
}

export const userName: Rule = {
  allowed: 'a name that Azure does not reserve',
  accepts: (value) => value !== '' && !RESERVED_USERS.includes((value as string).toLowerCase()),
};

export const publicKey: Rule = {
  allowed: 'a public key as in an authorized_keys file, ssh-rsa … or ssh-ed25519 …',
  accepts: (value) => {
    const [, type, blob] = /^(ssh-rsa|ssh-ed25519) ([A-Za-z0-9+/]+=*)(\s.*)?$/s.exec((value as string).trim()) ?? [];
    // The key begins with the length of its type's name, and the name.
    return type !== undefined && Buffer.from(blob, 'base64').subarray(4).toString('latin1').startsWith(type);
  },
};

export const base64: Rule = {
  allowed: 'text in Base64',
  accepts: (value) => Buffer.from(value as string, 'base64').toString('base64') === value,
};

/** What the provider refuses only when it applies. */
export function demandCredentials(planned: ValueObject): void {
  const withPassword = text(planned.admin_password) !== '';
  const keys = blocks(planned.admin_ssh_key).length;
  // Left out, it is true.
  const passwordsAllowed = planned.disable_password_authentication === false;
  if (!withPassword && keys === 0) {
    throw new ProviderError(
      'at least one `admin_ssh_key` or an `admin_password` must be specified for a Linux Virtual Machine',
    );
  }
  if (withPassword && keys === 0 && !passwordsAllowed) {
    throw new ProviderError(
      'when an `admin_password` is specified `disable_password_authentication` must be set to `false`',
    );
  }
}
