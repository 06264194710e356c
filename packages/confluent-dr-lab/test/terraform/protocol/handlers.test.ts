import { type ProviderSchema } from '../../../src/schema/schema';
import { Operations } from '../../../src/terraform/operations';
import { notEmpty, oneOf } from '../../../src/terraform/planning/rules';
import { handlersOf } from '../../../src/terraform/protocol/handlers';
import { ProviderError } from '../../../src/terraform/protocol/messages';
import { type RunningServer, serve } from '../../../src/terraform/protocol/server';
import { labMark, Stamp } from '../../../src/terraform/protocol/sessions';
import { Provider } from '../../../src/terraform/provider';
import { type ProviderDefinition, Unfinished } from '../../../src/terraform/resource-type';
import { type Refused, TerraformCore } from '../support/terraform-core';
import { fromWire, toWire, UNKNOWN } from '../support/wire';

const schema: ProviderSchema = {
  provider: { version: 0, block: { attributes: { region: { type: 'string', required: true } } } },
  resource_schemas: {
    toy_disk: {
      version: 2,
      block: {
        attributes: {
          id: { type: 'string', computed: true },
          name: { type: 'string', required: true },
          size: { type: 'number', optional: true },
          secret: { type: 'string', computed: true, sensitive: true },
          tags: { type: ['map', 'string'], optional: true },
        },
        block_types: {
          part: {
            nesting_mode: 'list',
            min_items: 0,
            max_items: 2,
            block: {
              attributes: { label: { type: 'string', required: true }, uuid: { type: 'string', computed: true } },
            },
          },
          timeouts: { nesting_mode: 'single', block: { attributes: { create: { type: 'string', optional: true } } } },
        },
      },
    },
    toy_other: { version: 0, block: {} },
  },
  data_source_schemas: {
    toy_region: {
      version: 0,
      block: { attributes: { name: { type: 'string', optional: true }, zones: { type: 'number', computed: true } } },
    },
  },
};

interface Toy {
  readonly region: string;
}

/** A provider of disks, which fails where a name says so. */
function toy(): ProviderDefinition<Toy> & { readonly deleted: unknown[] } {
  const deleted: unknown[] = [];
  return {
    deleted,
    source: 'registry.terraform.io/toys/toy',
    schemaFile: '',
    configure: ({ region }) => {
      if (region === 'nowhere') {
        throw new ProviderError('There is no such region', 'Allowed is somewhere.');
      }
      return { region: region as string };
    },
    resources: {
      toy_disk: {
        planning: {
          forceNew: ['name', 'part.label'],
          defaults: { size: 8 },
          rules: { name: notEmpty, 'part.label': oneOf('a', 'b') },
          check: ({ size }) => (size === 13 ? [{ summary: 'Thirteen', path: ['size'] }] : []),
        },
        create: (planned, { region }) => {
          const made = { ...planned, id: `${region}/${planned.name as string}`, secret: 's', colour: 'red' };
          switch (planned.name) {
            case 'refused':
              return Promise.reject(new ProviderError('Refused', 'for a reason'));
            case 'unfinished':
              return Promise.reject(new Unfinished({ ...planned, id: 'half' }, 'Half done'));
            case 'bug':
              return Promise.reject(new TypeError('undefined is not a function'));
            default:
              return Promise.resolve(made);
          }
        },
        read: (state) => Promise.resolve(state.name === 'gone' ? null : { ...state, size: 9 }),
        update: (_prior, planned) =>
          planned.size === 666
            ? Promise.reject(new ProviderError('Refused', 'in place'))
            : Promise.resolve({ ...planned, secret: 's2' }),
        delete: (state) => {
          deleted.push(state.id);
          return state.name === 'stuck' ? Promise.reject(new ProviderError('In use')) : Promise.resolve();
        },
        import: (id) => Promise.resolve(id === 'none' ? null : { id, name: id }),
      },
    },
    dataSources: {
      toy_region: { read: ({ name }, { region }) => Promise.resolve({ zones: name === region ? 3 : 0 }) },
    },
  };
}

const DISK = 'toy_disk';
const refusalOf = (work: Promise<unknown>): Promise<Refused> =>
  work.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: unknown) => error as Refused,
  );

describe('the protocol', () => {
  const definition = toy();
  const operations = new Operations();
  let server: RunningServer;
  let reattach: string;
  let core: TerraformCore;
  const cores: TerraformCore[] = [];

  const connect = async (config: object = { region: 'here' }): Promise<TerraformCore> => {
    const connected = await TerraformCore.connect(reattach, definition.source, config);
    cores.push(connected);
    return connected;
  };

  beforeAll(async () => {
    server = await serve(handlersOf(new Provider(schema, definition, operations), new Stamp('lab-1')), process.pid);
    reattach = JSON.stringify({ [definition.source]: server.reattach });
    core = await connect();
  });

  beforeEach(() => operations.clear());

  afterAll(() => {
    cores.forEach((each) => each.close());
    server.stop();
  });

  test('is told to Terraform as a provider that runs already', () => {
    expect(server.reattach).toEqual({
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp', String: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string },
    });
  });

  test('tells the schema with its nested blocks, versions and flags', async () => {
    const told = await core.call('GetProviderSchema', {});
    const { toy_disk } = told.resource_schemas as Record<string, { version: number; block: Record<string, object[]> }>;
    expect(toy_disk.version).toBe(2);
    expect(toy_disk.block.attributes).toMatchObject([
      { name: 'id', type: Buffer.from('"string"'), computed: true },
      { name: 'name', type: Buffer.from('"string"'), required: true },
      { name: 'size', type: Buffer.from('"number"'), optional: true },
      { name: 'secret', type: Buffer.from('"string"'), computed: true, sensitive: true },
      { name: 'tags', type: Buffer.from('["map","string"]'), optional: true },
    ]);
    expect(toy_disk.block.block_types).toMatchObject([
      {
        type_name: 'part',
        nesting: 'LIST',
        max_items: 2,
        block: { attributes: [{ name: 'label' }, { name: 'uuid' }] },
      },
      { type_name: 'timeouts', nesting: 'SINGLE' },
    ]);
    expect(Object.keys(told.data_source_schemas as object)).toEqual(['toy_region']);
    expect(told.server_capabilities).toMatchObject({ get_provider_schema_optional: true, move_resource_state: true });
    expect(await core.call('GetProviderSchema', {})).toEqual(told);
  });

  describe('the configuration of the provider', () => {
    test('that is wrong is a diagnostic', async () => {
      expect(await refusalOf(connect({ region: 'nowhere' }))).toMatchObject({
        diagnostics: [{ severity: 'ERROR', summary: 'There is no such region', detail: 'Allowed is somewhere.' }],
      });
    });

    test('that never came is told, by whatever needs it', async () => {
      const early = TerraformCore.unconfigured(reattach, definition.source);
      cores.push(early);
      const refusal = await refusalOf(early.call('ImportResourceState', { type_name: DISK, id: 'a' }));
      expect(refusal.diagnostics).toMatchObject([{ summary: 'The provider was used before it was configured' }]);
      // What Terraform asks before, such as to validate, needs none.
      expect(await early.call('ValidateResourceConfig', { type_name: DISK, config: toWire({ name: 'a' }) })).toEqual(
        expect.objectContaining({ diagnostics: [] }),
      );
    });

    test('is that of the connection', async () => {
      const there = await connect({ region: 'there' });
      expect((await core.apply(DISK, { name: 'a' })).attributes.id).toBe('here/a');
      expect((await there.apply(DISK, { name: 'a' })).attributes.id).toBe('there/a');
      expect((await core.apply(DISK, { name: 'a' })).attributes.id).toBe('here/a');
    });
  });

  describe('validation', () => {
    test('names the attribute, or the block that holds it', async () => {
      const refusal = await refusalOf(
        core.validate(DISK, { name: '', part: [{ label: 'a' }, { label: 'c' }], size: 13 }),
      );
      expect(refusal.diagnostics).toMatchObject([
        {
          summary: 'Invalid value for name',
          detail: 'Received ""; allowed is a text that is not empty.',
          attribute: { steps: [{ attribute_name: 'name' }] },
        },
        {
          summary: 'Invalid value for part.label',
          detail: 'Received "c"; allowed is one of a, b.',
          attribute: { steps: [{ attribute_name: 'part' }] },
        },
        { summary: 'Thirteen', detail: '', attribute: { steps: [{ attribute_name: 'size' }] } },
      ]);
    });

    test('judges nothing that is not known yet', async () => {
      await expect(core.validate(DISK, { name: UNKNOWN, part: [{ label: UNKNOWN }] })).resolves.toBeDefined();
      await expect(core.validate(DISK, { name: 'a', part: UNKNOWN })).resolves.toBeDefined();
    });

    test('of a type that the lab does not imitate tells which it does', async () => {
      const refusal = await refusalOf(core.call('ValidateResourceConfig', { type_name: 'toy_other' }));
      expect(refusal.diagnostics).toMatchObject([
        { summary: 'The lab does not imitate toy_other', detail: 'Allowed are toy_disk.' },
      ]);
    });
  });

  describe('a plan', () => {
    test('of something new leaves open what the cloud will tell, and fills in defaults', async () => {
      const { attributes, replace } = await core.plan(DISK, { name: 'a', part: [{ label: 'a' }] });
      expect(attributes).toEqual({
        id: UNKNOWN,
        name: 'a',
        size: 8,
        secret: UNKNOWN,
        tags: null,
        part: [{ label: 'a', uuid: UNKNOWN }],
        timeouts: null,
      });
      expect(replace).toEqual([]);
    });

    test('names by their paths what cannot change in place', async () => {
      const prior = await core.apply(DISK, { name: 'a', part: [{ label: 'a' }, { label: 'a' }] });
      const { attributes, replace } = await core.plan(
        DISK,
        { name: 'b', size: 1, part: [{ label: 'a' }, { label: 'b' }] },
        prior,
      );
      expect(replace).toEqual(['name', 'part.1.label']);
      expect(attributes).toMatchObject({ id: 'here/a', secret: 's', size: 1 });
    });

    test('of what is only planned takes an unknown value for another', async () => {
      const prior = await core.apply(DISK, { name: 'a' });
      expect((await core.plan(DISK, { name: UNKNOWN }, prior)).replace).toEqual(['name']);
    });

    test('of a deletion is nothing', async () => {
      const prior = await core.apply(DISK, { name: 'a' });
      expect(await core.plan(DISK, null, prior)).toMatchObject({ attributes: null, replace: [] });
    });
  });

  describe('an apply', () => {
    test('keeps what the schema knows of the answer, marked as of this lab', async () => {
      const { attributes, private: mark } = await core.apply(DISK, { name: 'a', tags: { team: 'x' } });
      expect(attributes).toEqual({
        id: 'here/a',
        name: 'a',
        size: 8,
        secret: 's',
        tags: { team: 'x' },
        part: [],
        timeouts: null,
      });
      expect(Buffer.from(mark!).toString()).toBe(labMark('lab-1'));
      expect(operations.all()).toEqual([{ operation: 'create', type: DISK, id: 'here/a' }]);
    });

    test('changes in place', async () => {
      const prior = await core.apply(DISK, { name: 'a' });
      const { attributes } = await core.apply(DISK, { name: 'a', size: 16 }, prior);
      expect(attributes).toMatchObject({ id: 'here/a', size: 16, secret: 's2' });
      expect(operations.writes().map(({ operation }) => operation)).toEqual(['create', 'update']);
    });

    test('that is refused leaves nothing of what is new, and of what stands all', async () => {
      const { diagnostics, kept } = await refusalOf(core.apply(DISK, { name: 'refused' }));
      expect(diagnostics).toMatchObject([{ summary: 'Refused', detail: 'for a reason' }]);
      expect(kept?.attributes).toBeNull();
      const prior = await core.apply(DISK, { name: 'a' });
      const change = await refusalOf(core.apply(DISK, { name: 'a', size: 666 }, prior));
      expect(change.kept).toEqual(prior);
    });

    test('that comes to no end keeps in the state what is there, without anything unknown', async () => {
      const { diagnostics, kept } = await refusalOf(core.apply(DISK, { name: 'unfinished' }));
      expect(diagnostics).toMatchObject([{ summary: 'Half done' }]);
      expect(kept?.attributes).toMatchObject({ id: 'half', name: 'unfinished', secret: null });
      expect(Buffer.from(kept!.private!).toString()).toBe(labMark('lab-1'));
    });

    test('that meets a bug of the lab says so, with the place', async () => {
      const { diagnostics } = await refusalOf(core.apply(DISK, { name: 'bug' }));
      expect(diagnostics[0].summary).toBe("The lab's provider has a bug");
      expect(diagnostics[0].detail).toMatch(/^TypeError: undefined is not a function\n {4}at .*handlers\.test/s);
    });

    test('deletes, or says why it cannot and keeps the state', async () => {
      const prior = await core.apply(DISK, { name: 'a' });
      expect(await core.destroy(DISK, prior)).toBeNull();
      expect(definition.deleted.at(-1)).toBe('here/a');
      const stuck = await core.apply(DISK, { name: 'stuck' });
      expect((await refusalOf(core.destroy(DISK, stuck))).kept).toEqual(stuck);
    });
  });

  describe('a state', () => {
    test('is refreshed, and empty where the object is gone', async () => {
      const prior = await core.apply(DISK, { name: 'a' });
      expect(await core.read(DISK, prior)).toEqual({ ...prior.attributes, size: 9 });
      expect(await core.read(DISK, { ...prior, attributes: { ...prior.attributes, name: 'gone' } })).toBeNull();
      expect(operations.reads()).toHaveLength(2);
    });

    test.each<[string, Uint8Array | undefined, string]>([
      ['another lab', Buffer.from(labMark('lab-2')), 'another lab'],
      ['the real provider', Buffer.from('{"schema_version":"2"}'), 'something that is no lab'],
      ['nobody', undefined, 'something that is no lab'],
    ])('of %s is neither read nor planned', async (_who, mark, named) => {
      const { attributes } = await core.apply(DISK, { name: 'a' });
      const foreign = { attributes, private: mark };
      for (const work of [core.read(DISK, foreign), core.plan(DISK, { name: 'b' }, foreign)]) {
        expect((await refusalOf(work)).diagnostics).toMatchObject([
          {
            summary: 'This state was not made by the lab that runs now (lab-1)',
            detail: `It holds a toy_disk of ${named}, which this lab would take for gone. Nothing was changed. Use a state of its own for the lab, as \`confluent-dr lab exec\` does.`,
          },
        ]);
      }
    });

    test('of an older version loses what the schema has no more and gains what is new', async () => {
      const raw_state = { json: Buffer.from('{"id":"here/a","name":"a","colour":"red","part":[{"label":"a"}]}') };
      const { upgraded_state } = await core.call('UpgradeResourceState', { type_name: DISK, version: 1, raw_state });
      expect(fromWire(upgraded_state as never)).toEqual({
        id: 'here/a',
        name: 'a',
        size: null,
        secret: null,
        tags: null,
        part: [{ label: 'a', uuid: null }],
        timeouts: null,
      });
    });

    test('of a newer version is refused', async () => {
      const refusal = await refusalOf(core.call('UpgradeResourceState', { type_name: DISK, version: 3 }));
      expect(refusal.diagnostics).toMatchObject([
        {
          summary: 'State of toy_disk is too new',
          detail: "Received version 3; this provider's schema has version 2.",
        },
      ]);
    });

    test('does not move to another type', async () => {
      const types = { source_type_name: 'toy_drive', target_type_name: DISK };
      expect((await refusalOf(core.call('MoveResourceState', types))).diagnostics).toMatchObject([
        { summary: 'Move Resource State Not Supported', detail: expect.stringContaining('from "toy_drive"') as string },
      ]);
    });

    test('is imported, or told not to be there', async () => {
      const { attributes, private: mark } = await core.import(DISK, 'a');
      expect(attributes).toMatchObject({ id: 'a', name: 'a', size: null });
      expect(Buffer.from(mark!).toString()).toBe(labMark('lab-1'));
      expect((await refusalOf(core.import(DISK, 'none'))).diagnostics).toMatchObject([
        { summary: 'Cannot import toy_disk', detail: 'There is no object with id "none".' },
      ]);
    });
  });

  test('reads data sources, of what is known', async () => {
    expect(await core.readData('toy_region', { name: 'here' })).toEqual({ name: 'here', zones: 3 });
    expect((await refusalOf(core.readData('toy_region', { name: UNKNOWN }))).diagnostics).toMatchObject([
      { summary: 'Data source toy_region was read with values that are not known yet' },
    ]);
    const other = core.call('ReadDataSource', { type_name: 'toy_zone', config: toWire({}) });
    expect((await refusalOf(other)).diagnostics).toMatchObject([
      { summary: 'The lab does not imitate the data source toy_zone', detail: 'Allowed are toy_region.' },
    ]);
  });
});
