import { markKind, isKind } from '../validation/kind';
import { isExpression, isUnresolved, type Problems } from '../validation/problems';
import { type PropertiesOf, recordShape, requireArgument, valueShapesIn } from '../validation/shape';
import { type ApiCredentials } from './api-credentials';

const CREDENTIALS: PropertiesOf<ApiCredentials> = { key: true, secret: true };
const EXAMPLE = '{ key: key.stringValue, secret: secret.stringValue }';

/** Where the API keys of the service accounts come from: one for Kafka and one for the Schema Registry of each member. */
export class ApiKeys {
  /** Terraform makes them and waits until each answers, for which it must reach the member's REST API. */
  public static managed(): ApiKeys {
    return new ApiKeys('managed');
  }

  /**
   * Terraform makes them and goes on at once. One whose member cannot be reached is in the state all the same, where it would
   * otherwise be lost with its secret in the error; what uses it may come too early.
   */
  public static managedWithoutWaiting(): ApiKeys {
    return new ApiKeys('managed', true);
  }

  /**
   * They were made elsewhere: Terraform makes none, and forgets those that it had made without deleting them. For one member.
   *
   * @param kafka of the member's service account, for the cluster
   * @param schemaRegistry of the same, for the Schema Registry
   */
  public static existing(kafka: ApiCredentials, schemaRegistry: ApiCredentials): ApiKeys {
    for (const [name, given] of Object.entries({ kafka, schemaRegistry })) {
      requireArgument(recordShape(`ApiKeys.existing, ${name}`, given, EXAMPLE, CREDENTIALS));
      valueShapesIn(`ApiKeys.existing, ${name}`, given).forEach(requireArgument);
    }
    return new ApiKeys('existing', false, { kafka, schemaRegistry });
  }

  /**
   * One key for Kafka on both members, so that a client of it moves without another key; for a pair. Source: Confluent's page on
   * API keys, and the provider's on `confluent_api_key`.
   *
   * - It opens every cluster that its service account may use, and not these two alone.
   * - Public and private dedicated clusters take it, and private enterprise clusters; the Schema Registries have keys of their own.
   * - Both members have one service account and one provider.
   */
  public static globalKey(): ApiKeys {
    return new ApiKeys('globalKey');
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'managed' | 'existing' | 'globalKey',
    /** @internal */
    public readonly _isNotWaitedFor: boolean = false,
    /** @internal */
    public readonly _existing?: { readonly kafka: ApiCredentials; readonly schemaRegistry: ApiCredentials },
  ) {}

  /** Says what is wrong with keys that were made elsewhere. @internal */
  public _check(problems: Problems, property: string): void {
    for (const [name, { key, secret }] of Object.entries(this._existing ?? {})) {
      problems.require(isUnresolved(key) || (typeof key === 'string' && /^[0-9A-Za-z]+$/.test(key)), {
        property: `${property}.${name}.key`,
        received: key,
        allowed: 'the id of an API key',
        advice: 'Copy it from `confluent api-key list`.',
      });
      problems.refuseUnless(isExpression(secret), {
        property: `${property}.${name}.secret`,
        received: '(hidden)',
        allowed: 'a Terraform variable marked as sensitive',
        advice: 'Any other text would stand in the synthesized files.',
      });
    }
  }
}

markKind(ApiKeys, 'ApiKeys');

/** Says where keys are of no such kind, or of one that does not belong there. */
export function checkApiKeys(
  problems: Problems,
  property: string,
  keys: ApiKeys | undefined,
  place: 'pair' | 'member',
): void {
  problems.refuseUnless(keys === undefined || isKind(keys, 'ApiKeys'), {
    property,
    received: keys,
    allowed: 'ApiKeys',
    advice: 'Write it as in ApiKeys.managedWithoutWaiting(), or leave it out.',
  });
  if (!isKind(keys, 'ApiKeys')) {
    return;
  }
  const ofKeys = keys as ApiKeys;
  const [unfit, right] =
    place === 'pair' ? (['existing', 'each member'] as const) : (['globalKey', 'the pair'] as const);
  problems.refuseUnless(ofKeys._kind !== unfit, {
    property,
    received: `ApiKeys.${unfit}`,
    allowed: `ApiKeys.managed() and ApiKeys.managedWithoutWaiting() here; ApiKeys.${unfit} is for ${right}`,
    advice:
      place === 'pair' ? 'Name the keys of each member there.' : 'One key for both members is a property of the pair.',
  });
  ofKeys._check(problems, property);
}
