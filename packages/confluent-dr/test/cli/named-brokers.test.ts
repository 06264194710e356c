import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { labWays, namedBrokers } from '../../src/cli/named-brokers';
import { deployment } from '../report/guide/support';

const folder = mkdtempSync(join(tmpdir(), 'named-brokers-'));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const elsewhere: LookupFunction = (_, __, callback) => callback(null, '192.0.2.1', 4);

afterAll(() => rmSync(folder, { recursive: true }));

function found(hostsFile: string, host: string, all = false): unknown {
  let answer: unknown;
  const { lookup } = namedBrokers({ CONFLUENT_DR_KAFKA_HOSTS: hostsFile })!;
  lookup(elsewhere)(host, { all }, (_, address, family) => (answer = all ? address : [address, family]));
  return answer;
}

test('there are none where the environment names none', () => {
  expect(namedBrokers({})).toBeUndefined();
  expect(namedBrokers({ CONFLUENT_DR_KAFKA_HOSTS: '', CONFLUENT_DR_KAFKA_CA: '' })).toBeUndefined();
});

test('their names are answered by the file, others as they would be without it', () => {
  const file = written('hosts', '# of a lab\n127.1.2.3 pkc-1.example b0-pkc-1.example # both\n::1\tpkc-6.example\n\n');
  expect(found(file, 'b0-pkc-1.example')).toEqual(['127.1.2.3', 4]);
  expect(found(file, 'PKC-1.example')).toEqual(['127.1.2.3', 4]);
  expect(found(file, 'pkc-6.example', true)).toEqual([{ address: '::1', family: 6 }]);
  expect(found(file, 'both')).toEqual(['192.0.2.1', 4]);
  expect(found(file, 'psrc-1.example')).toEqual(['192.0.2.1', 4]);
});

test('their own authority is trusted beside those of Node.js', () => {
  const caFile = written('ca.pem', 'own authority');
  expect(namedBrokers({ CONFLUENT_DR_KAFKA_CA: caFile })!.ca).toEqual([...rootCertificates, 'own authority']);
});

test.each(['CONFLUENT_DR_KAFKA_HOSTS', 'CONFLUENT_DR_KAFKA_CA'])('%s of a file that is gone is named', (variable) => {
  const gone = join(folder, 'gone');
  expect(() => namedBrokers({ [variable]: gone })).toThrow(
    `${variable} names ${gone}, which cannot be read: ENOENT: no such file or directory, open '${gone}'. ` +
      'Is the lab still up? Begin its environment anew, or unset the variable.',
  );
});

describe('The ways of a lab', () => {
  const { members } = deployment();
  const ofLab = {
    members: {
      primary: { ...members.primary, restEndpoint: 'http://127.0.0.1:9001' },
      secondary: { ...members.secondary, restEndpoint: 'http://127.0.0.1:9002' },
    },
  };
  const files = () => ({
    CONFLUENT_DR_KAFKA_CA: written('own.pem', 'own authority'),
    CONFLUENT_DR_KAFKA_HOSTS: written('names', '127.1.2.3 pkc-1.example\n'),
    CONFLUENT_DR_PROXY_HTTPS_PORT: '20443',
  });

  test('are as its environment tells', () => {
    const ways = labWays(ofLab, files())!;
    expect(ways.httpsPort).toBe(20_443);
    expect(ways.trusted).toBe([...rootCertificates, 'own authority'].join('\n'));
    expect([ways.addressOfBroker('PKC-1.example'), ways.addressOfBroker('pkc-2.example')]).toEqual([
      '127.1.2.3',
      undefined,
    ]);
  });

  test('are none of clusters that are real, whatever the environment says', () => {
    expect(labWays({ members }, { ...files(), CONFLUENT_DR_KAFKA_CA: join(folder, 'gone') })).toBeUndefined();
    expect(labWays(ofLab, {})).toBeUndefined();
  });

  test('need a port that is one', () => {
    expect(() => labWays(ofLab, { ...files(), CONFLUENT_DR_PROXY_HTTPS_PORT: '0' })).toThrow(
      'CONFLUENT_DR_PROXY_HTTPS_PORT is "0"; allowed is a port, as lab env sets it. Unset it outside of a lab.',
    );
  });
});
