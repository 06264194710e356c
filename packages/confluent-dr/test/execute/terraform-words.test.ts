import { TerraformWords } from '../../src/execute/toggle-command';

const shownOf = (printed: string): string[] => {
  const shown: string[] = [];
  const words = new TerraformWords((line) => shown.push(line));
  printed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .forEach((line) => words.line(line));
  return words.tooMany > 0 ? [...shown, `and ${words.tooMany}`] : shown;
};

const TOGGLE = `
data.confluent_environment.primary: Reading...
data.confluent_environment.primary: Read complete after 0s [id=env-aaa111]
confluent_kafka_topic.primary: Refreshing state... [id=lkc-aaaaa/active-passive-a]
Terraform used the selected providers to generate the following execution
  # azurerm_virtual_machine_run_command.proxy must be replaced
-/+ resource "azurerm_virtual_machine_run_command" "proxy" {
      ~ id                 = "/subscriptions/s/runCommands/a" -> (known after apply)
      ~ instance_view      = [
          - {
              - output            = "confluent-dr-proxy: release 0123"
            },
        ] -> (known after apply)
      ~ name               = "a" -> "b" # forces replacement
      ~ parameter {
            name  = "OUTAGE_PRIMARY"
          ~ value = "none" -> "reject"
        }
    }
Plan: 1 to add, 0 to change, 1 to destroy.
azurerm_virtual_machine_run_command.proxy: Destroying... [id=/subscriptions/s]
azurerm_virtual_machine_run_command.proxy: Destruction complete after 10s
azurerm_virtual_machine_run_command.proxy: Creating...
azurerm_virtual_machine_run_command.proxy: Still creating... [10s elapsed]
azurerm_virtual_machine_run_command.proxy: Still creating... [01m00s elapsed]
azurerm_virtual_machine_run_command.proxy: Creation complete after 1m1s [id=/subscriptions/s]
Apply complete! Resources: 1 added, 0 changed, 1 destroyed.
proxy_report = "confluent-dr-proxy: release 0123"
`;

const SAID = [
  '# azurerm_virtual_machine_run_command.proxy must be replaced',
  'name  = "OUTAGE_PRIMARY"',
  '~ value = "none" -> "reject"',
  'Plan: 1 to add, 0 to change, 1 to destroy.',
  'azurerm_virtual_machine_run_command.proxy: Destroying...',
  'azurerm_virtual_machine_run_command.proxy: Destruction complete after 10s',
  'azurerm_virtual_machine_run_command.proxy: Creating...',
  'azurerm_virtual_machine_run_command.proxy: Still creating... [01m00s elapsed]',
  'azurerm_virtual_machine_run_command.proxy: Creation complete after 1m1s',
  'Apply complete! Resources: 1 added, 0 changed, 1 destroyed.',
];

describe('what a person needs of what Terraform prints', () => {
  test('is the change, its wish, and its outcome', () => {
    expect(shownOf(TOGGLE)).toEqual(SAID);
  });

  test('is the same behind the name of a stack, as cdktf prints it', () => {
    const shown = shownOf(TOGGLE.replace(/^(?=.)/gm, 'active-passive  '));
    expect(shown.map((line) => line.replace('active-passive  ', '').trim())).toEqual(SAID);
  });

  test('names whatever else would be changed', () => {
    expect(shownOf('  # confluent_kafka_topic.primary will be destroyed')).toEqual([
      '# confluent_kafka_topic.primary will be destroyed',
    ]);
  });

  test('is an error in all its lines, in a box or not, and what comes after it', () => {
    const error =
      '╷\n│ Error: running the command\n│\n│   with azurerm_virtual_machine_run_command.proxy,\n╵\nError: two';
    expect(shownOf(error)).toEqual([
      'Error: running the command',
      'with azurerm_virtual_machine_run_command.proxy,',
      'Error: two',
    ]);
  });

  test('is a warning, up to what follows it', () => {
    const warning = ['Warning: Check failed', 'The context says otherwise'];
    expect(shownOf(`${warning.join('\n\n')}\n${TOGGLE}`)).toEqual([...warning, ...SAID]);
  });

  test('fits one screen, whatever there is, and says how much more there was', () => {
    const much = Array.from({ length: 50 }, (_, index) => `  # a.b${index} will be destroyed`);
    const errors = Array.from({ length: 50 }, (_, index) => `Error: ${index}`);
    const shown = shownOf([...much, ...errors].join('\n'));
    expect(shown.length).toBeLessThan(40);
    expect(shown).toEqual(expect.arrayContaining(['# a.b0 will be destroyed', 'Error: 0', 'and 68']));
  });

  test('cuts the line of a configuration that an error quotes', () => {
    const [, quoted] = shownOf(`Error: invalid\n  1: "script": "${'x'.repeat(60_000)}"`);
    expect(quoted.length).toBeLessThan(1100);
  });
});
