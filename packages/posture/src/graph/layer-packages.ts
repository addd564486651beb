import { join } from 'node:path';
import { readSettings } from './import-aliases.ts';
import { membersOf, textsOf } from './json.ts';

/** Whose code is known without being read. */
const isOfSdk = /^(aws-sdk|aws-xray-sdk.*|@aws-sdk\/.*|@smithy\/.*|@aws-lambda-powertools\/.*)$/;

/** Where Lambda looks for packages in a layer. */
const places = ['nodejs/node_modules', 'node_modules'];

/**
 * What imports by name may mean in the layers of a function: packages that the project itself has put there. Those from a registry are
 * as everywhere else.
 * @param layers folders of the layers
 */
export function layerPackages(layers: readonly string[]): (specifier: string) => string[] {
  const fetched = new Set(
    layers.flatMap((layer) =>
      Object.entries(membersOf(readSettings(join(layer, 'nodejs', 'package.json')).dependencies)).flatMap(
        ([name, version]) => (/^(file|link|workspace|portal):|^\./.test(String(version)) ? [] : [name]),
      ),
    ),
  );
  return (specifier) => {
    const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
    if (fetched.has(name) || isOfSdk.test(name)) return [];
    return layers.flatMap((layer) =>
      places.flatMap((place) => {
        const { main } = specifier === name ? readSettings(join(layer, place, name, 'package.json')) : {};
        return [...textsOf(main), ''].map((each) => join(layer, place, specifier, each));
      }),
    );
  };
}
