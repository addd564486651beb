import { neededActions } from '../calls/needed-actions.ts';
import { prefixOf } from '../calls/service-prefix.ts';
import type { TrailRecord } from './trail-record.ts';

/** IAM's prefix where an event's source has another name, and SDKs a third. */
const sources: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', tagging: 'tag' };

/** Some services put the version of their API behind the names of events: GetFunction20150331v2. */
const version = /20\d{2}_?\d{2}_?\d{2}(v\d+)?$/;

/** Parameters with which an action more is needed, by their names in a trail. */
const parameters = { versionId: 'VersionId', 'x-amz-acl': 'ACL', 'x-amz-tagging': 'Tagging' };

/** The actions that an event's call needed. Remembers what it found: a trail has few kinds of events, and many of each. */
export class EventActions {
  readonly #known = new Map<string, Promise<string[]>>();

  of({ eventSource, eventName, requestParameters }: TrailRecord): Promise<string[]> {
    const [label = ''] = eventSource.split('.');
    const given = Object.entries(parameters).flatMap(([name, ours]) =>
      requestParameters?.[name] === undefined ? [] : [ours],
    );
    const key = [label, eventName, ...given].join(' ');
    const found = this.#known.get(key) ?? this.#find(label, eventName, given);
    this.#known.set(key, found);
    return found;
  }

  async #find(label: string, eventName: string, given: string[]): Promise<string[]> {
    const need = await neededActions({
      service: sources[label] ?? prefixOf(label),
      operation: eventName.replace(version, ''),
      parameters: Object.fromEntries(given.map((name) => [name, ''])),
      location: { path: '' },
    });
    return need?.flatMap(({ actions }) => actions) ?? [];
  }
}
