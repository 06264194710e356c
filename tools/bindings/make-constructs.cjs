// `node make-constructs.cjs VERSIONS OUTPUT CACHE`: what `cdktf get` does for the Confluent provider, by the same generator; the CLI around
// that takes several times as long to load. A process of its own, for it writes to both outputs.
const { ConstructsMaker, TerraformProviderConstraint } = require('@cdktf/provider-generator');

const [version, codeMakerOutput, cache] = process.argv.slice(2);
const provider = new TerraformProviderConstraint({ name: 'confluent', source: 'confluentinc/confluent', version });

new ConstructsMaker({ targetLanguage: 'typescript', codeMakerOutput }, cache).generate([provider]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
